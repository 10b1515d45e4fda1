import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Octokit } from 'octokit';
import { makeWorkFolder } from '../assets/work-folder.js';
import { byText } from '../text/compare-text.js';
import { githubClient } from './github/client.js';
import type { RunEvent } from './run-event.js';

/** An artifact of an earlier run. */
type Artifact = Awaited<
  ReturnType<Octokit['rest']['actions']['listArtifactsForRepo']>
>['data']['artifacts'][number];

/**
 * Downloads the newest evidence pack that a run on a branch of this repository kept as artifact.
 * @returns its folder, and which run it is from, in words.
 * @throws Error if there is none, or the token may not read it (`actions: read`).
 */
export async function downloadPack(
  name: string,
  branch: string,
  token: string,
  event: RunEvent,
): Promise<{ dir: string; since: string }> {
  const found = (await artifactsNamed(name, token, event)).find((artifact) =>
    isUsable(artifact, branch, event),
  );
  if (found === undefined)
    throw new Error(
      `no run on ${branch} has kept an artifact ${name} that has not expired; run keyproof there first.`,
    );
  const runId = found.workflow_run?.id ?? 0;
  const dir = await makeWorkFolder('keyproof-baseline-');
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const findBy = {
    token,
    workflowRunId: runId,
    repositoryOwner: event.owner,
    repositoryName: event.repo,
  };
  await new DefaultArtifactClient().downloadArtifact(found.id, { path: dir, findBy });
  if (!existsSync(join(dir, 'manifest.json')))
    throw new Error(`the artifact ${name} of run ${runId} is no evidence pack.`);
  return { dir, since: `${branch} (run ${runId})` };
}

async function artifactsNamed(name: string, token: string, { owner, repo }: RunEvent): Promise<Artifact[]> {
  const { data } = await githubClient(token).rest.actions.listArtifactsForRepo({
    owner,
    repo,
    name,
    per_page: 100,
  });
  return data.artifacts.sort(byText(({ created_at: created }) => created ?? '')).reverse();
}

/**
 * Returns whether an artifact is of this repository's own branch: a fork may have a branch of the same name, and what it
 * uploads would tell what is old.
 */
function isUsable({ expired, workflow_run: run }: Artifact, branch: string, { runId }: RunEvent): boolean {
  if (expired || !run || run.id === runId) return false;
  return run.head_branch === branch && run.head_repository_id === run.repository_id;
}
