import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { duckdbPackage } from '../../src/action/native/duckdb-package.js';
import { duckdbFolder } from '../../src/action/native/prepare-duckdb.js';
import { authorizationFor, tarballUrl } from '../../src/action/native/registry.js';

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
  packages: {
    [path: string]: {
      version: string;
      integrity?: string;
      optionalDependencies?: { [name: string]: string };
    };
  };
};
const bindings = lock.packages['node_modules/@duckdb/node-bindings'];
const names = Object.keys(bindings?.optionalDependencies ?? {});
const integrity = Object.fromEntries(
  names.map((name) => [name, lock.packages[`node_modules/${name}`]?.integrity ?? '']),
);
const table = { version: bindings?.version ?? '', integrity };

describe("the package with DuckDB's library", () => {
  it('has a hash in package-lock.json for every platform that DuckDB publishes', () => {
    expect(names.length).toBeGreaterThanOrEqual(8);
    for (const name of names) expect(integrity[name]).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
  });

  it.each([
    ['linux', 'x64', false, 'linux-x64'],
    ['linux', 'arm64', true, 'linux-arm64-musl'],
    ['darwin', 'arm64', false, 'darwin-arm64'],
    ['win32', 'x64', false, 'win32-x64'],
  ])('of %s %s (musl: %s) is %s', (platform, arch, musl, expected) => {
    const found = duckdbPackage({ platform, arch, musl }, table);
    expect(found).toEqual({
      name: `@duckdb/node-bindings-${expected}`,
      version: table.version,
      platform: expected,
      integrity: integrity[`@duckdb/node-bindings-${expected}`],
    });
  });

  it('is missing on a machine that DuckDB does not support, in one sentence', () => {
    expect(() => duckdbPackage({ platform: 'freebsd', arch: 'x64', musl: false }, table)).toThrow(
      'DuckDB has no library for freebsd-x64, so keyproof cannot run on this runner.',
    );
  });
});

it.each([
  [{ RUNNER_TEMP: '/runner/temp' }, '/runner/temp'],
  [{ RUNNER_TEMP: '' }, tmpdir()],
  [{}, tmpdir()],
])('DuckDB is unpacked beside what is temporary, never in the checkout (%j)', (env, folder) => {
  expect(duckdbFolder(env)).toBe(join(folder, 'keyproof-duckdb'));
});

describe('the registry', () => {
  const wanted = { name: '@duckdb/node-bindings-win32-x64', version: '1.5.6-r.1' };
  const path = '@duckdb/node-bindings-win32-x64/-/node-bindings-win32-x64-1.5.6-r.1.tgz';

  it('is that of npm, unless NPM_CONFIG_REGISTRY names another, with or without a slash at its end', () => {
    expect(tarballUrl(wanted, {})).toBe(`https://registry.npmjs.org/${path}`);
    expect(tarballUrl(wanted, { NPM_CONFIG_REGISTRY: '' })).toBe(`https://registry.npmjs.org/${path}`);
    for (const registry of [
      'https://npm.northbridge.example/repository/npm',
      'https://npm.northbridge.example/repository/npm/',
    ])
      expect(tarballUrl(wanted, { NPM_CONFIG_REGISTRY: registry })).toBe(
        `https://npm.northbridge.example/repository/npm/${path}`,
      );
  });

  it('gets a token only if it is the one that is set', () => {
    const env = { NODE_AUTH_TOKEN: 'northbridge-mirror-token' };
    expect(authorizationFor(tarballUrl(wanted, env), env)).toBeUndefined();
    const own = { ...env, npm_config_registry: 'https://npm.northbridge.example/' };
    expect(authorizationFor(tarballUrl(wanted, own), own)).toBe('Bearer northbridge-mirror-token');
  });
});
