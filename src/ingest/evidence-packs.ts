import { readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isObject } from '../text/is-object.js';

const LARGEST_MANIFEST = 64 * 1024 * 1024;

/** Folders among the files that are evidence packs: the output of this audit, and those with a manifest of keyproof. */
export function findEvidencePacks(files: readonly string[], output: string): string[] {
  const manifests = files.filter((file) => basename(file) === 'manifest.json' && isManifest(file));
  const packs = new Set(manifests.map((file) => dirname(file)));
  if (packs.size > 0 || files.some((file) => file.startsWith(`${output}/`))) packs.add(output);
  return [...packs].filter((pack) => files.some((file) => file.startsWith(`${pack}/`))).sort();
}

function isManifest(file: string): boolean {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_MANIFEST) return false;
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const tool = isObject(manifest) ? manifest['tool'] : null;
    return (
      isObject(tool) &&
      tool['name'] === 'keyproof' &&
      isObject(manifest) &&
      Array.isArray(manifest['outputs'])
    );
  } catch {
    return false;
  }
}
