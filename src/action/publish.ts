import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditPlan, Manifest } from '../index.js';
import { changedCount } from './changes.js';
import { githubClient, refusal } from './github/client.js';
import { uploadSarif } from './github/upload-sarif.js';
import { upsertComment } from './github/upsert-comment.js';
import type { ActionInputs } from './inputs.js';
import { keepPack } from './keep-pack.js';
import { COMMENT_ROOM, runMarkdown, SUMMARY_ROOM } from './markdown/summary.js';
import { reasonOf } from './reason-of.js';
import type { RunEvent, RunnerEnv } from './run-event.js';
import type { RunReport } from './run-report.js';

/** What is published, and where. */
export type Publication = {
  inputs: ActionInputs;
  event: RunEvent;
  env: RunnerEnv;
  plan: AuditPlan;
  manifest: Manifest;
};

/**
 * Keeps the pack as an artifact.
 * @returns the name of the artifact; null, with the reason, if none was kept.
 */
export async function publishPack({
  inputs,
  env,
  plan,
  manifest,
}: Publication): Promise<{ artifact: string | null; note: string | null }> {
  const { artifact } = inputs;
  if (artifact === null || !env['ACTIONS_RUNTIME_TOKEN']) return { artifact: null, note: null };
  try {
    await keepPack(artifact, plan.output, manifest);
    return { artifact, note: null };
  } catch (error) {
    return { artifact: null, note: `The evidence pack was not kept as an artifact: ${reasonOf(error)}` };
  }
}

/** Adds the summary to the page of the run. */
export function publishSummary({ inputs, env }: Publication, report: RunReport): void {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (inputs.stepSummary && file) appendFileSync(file, runMarkdown(report, SUMMARY_ROOM));
}

/**
 * Uploads results.sarif to code scanning, if the pack has it.
 * @returns why it was not uploaded; null if it was, or there was nothing to do.
 */
export async function publishSarif({ inputs, event, plan }: Publication): Promise<string | null> {
  const file = join(plan.output, 'results.sarif');
  if (!existsSync(file) || inputs.token === null || isOutside(event)) return null;
  if (event.pullRequest?.fromFork)
    return 'Results were not uploaded to code scanning: the pull request is from a fork.';
  try {
    await uploadSarif(githubClient(inputs.token), readFileSync(file), event);
    return null;
  } catch (error) {
    return `Results were not uploaded to code scanning: ${refusal(error)}.`;
  }
}

/**
 * Writes or changes the comment on the pull request.
 * @returns why it was not written; null if it was, or there was nothing to do.
 */
export async function publishComment(
  { inputs, event }: Publication,
  report: RunReport,
): Promise<string | null> {
  const { pullRequest, owner, repo } = event;
  if (pullRequest === null || inputs.token === null || inputs.prComment === 'off') return null;
  if (pullRequest.fromFork)
    return 'The pull request has no comment: it is from a fork, whose token can only read.';
  const place = { owner, repo, number: pullRequest.number, category: inputs.sarifCategory };
  const create = inputs.prComment === 'always' || hasChange(report);
  try {
    await upsertComment(githubClient(inputs.token), place, runMarkdown(report, COMMENT_ROOM), create);
    return null;
  } catch (error) {
    return `The pull request has no comment of this run: ${refusal(error)}.`;
  }
}

/** Returns whether something is new or fixed; also if that is not known. */
function hasChange({ changes }: RunReport): boolean {
  return changes === null || changedCount(changes.new) + changedCount(changes.fixed) > 0;
}

function isOutside({ owner, repo }: RunEvent): boolean {
  return owner === '' || repo === '';
}
