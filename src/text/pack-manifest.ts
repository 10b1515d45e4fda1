import { readFileSync, statSync } from 'node:fs';
import { isObject } from './is-object.js';

/** Name of the run record inside a pack; no manifest lists it. */
export const RUN_RECORD = 'run.json';

const LARGEST = 64 * 1024 * 1024;

/**
 * Returns the files that a manifest.json of keyproof, of any version, lists; null if the file is none, for which its name
 * is no proof.
 */
export function filesOfManifest(path: string): Set<string> | null {
  try {
    const info = statSync(path);
    if (!info.isFile() || info.size > LARGEST) return null;
    return listed(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

function listed(manifest: unknown): Set<string> | null {
  if (!isObject(manifest) || !isObject(manifest['tool']) || manifest['tool']['name'] !== 'keyproof')
    return null;
  const { outputs } = manifest;
  if (!Array.isArray(outputs)) return null;
  return new Set(outputs.flatMap((output) => (isObject(output) ? [String(output['path'])] : [])));
}
