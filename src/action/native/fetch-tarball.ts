import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { debug } from '@actions/core';
import { downloadTool } from '@actions/tool-cache';
import type { DuckdbPackage } from './duckdb-package.js';
import { requireIntegrity } from './integrity.js';
import { authorizationFor, tarballUrl } from './registry.js';

/** A tarball whose hash is the expected one. */
export type FetchedTarball = { tarball: string; from: 'actions/cache' | 'registry' };

/**
 * Fetches the tarball of a package from actions/cache, else from the registry, and keeps it in actions/cache for the next
 * run. Its hash is checked in both cases: other workflows of the repository can write to the cache.
 * @throws Error if the registry does not give it, or gives another file.
 */
export async function fetchTarball(wanted: DuckdbPackage, workDir: string): Promise<FetchedTarball> {
  const tarball = join(workDir, `node-bindings-${wanted.platform}-${wanted.version}.tgz`);
  if (await restored(wanted, tarball)) return { tarball, from: 'actions/cache' };
  await rm(tarball, { force: true });
  const url = tarballUrl(wanted, process.env);
  await downloadTool(url, tarball, authorizationFor(url, process.env)).catch((cause: unknown) => {
    throw new Error(`${url}: cannot be downloaded (${reason(cause)}). ${WAYS_OUT}`, { cause });
  });
  await requireIntegrity(tarball, wanted.integrity, url);
  await save(wanted, tarball);
  return { tarball, from: 'registry' };
}

const WAYS_OUT =
  'Set NPM_CONFIG_REGISTRY to a mirror that the runner reaches, or duckdb-path to the unpacked package.';

async function restored(wanted: DuckdbPackage, tarball: string): Promise<boolean> {
  try {
    // Loaded when the library is not in the tool cache: it is larger than all of keyproof.
    const { isFeatureAvailable, restoreCache } = await import('@actions/cache');
    if (!isFeatureAvailable()) return false;
    const hit = await restoreCache([tarball], keyOf(wanted));
    if (hit === undefined) return false;
    await requireIntegrity(tarball, wanted.integrity, 'actions/cache');
    return true;
  } catch (error) {
    debug(`actions/cache is not used: ${reason(error)}`);
    return false;
  }
}

/** A cache that cannot be written (a fork, a full cache) costs the next run its start, not this one its result. */
async function save(wanted: DuckdbPackage, tarball: string): Promise<void> {
  const { isFeatureAvailable, saveCache } = await import('@actions/cache');
  if (!isFeatureAvailable()) return;
  await saveCache([tarball], keyOf(wanted)).catch((error: unknown) =>
    debug(`actions/cache was not written: ${reason(error)}`),
  );
}

function keyOf({ platform, version, integrity }: DuckdbPackage): string {
  return `keyproof-duckdb-${platform}-${version}-${integrity.slice(7, 19).replace(/[^A-Za-z0-9]/g, '_')}`;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
