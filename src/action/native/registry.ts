import type { DuckdbPackage } from './duckdb-package.js';

const NPM = 'https://registry.npmjs.org/';

/** Environment variables. */
type Env = { readonly [name: string]: string | undefined };

/** Returns the address of a tarball in the registry of NPM_CONFIG_REGISTRY, else in that of npm. */
export function tarballUrl({ name, version }: Pick<DuckdbPackage, 'name' | 'version'>, env: Env): string {
  const file = `${name.replace(/^.*\//, '')}-${version}.tgz`;
  return new URL(`${name}/-/${file}`, registryOf(env)).href;
}

/** Returns the header for a registry that asks for a token: NODE_AUTH_TOKEN, which is sent to no registry but the one set. */
export function authorizationFor(url: string, env: Env): string | undefined {
  const token = env['NODE_AUTH_TOKEN'];
  const isSet = mirrorOf(env) !== undefined && url.startsWith(registryOf(env));
  return token && isSet ? `Bearer ${token}` : undefined;
}

function registryOf(env: Env): string {
  const registry = mirrorOf(env) ?? NPM;
  return registry.endsWith('/') ? registry : `${registry}/`;
}

function mirrorOf(env: Env): string | undefined {
  return env['NPM_CONFIG_REGISTRY'] || env['npm_config_registry'] || undefined;
}
