import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditPlan, type Manifest, uploadSarif, upsertComment } from '../index.js';
import { pathIn } from '../text/path-in.js';
import { changedCount } from './changes.js';
import { isEnterpriseServer } from './enterprise-server.js';
import { githubAccess } from './github-access.js';
import type { ActionInputs } from './inputs.js';
import { keepPack } from './keep-pack.js';
import { COMMENT_ROOM, runMarkdown } from './markdown/summary.js';
import { missingWords } from './missing-now.js';
import { reasonOf } from './reason-of.js';
import type { RunEvent, RunnerEnv } from './run-event.js';
import type { RunReport } from './run-report.js';
import { isCategoryUsed } from './used-category.js';
import { writeSummary } from './write-summary.js';

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
 * @returns the name of the artifact; null, with the reason in a sentence, if none was kept.
 */
export async function publishPack({
  inputs,
  env,
  plan,
  manifest,
}: Publication): Promise<{ artifact: string | null; notes: string[] }> {
  const { artifact } = inputs;
  if (artifact === null || !env['ACTIONS_RUNTIME_TOKEN']) return { artifact: null, notes: [] };
  if (isEnterpriseServer()) return { artifact: null, notes: [NO_ARTIFACTS] };
  try {
    const kept = await keepPack(artifact, plan.output, manifest, attemptIn(env));
    return { artifact: kept, notes: [] };
  } catch (error) {
    return { artifact: null, notes: [`The evidence pack was not kept as an artifact: ${reasonOf(error)}`] };
  }
}

function attemptIn({ GITHUB_RUN_ATTEMPT: attempt }: RunnerEnv): number {
  return Number(attempt) || 1;
}

const NO_ARTIFACTS =
  'The evidence pack was not kept as an artifact: GitHub Enterprise Server has none of this kind; the output pack-path names its folder, for a later step to keep.';

/** Adds the summary to the page of the run. @returns why it was not, in one sentence; null if it was, or none is wanted. */
export function publishSummary({ inputs, env }: Publication, report: RunReport): string | null {
  return inputs.stepSummary ? writeSummary(env, (room) => runMarkdown(report, room)) : null;
}

/**
 * Uploads results.sarif to code scanning, if the pack has it.
 * @returns what was not uploaded and why, one sentence each.
 */
export async function publishSarif({ inputs, event, env, plan }: Publication): Promise<string[]> {
  const file = join(plan.output, 'results.sarif');
  if (!existsSync(file) || inputs.token === null || event.owner === '') return [];
  if (event.pullRequest?.fromFork) return [FORK.sarif];
  const { state, notes } = await uploadSarif(githubAccess(inputs.token), {
    sarif: readFileSync(file, 'utf8'),
    commit: event.sha,
    ref: event.ref,
    repository: `${event.owner}/${event.repo}`,
    exports: pathIn(event.workspace, plan.root),
    category: inputs.sarifCategory,
    waitSeconds: 30,
  });
  const replaces = state !== 'refused' && isCategoryUsed(inputs.sarifCategory, env);
  return replaces ? [...notes, replacesEarlier(inputs.sarifCategory)] : notes;
}

function replacesEarlier(category: string): string {
  return `Another step of this job has the sarif-category ${category} too: of the two, code scanning keeps the results of this one only. Give each step a sarif-category of its own.`;
}

/** What is said of a pull request from a fork, whose token is not even tried. */
const FORK = {
  sarif:
    'results.sarif was not uploaded to code scanning: the pull request is from a fork, whose token can only read.',
  comment: 'The pull request has no comment: it is from a fork, whose token can only read.',
};

/**
 * Writes or changes the comment on the pull request.
 * @returns why it was not written, in one sentence; empty if it was, or there was nothing to do.
 */
export async function publishComment({ inputs, event }: Publication, report: RunReport): Promise<string[]> {
  const { pullRequest, owner, repo } = event;
  if (pullRequest === null || inputs.token === null || inputs.prComment === 'off') return [];
  if (pullRequest.fromFork) return [FORK.comment];
  const { note } = await upsertComment(githubAccess(inputs.token), {
    repository: `${owner}/${repo}`,
    issue: pullRequest.number,
    key: inputs.sarifCategory,
    run: event.attempt,
    body: runMarkdown(report, COMMENT_ROOM),
    updateOnly: inputs.prComment === 'on-change' && !hasChange(report),
  });
  return note === null ? [] : [note];
}

/** Returns whether something is new or fixed, missing or asked otherwise; also if that is not known. */
function hasChange({ changes }: RunReport): boolean {
  if (changes === null) return true;
  const { accepted, noLongerApplies, settings, missing } = changes;
  const counted = changedCount(changes.new) + changedCount(changes.fixed) + accepted + noLongerApplies;
  return counted + settings.length > 0 || missingWords(missing) !== '';
}
