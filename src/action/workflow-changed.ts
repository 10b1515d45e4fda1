import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileOnBranch } from '../index.js';
import { githubAccess } from './github-access.js';
import type { ActionInputs } from './inputs.js';
import { reasonOf } from './reason-of.js';
import type { RunEvent, RunnerEnv } from './run-event.js';

/** What is known of the workflow; null if there is nothing to say. */
export type WorkflowState = {
  /** The sentence that it is not the one of the branch that the change goes to, so that it may ask less of this step. */
  changed: string | null;
  /** Why it is not known, in one sentence. */
  note: string | null;
};

const SAME: WorkflowState = { changed: null, note: null };

/** Returns whether the workflow that runs is the one of the branch that the change goes to. */
export async function workflowChanged(
  { token }: ActionInputs,
  { mergesInto, owner, repo, workspace }: RunEvent,
  { GITHUB_WORKFLOW_REF: ref = '' }: RunnerEnv,
): Promise<WorkflowState> {
  const repository = `${owner}/${repo}`;
  const [named = ''] = ref.split('@');
  if (mergesInto === null || token === null || !named.startsWith(`${repository}/`)) return SAME;
  const path = named.slice(repository.length + 1);
  const file = join(workspace, path);
  const unknown = (why: string): WorkflowState => ({
    changed: null,
    note: `Whether the workflow ${path} is that of ${mergesInto} is not known: ${why}`,
  });
  if (!existsSync(file)) return unknown('it is not in the checkout.');
  try {
    const before = await fileOnBranch(githubAccess(token), { repository, path, branch: mergesInto });
    return before === null
      ? { ...SAME, changed: notThere(path, mergesInto) }
      : compared(before, readFileSync(file, 'utf8'), path, mergesInto);
  } catch (error) {
    return unknown(reasonOf(error));
  }
}

/** Says that it is new; a workflow that was moved is, too. */
function notThere(path: string, branch: string): string {
  return `The workflow ${path} is not on ${branch}, or the token may not read it (contents: read): what ${branch} asks may differ.`;
}

function compared(before: string, now: string, path: string, branch: string): WorkflowState {
  if (withLf(before) === withLf(now)) return SAME;
  const changed = `The workflow ${path} is not that of ${branch}: what it asks of this step (fail-on, paths, baseline ...) may differ.`;
  return { ...SAME, changed };
}

/** A checkout on Windows may have other ends of lines. */
function withLf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
