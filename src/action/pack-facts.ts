import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JudgedObservation, openPack } from '../index.js';
import { sha256Hex } from '../text/sha256.js';

const MOST_CHECKS = 500;

/** What the summary reads in a pack. */
export type PackFacts = {
  /** The worst failed checks, worst first. */
  worst: JudgedObservation[];
  /** SHA-256 of manifest.json, lower-case hex. */
  packSha256: string;
};

/** Reads the worst failed checks of a pack, and its hash. */
export async function packFacts(dir: string): Promise<PackFacts> {
  const pack = await openPack(dir);
  const worst: JudgedObservation[] = [];
  try {
    for await (const check of pack.observations({ outcome: 'fail' }, 'worst-first')) {
      worst.push(check);
      if (worst.length === MOST_CHECKS) break;
    }
  } finally {
    await pack.close();
  }
  return { worst, packSha256: sha256Hex(readFileSync(join(dir, 'manifest.json'))) };
}
