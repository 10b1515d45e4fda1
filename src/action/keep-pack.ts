import { join } from 'node:path';
import type { Manifest } from '../index.js';
import { RUN_RECORD } from '../text/pack-manifest.js';

/**
 * Keeps the pack as an artifact of the run.
 * @throws Error if the runner has no artifacts (outside of GitHub, or GitHub Enterprise Server), or refuses it.
 */
export async function keepPack(name: string, dir: string, { outputs }: Manifest): Promise<void> {
  const files = [...outputs.map(({ path }) => path), 'manifest.json', RUN_RECORD].map((path) =>
    join(dir, path),
  );
  const { DefaultArtifactClient } = await import('@actions/artifact');
  await new DefaultArtifactClient().uploadArtifact(name, files, dir);
}
