import { join } from 'node:path';
import type { Manifest } from '../index.js';

/**
 * Keeps the pack as an artifact of the run.
 * @throws Error if the runner has no artifacts (outside of GitHub, or GitHub Enterprise Server), or refuses it.
 */
export async function keepPack(name: string, dir: string, { outputs }: Manifest): Promise<void> {
  const files = [...outputs.map(({ path }) => path), 'manifest.json'].map((path) => join(dir, path));
  const { DefaultArtifactClient } = await import('@actions/artifact');
  await new DefaultArtifactClient().uploadArtifact(name, files, dir);
}
