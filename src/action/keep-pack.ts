import { join } from 'node:path';
import type { Manifest } from '../index.js';
import { RUN_RECORD } from '../text/pack-manifest.js';
import { attemptArtifact } from './attempt-artifact.js';

/**
 * Keeps the pack as an artifact of the run. A run keeps the artifacts of its earlier attempts, and takes no second one of a name: the pack of a
 * later attempt, which may show something else, gets the number of the attempt.
 * @param attempt number of the attempt.
 * @returns the name of the artifact.
 * @throws Error if the runner has no artifacts (outside of GitHub, or GitHub Enterprise Server), or refuses it.
 */
export async function keepPack(
  name: string,
  dir: string,
  { outputs }: Manifest,
  attempt: number,
): Promise<string> {
  const files = [...outputs.map(({ path }) => path), 'manifest.json', RUN_RECORD].map((path) =>
    join(dir, path),
  );
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const client = new DefaultArtifactClient();
  try {
    await client.uploadArtifact(name, files, dir);
    return name;
  } catch (error) {
    if (attempt === 1 || !isTaken(error)) throw error;
    const own = attemptArtifact(name, attempt);
    await client.uploadArtifact(own, files, dir);
    return own;
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && /\(409\)|already exists/i.test(error.message);
}
