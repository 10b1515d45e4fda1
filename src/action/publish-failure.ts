import { info } from '@actions/core';
import { upsertComment } from '../index.js';
import { githubAccess } from './github-access.js';
import { type ActionInputs, readInputs } from './inputs.js';
import { notAuditedMarkdown } from './markdown/not-audited.js';
import { type RunEvent, type RunnerEnv, readEvent } from './run-event.js';
import { writeSummary } from './write-summary.js';

/**
 * Tells GitHub that the step could not audit, in the summary, and in the comment of an earlier run, which would speak for a change
 * that it never saw.
 * @param reason one sentence.
 */
export async function publishFailure(env: RunnerEnv, reason: string): Promise<void> {
  const body = notAuditedMarkdown(reason);
  const inputs = validInputs();
  const unwritten = inputs?.stepSummary === false ? null : writeSummary(env, () => body);
  if (unwritten !== null) info(unwritten);
  if (inputs !== null) await replaceComment(inputs, readEvent(env), body);
}

/** Returns the inputs; null if one of them is what failed. */
function validInputs(): ActionInputs | null {
  try {
    return readInputs();
  } catch {
    return null;
  }
}

async function replaceComment(inputs: ActionInputs, event: RunEvent, body: string): Promise<void> {
  const { pullRequest, owner, repo, attempt } = event;
  if (pullRequest === null || pullRequest.fromFork || inputs.token === null || inputs.prComment === 'off')
    return;
  await upsertComment(githubAccess(inputs.token), {
    repository: `${owner}/${repo}`,
    issue: pullRequest.number,
    key: inputs.sarifCategory,
    run: attempt,
    body,
    updateOnly: inputs.prComment === 'on-change',
  });
}
