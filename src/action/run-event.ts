import { existsSync, readFileSync } from 'node:fs';
import { isObject } from '../text/is-object.js';

/** Environment variables of a runner. */
export type RunnerEnv = { readonly [name: string]: string | undefined };

/** What started the workflow, and where it runs. */
export type RunEvent = {
  /** Name of the event: `push`, `pull_request`, `schedule` ... */
  name: string;
  /** Owner of the repository. */
  owner: string;
  /** Repository without its owner. */
  repo: string;
  /** Commit that is checked out. */
  sha: string;
  /** Ref that is checked out, such as `refs/pull/7/merge`. */
  ref: string;
  /** Number of this run; null outside of a run. */
  runId: number | null;
  /** This run and which attempt of it, `812.1`; null outside of a run. */
  attempt: string | null;
  /** Address of this run; null outside of a run. */
  runUrl: string | null;
  /** Folder of the checkout. */
  workspace: string;
  /** Branch into which the change is to be merged, by a pull request or a merge queue; null for any other event. */
  mergesInto: string | null;
  /** Branch whose packs a baseline is of: `mergesInto`, else the branch of the ref; for a tag the default branch. */
  branch: string;
  /** The pull request; null for any other event. */
  pullRequest: {
    /** Number. */
    number: number;
    /** Branch it is to be merged into. */
    base: string;
    /** Whether it comes from another repository, so that the token can only read. */
    fromFork: boolean;
  } | null;
};

/** Reads what started the workflow, from the variables of the runner and the payload of the event. */
export function readEvent(env: RunnerEnv): RunEvent {
  const [owner = '', repo = ''] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
  const payload = payloadOf(env);
  const pullRequest = pullRequestOf(payload);
  const mergesInto = pullRequest?.base ?? queueBase(payload);
  const ref = env['GITHUB_REF'] ?? '';
  const runId = Number(env['GITHUB_RUN_ID']) || null;
  return {
    name: env['GITHUB_EVENT_NAME'] ?? '',
    owner,
    repo,
    sha: env['GITHUB_SHA'] ?? '',
    ref,
    runId,
    attempt: runId === null ? null : `${runId}.${env['GITHUB_RUN_ATTEMPT'] ?? 1}`,
    runUrl: runUrlOf(env),
    workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(),
    mergesInto,
    branch: mergesInto ?? branchOf(ref, payload),
    pullRequest,
  };
}

function branchOf(ref: string, payload: unknown): string {
  const main = member(member(payload, 'repository'), 'default_branch');
  if (ref.startsWith('refs/tags/') && typeof main === 'string') return main;
  return withoutHeads(ref);
}

/** Returns the branch that a merge queue merges into; null for any other event. */
function queueBase(payload: unknown): string | null {
  const ref = member(member(payload, 'merge_group'), 'base_ref');
  return typeof ref === 'string' ? withoutHeads(ref) : null;
}

function withoutHeads(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}

function runUrlOf({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID }: RunnerEnv): string | null {
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return null;
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
}

function payloadOf({ GITHUB_EVENT_PATH }: RunnerEnv): unknown {
  if (!GITHUB_EVENT_PATH || !existsSync(GITHUB_EVENT_PATH)) return {};
  return JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8'));
}

function pullRequestOf(payload: unknown): RunEvent['pullRequest'] {
  const pull = member(payload, 'pull_request');
  const number = member(pull, 'number');
  const base = member(pull, 'base');
  const ref = member(base, 'ref');
  if (typeof number !== 'number' || typeof ref !== 'string') return null;
  const from = member(member(member(pull, 'head'), 'repo'), 'full_name');
  // The repository of a head may be gone; its token can only read then, too.
  return { number, base: ref, fromFork: from !== member(member(base, 'repo'), 'full_name') };
}

function member(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}
