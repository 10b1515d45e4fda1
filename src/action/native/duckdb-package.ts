import { existsSync, readdirSync } from 'node:fs';

/** What scripts/build-action.mjs read in package-lock.json. */
declare const KEYPROOF_DUCKDB: {
  /** Version of every package. */
  version: string;
  /** `sha512-` and the hash of its tarball in Base64, by name of the package. */
  integrity: { readonly [name: string]: string };
};

/** The package with DuckDB's native library for one platform. */
export type DuckdbPackage = {
  /** Name in the registry. */
  name: string;
  /** Version. */
  version: string;
  /** `linux-x64-musl`: operating system, processor and, on Alpine, its C library. */
  platform: string;
  /** `sha512-` and the hash of the tarball in Base64. */
  integrity: string;
};

/** The machine, as Node describes it. */
export type Machine = { platform: string; arch: string; musl: boolean };

/** Returns the machine that this runs on. */
export function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, musl: process.platform === 'linux' && hasMusl() };
}

/**
 * Returns the package for a machine.
 * @throws Error if DuckDB publishes none.
 */
export function duckdbPackage(machine: Machine, { version, integrity } = KEYPROOF_DUCKDB): DuckdbPackage {
  const platform = `${machine.platform}-${machine.arch}${machine.musl ? '-musl' : ''}`;
  const name = `@duckdb/node-bindings-${platform}`;
  const hash = integrity[name];
  if (hash !== undefined) return { name, version, platform, integrity: hash };
  throw new Error(`DuckDB has no library for ${platform}, so keyproof cannot run on this runner.`);
}

/** Alpine and its like have a loader of this name, and no glibc in the report of Node. */
function hasMusl(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  if (report.header?.glibcVersionRuntime) return false;
  return existsSync('/lib') && readdirSync('/lib').some((file) => file.startsWith('ld-musl-'));
}
