import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWorkFolder } from '../assets/work-folder.js';
import { artifactsNamed, artifactsOfRun } from '../index.js';
import { attemptOf } from './attempt-artifact.js';
import { githubAccess } from './github-access.js';
import { reasonOf } from './reason-of.js';
import type { RunEvent } from './run-event.js';

/**
 * Downloads the newest evidence pack that a run on a branch of this repository kept as artifact; not one of a fork, which may have
 * a branch of the same name: what it uploads would tell what is old.
 * @returns its folder, and which run it is from, in words.
 * @throws Error if there is none, or the token may not read it (`actions: read`).
 */
export async function downloadPack(
  name: string,
  branch: string,
  token: string,
  event: RunEvent,
): Promise<{ dir: string; since: string }> {
  const { id, run } = await newestOn(branch, name, token, event);
  const dir = await makeWorkFolder('keyproof-baseline-');
  try {
    await download({ id, run }, dir, token, event);
    if (!existsSync(join(dir, 'manifest.json'))) throw new Error('it is no evidence pack.');
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw new Error(`the artifact ${name} of run ${run}: ${reasonOf(error)}`, { cause: error });
  }
  return { dir, since: `${branch} (run ${run})` };
}

async function newestOn(
  branch: string,
  name: string,
  token: string,
  { owner, repo, runId }: RunEvent,
): Promise<{ id: number; run: number }> {
  for await (const { id, run } of artifactsNamed(githubAccess(token), `${owner}/${repo}`, name))
    if (run?.own && run.branch === branch && run.id !== runId)
      return { id: await lastAttempt(id, name, run.id), run: run.id };
  throw new Error(
    `no run on ${branch} has kept an artifact ${name} that has not expired; run keyproof there first.`,
  );

  /** Returns the artifact of the last attempt of the run, which has a name of its own. */
  async function lastAttempt(first: number, of: string, run: number): Promise<number> {
    const all = await artifactsOfRun(githubAccess(token), `${owner}/${repo}`, run);
    const attempts = all.map((one) => ({ id: one.id, attempt: attemptOf(one.name, of) ?? 0 }));
    return attempts.sort((a, b) => b.attempt - a.attempt).find(({ attempt }) => attempt > 1)?.id ?? first;
  }
}

async function download(
  { id, run }: { id: number; run: number },
  path: string,
  token: string,
  event: RunEvent,
): Promise<void> {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const findBy = { token, workflowRunId: run, repositoryOwner: event.owner, repositoryName: event.repo };
  await new DefaultArtifactClient().downloadArtifact(id, { path, findBy });
}
