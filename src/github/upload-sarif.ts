import { setTimeout } from 'node:timers/promises';
import type { Octokit } from 'octokit';
import { formatCount } from '../text/format.js';
import { failureOf, type GithubAccess, type GithubFailure, githubClient } from './client.js';
import { prepareSarif, type SarifPlace } from './prepare-sarif.js';
import { UnexpectedAnswer } from './unexpected-answer.js';

/** A SARIF file to upload. */
export type SarifUpload = SarifPlace & {
  /** Text of results.sarif. */
  sarif: string;
  /** Commit that was checked, 40 hex characters. */
  commit: string;
  /** Its ref, such as `refs/heads/main` or `refs/pull/12/merge`. */
  ref: string;
  /** How long to wait until GitHub has processed it, seconds; 120 if left out. */
  waitSeconds?: number;
};

/** What became of an upload. */
export type UploadResult = {
  /** `pending`: GitHub took it, and it is not known to be processed when the wait is over. `refused`: it is not there. */
  state: 'complete' | 'pending' | 'failed' | 'refused';
  /** What to tell the user, one sentence each; empty if everything is there. */
  notes: string[];
};

/** Seconds between two questions whether it is processed. */
const POLL_SECONDS = 2;

/**
 * Uploads results.sarif to code scanning and waits until it is processed. What GitHub refuses (a token without the right, as a pull
 * request from a fork has it; code scanning switched off) or fails to process is a sentence, not an error.
 */
export async function uploadSarif(access: GithubAccess, upload: SarifUpload): Promise<UploadResult> {
  const prepared = prepareSarif(upload.sarif, upload);
  const notes =
    prepared.leftOut === 0
      ? []
      : [
          `${formatCount(prepared.leftOut)} of ${formatCount(prepared.leftOut + prepared.results)} results are not uploaded: they name no file of the checkout, or the upload would be larger than GitHub takes; results.sarif has them all.`,
        ];
  const octokit = await githubClient(access);
  const [owner = '', repo = ''] = upload.repository.split('/');
  try {
    const { status, data } = await octokit.request('POST /repos/{owner}/{repo}/code-scanning/sarifs', {
      owner,
      repo,
      commit_sha: upload.commit,
      ref: upload.ref,
      sarif: prepared.sarif,
      tool_name: 'keyproof',
    });
    if (!data.id) throw new UnexpectedAnswer(status, `it did not confirm the upload (${status})`);
    const result = await outcomeOf(octokit, { owner, repo, id: data.id }, access, upload.waitSeconds);
    return { ...result, notes: [...notes, ...result.notes] };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return { state: 'refused', notes: [refusal(failure)] };
  }
}

function refusal({ rights, reason }: GithubFailure): string {
  const hint = rights
    ? ' The job needs `permissions: security-events: write`, which a pull request from a fork does not get, and code scanning must be switched on.'
    : '';
  return `results.sarif was not uploaded to code scanning: ${reason}.${hint}`;
}

type Sarif = { owner: string; repo: string; id: string };

/** Returns what became of an upload that GitHub took, also if GitHub does not tell. */
async function outcomeOf(...question: Parameters<typeof processed>): Promise<UploadResult> {
  try {
    return await processed(...question);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return { state: 'pending', notes: [untold(failure)] };
  }
}

function untold({ reason }: GithubFailure): string {
  return `GitHub took results.sarif, and whether it could process it is not known: ${reason}.`;
}

/** Asks until the upload is processed, or the wait is over. */
async function processed(
  octokit: Octokit,
  { owner, repo, id }: Sarif,
  { secondMs = 1000 }: GithubAccess,
  waitSeconds = 120,
): Promise<UploadResult> {
  for (let waited = 0; ; waited += POLL_SECONDS) {
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}', {
      owner,
      repo,
      sarif_id: id,
    });
    if (data.processing_status === 'complete') return { state: 'complete', notes: [] };
    if (data.processing_status === 'failed') return { state: 'failed', notes: [failed(data.errors ?? [])] };
    if (waited >= waitSeconds) return { state: 'pending', notes: [stillPending(waitSeconds)] };
    await setTimeout(POLL_SECONDS * secondMs);
  }
}

function failed(errors: readonly string[]): string {
  return `GitHub could not process results.sarif: ${errors.join('; ') || 'it states no reason'}.`;
}

function stillPending(seconds: number): string {
  return `GitHub has not processed results.sarif after ${seconds} seconds; its alerts appear when it has.`;
}
