import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  check,
  compile,
  detectRegoVersions,
  format,
  inspect,
  openEngine,
  type RegoVersions,
  test as testRego,
} from '../../dist/opa/index.js';

/** As conftest's own examples were written before OPA 1.0. */
const V0 = `package main

name = input.metadata.name

deny[msg] {
	input.kind == "Deployment"
	not input.spec.template.spec.securityContext.runAsNonRoot
	msg = sprintf("Containers must not run as root in Deployment %s", [name])
}

warn[{"msg": msg}] {
	any([input.kind == "Service", false])
	msg := "a service"
}

allowed { count(deny) == 0 }
`;
const V1 = 'package main\n\ndeny contains "v1" if input.kind == "Deployment"\n';
const BOTH = 'package main\n\nimport rego.v1\n\ndeny contains "both" if input.kind == "Deployment"\n';
const FUTURE =
  'package main\n\nimport future.keywords.in\n\ndeny[msg] { some part in input.parts; msg := part.name }\n';
const V2 =
  'package main\n\ndeny contains "v2" if input.kind == "Deployment" and input.metadata.name == "web"\n';
const DEPLOYMENT = { kind: 'Deployment', metadata: { name: 'web' } };

async function denials(modules: Record<string, string>, regoVersion?: RegoVersions) {
  const version = regoVersion === undefined ? {} : { regoVersion };
  const { wasm } = await compile({ modules, ...version, entrypoints: ['main/deny'], cacheDir: false });
  return openEngine(wasm).evaluate('main/deny', DEPLOYMENT);
}

describe('Rego of before OPA 1.0', () => {
  it('compiles and says what it said, beside Rego of today', async () => {
    const message = 'Containers must not run as root in Deployment web';
    expect(await denials({ 'v0.rego': V0 }, 'v0')).toEqual([message]);
    expect(await denials({ 'v0.rego': V0, 'v1.rego': V1 }, { 'v0.rego': 'v0' })).toEqual([message, 'v1']);
    expect(await denials({ 'v2.rego': V2, 'v1.rego': V1 }, { 'v2.rego': 'v2' })).toEqual(['v1', 'v2']);
  });

  it('is refused if it is not stated to be v0', async () => {
    await expect(denials({ 'v0.rego': V0 })).rejects.toMatchObject({
      code: 'rego_parse_error',
      file: 'v0.rego',
      row: 5,
    });
    await expect(denials({ 'v0.rego': V0 }, { 'other.rego': 'v0' })).rejects.toThrow(
      /`if` keyword is required/,
    );
  });

  it('is told from Rego of today by what parses', async () => {
    const modules = { 'v0.rego': V0, 'v1.rego': V1, 'both.rego': BOTH, 'future.rego': FUTURE };
    expect(await detectRegoVersions({ modules, cacheDir: false })).toEqual({
      'v0.rego': 'v0',
      'future.rego': 'v0',
    });
  });

  it('counts as v1 where it parses as neither, and the mistake is the one it has in both', async () => {
    const modules = { 'v0.rego': V0.replace('not input', 'not not input') };
    expect(await detectRegoVersions({ modules, cacheDir: false })).toEqual({});
    await expect(denials(modules)).rejects.toMatchObject({ file: 'v0.rego', row: 7 });
    await expect(denials(modules, 'v0')).rejects.toMatchObject({ file: 'v0.rego', row: 7 });
  });

  it('is checked, inspected and tested', async () => {
    const modules = {
      'v0.rego': V0,
      'v0_test.rego': 'package main\n\ntest_deny { count(deny) == 0 with input as {"kind": "Service"} }\n',
    };
    expect(await check({ modules, regoVersion: 'v0', strict: false })).toEqual([]);
    expect(await check({ modules, regoVersion: 'v0' })).toMatchObject([
      { row: 12, reason: 'deprecated built-in function calls in expression: any' },
    ]);
    const { rules } = await inspect({ modules, regoVersion: 'v0', cacheDir: false });
    expect(rules.map(({ name, kind }) => [name, kind])).toEqual([
      ['name', 'complete'],
      ['deny', 'set'],
      ['warn', 'set'],
      ['allowed', 'complete'],
      ['test_deny', 'complete'],
    ]);
    const { tests } = await testRego({ modules, regoVersion: 'v0' });
    expect(tests).toMatchObject([{ name: 'test_deny', status: 'pass' }]);
  });

  it('is formatted as it is, or written anew', async () => {
    const modules = { 'v0.rego': 'package main\ndeny[msg] {msg:="x"}' };
    expect(await format({ modules, regoVersion: 'v0' })).toEqual({
      'v0.rego': 'package main\n\ndeny[msg] {\n\tmsg := "x"\n}\n',
    });
    expect(await format({ modules, regoVersion: 'v0', to: 'v1' })).toEqual({
      'v0.rego': 'package main\n\ndeny contains msg if msg := "x"\n',
    });
    const both = await format({ modules, regoVersion: 'v0', to: 'v0v1' });
    expect(both['v0.rego']).toBe('package main\n\nimport rego.v1\n\ndeny contains msg if msg := "x"\n');
  });

  it('in the cache is none of Rego v1', async () => {
    const cacheDir = mkdtempSync(join(tmpdir(), 'keyproof-versions-'));
    const request = { modules: { 'v0.rego': V0 }, entrypoints: ['main/deny'], cacheDir };
    expect((await compile({ ...request, regoVersion: 'v0' })).cached).toBe(false);
    expect((await compile({ ...request, regoVersion: { 'v0.rego': 'v0' } })).cached).toBe(true);
    await expect(compile(request)).rejects.toThrow(/`if` keyword is required/);
  });
});
