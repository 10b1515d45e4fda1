import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileOnBranch } from '../index.js';
import { githubAccess } from './github-access.js';
import type { ActionInputs } from './inputs.js';
import type { RunEvent, RunnerEnv } from './run-event.js';

/**
 * Returns the sentence that the workflow which runs is not the one of the branch that the change goes to, so that it may ask less of
 * this step; null if it is the same, or that cannot be told.
 */
export async function workflowChanged(
  { token }: ActionInputs,
  { mergesInto, owner, repo, workspace }: RunEvent,
  { GITHUB_WORKFLOW_REF: ref = '' }: RunnerEnv,
): Promise<string | null> {
  const repository = `${owner}/${repo}`;
  const [named = ''] = ref.split('@');
  if (mergesInto === null || token === null || !named.startsWith(`${repository}/`)) return null;
  const path = named.slice(repository.length + 1);
  const file = join(workspace, path);
  if (!existsSync(file)) return null;
  const before = await fileOnBranch(githubAccess(token), { repository, path, branch: mergesInto });
  if (before === null || withLf(before) === withLf(readFileSync(file, 'utf8'))) return null;
  return `The workflow ${path} is not that of ${mergesInto}: what it asks of this step (fail-on, paths, baseline ...) may differ.`;
}

/** A checkout on Windows may have other ends of lines. */
function withLf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
