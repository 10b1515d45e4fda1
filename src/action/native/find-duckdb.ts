import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheDir, find } from '@actions/tool-cache';
import { KeyproofError } from '../../model/index.js';
import type { DuckdbPackage } from './duckdb-package.js';
import { fetchTarball } from './fetch-tarball.js';
import { unpackTarball } from './unpack-tarball.js';

const TOOL = 'keyproof-duckdb';
const LIBRARY = 'duckdb.node';

/** Where DuckDB's library was found. */
export type FoundDuckdb = {
  /** Folder with duckdb.node. */
  folder: string;
  /** Where it came from. */
  from: 'duckdb-path' | 'tool cache' | 'actions/cache' | 'registry';
};

/**
 * Finds DuckDB's library: the folder named by `duckdb-path`, the tool cache of the runner, else the tarball of its package
 * from actions/cache or the registry, which is unpacked into the tool cache.
 * @param named value of `duckdb-path`; null if it is not set.
 * @param workDir folder for the tarball.
 * @throws Error if the named folder does not hold the library, or the tarball cannot be had or is not the one expected.
 */
export async function findDuckdb(
  wanted: DuckdbPackage,
  named: string | null,
  workDir: string,
): Promise<FoundDuckdb> {
  if (named !== null) return { folder: namedFolder(named), from: 'duckdb-path' };
  const cached = inToolCache(wanted);
  if (cached !== null) return { folder: cached, from: 'tool cache' };
  const { tarball, from } = await fetchTarball(wanted, workDir);
  const unpacked = await unpackTarball(tarball, workDir);
  return { folder: await keep(unpacked, wanted), from };
}

function inToolCache({ version, platform }: DuckdbPackage): string | null {
  if (!process.env['RUNNER_TOOL_CACHE']) return null;
  const folder = find(TOOL, version, platform);
  return folder !== '' && existsSync(join(folder, LIBRARY)) ? folder : null;
}

/** Accepts the folder of the package, or one in which npm installed it. */
function namedFolder(named: string): string {
  const folder = resolve(named);
  if (existsSync(join(folder, LIBRARY))) return folder;
  throw new KeyproofError(
    `duckdb-path: ${named} holds no ${LIBRARY}; unpack the package @duckdb/node-bindings-<platform> there.`,
  );
}

/** Returns the folder in the tool cache; the unpacked one if there is no tool cache, or it cannot be written. */
async function keep(unpacked: string, { version, platform }: DuckdbPackage): Promise<string> {
  if (!process.env['RUNNER_TOOL_CACHE']) return unpacked;
  return cacheDir(unpacked, TOOL, version, platform).catch(() => unpacked);
}
