import { readdir } from 'node:fs/promises';
import type { HashedFile, UnwrittenOutput } from '../model/index.js';
import { RUN_RECORD } from '../text/pack-manifest.js';
import { hashOutputs, MANIFEST, readManifest } from './manifest.js';

/** What `keyproof verify` found. */
export type Verification = {
  /** True if every file is there, unchanged, and nothing was added. */
  ok: boolean;
  /** Files that match the manifest. */
  verified: number;
  /** One sentence for each difference, sorted by path. */
  differences: string[];
  /** Outputs that were asked for and could not be written. */
  incomplete: UnwrittenOutput[];
};

/**
 * Compares a pack with its manifest: files changed, missing or added.
 * @throws KeyproofError if the folder has no readable manifest.
 */
export async function verifyPack(dir: string): Promise<Verification> {
  const manifest = readManifest(dir);
  const actual = new Map((await hashOutputs(dir)).map((file) => [file.path, file]));
  const wrong = manifest.outputs.flatMap((expected) => compare(expected, actual.get(expected.path)));
  const listed = new Set([MANIFEST, RUN_RECORD, ...manifest.outputs.map((file) => file.path)]);
  const added = (await readdir(dir))
    .filter((name) => !listed.has(name))
    .map((name) => `${name}: is not in the manifest.`);
  const differences = [...wrong, ...added].sort();
  const verified = manifest.outputs.length - wrong.length;
  return { ok: differences.length === 0, verified, differences, incomplete: manifest.incomplete };
}

function compare(expected: HashedFile, actual: HashedFile | undefined): string[] {
  if (!actual) return [`${expected.path}: is missing.`];
  if (actual.sha256 === expected.sha256) return [];
  return [
    `${expected.path}: was changed; its SHA-256 is ${actual.sha256}, the manifest has ${expected.sha256}.`,
  ];
}
