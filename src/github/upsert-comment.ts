import { setTimeout } from 'node:timers/promises';
import type { Octokit } from 'octokit';
import { start } from '../text/format.js';
import { failureOf, type GithubAccess, githubClient, RETRIES } from './client.js';
import { listPages } from './list-pages.js';
import { UnexpectedAnswer } from './unexpected-answer.js';

/** The one comment of keyproof on a pull request or an issue. */
export type StickyComment = {
  /** The repository, `owner/name`. */
  repository: string;
  /** Number of the pull request or issue. */
  issue: number;
  /** Tells the comment from others, also from those of another run of keyproof there; letters, digits, `-`, `_`, `.` and `/`. */
  key: string;
  /** Run that writes it, and which attempt of it, such as `812.1`: one comment has one writer in a run. None if left out or null. */
  run?: string | null;
  /** Markdown. */
  body: string;
  /** Whether a comment that is not there yet is left out; by default it is created. */
  updateOnly?: boolean;
};

/** What became of a comment. */
export type CommentResult = {
  state: 'created' | 'updated' | 'unchanged' | 'left-out' | 'taken' | 'later' | 'refused';
  /** What to tell the user; null if the comment is there. */
  note: string | null;
};

const TAKEN =
  'The pull request has no comment of this step: another step of this run with the same sarif-category wrote it. Give each step a sarif-category of its own.';

const LATER = 'The comment of the pull request is that of a later run, and stays.';

const NOTES: { readonly [S in CommentResult['state']]?: string } = { taken: TAKEN, later: LATER };

/** Longest comment that GitHub takes, characters. */
const LONGEST = 65_536;
const CUT = '\n\n… cut here: GitHub takes no longer comment.';

/**
 * Writes the one comment of a key: updates it in place if it is there, and creates it if not. What GitHub refuses (a token that may
 * only read, as a pull request from a fork has it) is a sentence, not an error.
 */
export async function upsertComment(access: GithubAccess, comment: StickyComment): Promise<CommentResult> {
  const octokit = await githubClient(access);
  try {
    const state = await upsert(octokit, comment, access);
    return { state, note: NOTES[state] ?? null };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    const hint = failure.rights
      ? ' The job needs `permissions: pull-requests: write`, which a pull request from a fork does not get.'
      : '';
    return { state: 'refused', note: `No comment was written: ${failure.reason}.${hint}` };
  }
}

/** A comment as it is written: its text, and what its text begins with. */
type Written = { place: Place; body: string; marker: string; head: string };

/** @param lost errors of requests to create it, whose answer did not come: it may be there all the same. */
async function upsert(
  octokit: Octokit,
  comment: StickyComment,
  access: GithubAccess,
  lost: readonly Error[] = [],
): Promise<Exclude<CommentResult['state'], 'refused'>> {
  const written = writtenOf(comment);
  const byBot = isInstallation(access);
  const [known = null, ...others] = await find(octokit, written.place, written.marker, byBot);
  if (known !== null) {
    const state = await update(octokit, comment, written, { known, others: byBot ? others : [] });
    return state === 'unchanged' && lost.length > 0 ? 'created' : state;
  }
  if (comment.updateOnly) return 'left-out';
  if (lost.length > RETRIES) throw lost.at(-1);
  const error = await create(octokit, written);
  if (error === null) return 'created';
  await setTimeout((lost.length + 1) ** 2 * (access.secondMs ?? 1000));
  return upsert(octokit, comment, access, [...lost, error]);
}

function writtenOf({ repository, issue, key, run = null, body }: StickyComment): Written {
  const [owner = '', repo = ''] = repository.split('/');
  const marker = `<!-- keyproof:${key.replaceAll(/[^\w./-]/g, '-')} -->\n`;
  const head = run === null ? marker : `${marker}<!-- run ${run} -->\n`;
  return { place: { owner, repo, issue_number: issue }, body: bounded(`${head}${body}`), marker, head };
}

/** @returns the error if the answer was lost, or the server failed or was in conflict; the client does not make the request again, since that may create a second one. */
async function create(octokit: Octokit, { place, body }: Written): Promise<Error | null> {
  try {
    const { status } = await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...place,
      body,
      request: { retries: 0 },
    });
    // What is sent to an address that has moved is not sent on, and the answer is the list.
    if (status !== 201) throw notWritten(status);
    return null;
  } catch (error) {
    const status = failureOf(error)?.status;
    if (error instanceof Error && (status === null || status === 409 || Number(status) >= 500)) return error;
    throw error;
  }
}

/** @param others comments beside it with the same marker. */
async function update(
  octokit: Octokit,
  { run = null }: StickyComment,
  { place: { owner, repo }, body, head }: Written,
  { known, others }: { known: Found; others: readonly Found[] },
): Promise<'later' | 'unchanged' | 'taken' | 'updated'> {
  if (run !== null && runOf(known.body) > Number.parseInt(run, 10)) return 'later';
  const own = others.filter(({ user }) => user === known.user);
  await remove(octokit, { owner, repo }, own);
  if (known.body === body) return 'unchanged';
  if (run !== null && known.body.startsWith(head)) return 'taken';
  const { status, data } = await octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
    owner,
    repo,
    comment_id: known.id,
    body,
  });
  if (!data.id) throw notWritten(status);
  return 'updated';
}

function notWritten(status: number): UnexpectedAnswer {
  return new UnexpectedAnswer(status, `it did not confirm the comment (${status})`);
}

/** A comment that is there, and the number of who wrote it. */
type Found = { id: number; user: number | undefined; body: string };

type Place = { owner: string; repo: string; issue_number: number };

/** Returns whether the token is that of an app, as a workflow has it: its comments are a bot's. */
function isInstallation({ token }: GithubAccess): boolean {
  return token.startsWith('ghs_');
}

/**
 * Removes comments of the same app beside the one that is updated: two runs that began at once may both have created one, and it would go
 * on speaking. One that another run removes meanwhile is gone as well.
 */
async function remove(
  octokit: Octokit,
  place: { owner: string; repo: string },
  comments: readonly Found[],
): Promise<void> {
  for (const { id } of comments)
    await octokit
      .request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...place, comment_id: id })
      .catch((error: unknown) => {
        if (failureOf(error) === null) throw error;
      });
}

/** Returns the number of the run that wrote a comment; 0 if it does not state one. */
function runOf(body: string): number {
  return Number(/^.*\n<!-- run (\d+)\./.exec(body)?.[1] ?? 0);
}

/**
 * Returns the comments that begin with the marker, oldest first; one that quotes it is another.
 * @param byBot whether only a bot can have written ours: a person's that begins with the marker is not ours to change.
 */
async function find(octokit: Octokit, place: Place, marker: string, byBot: boolean): Promise<Found[]> {
  const pages = octokit.paginate.iterator('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    ...place,
    per_page: 100,
  });
  const found: Found[] = [];
  for await (const data of listPages(pages)) {
    const ours = data.filter(({ user }) => !byBot || user?.type === 'Bot');
    found.push(
      ...ours.map(({ id, user, body = '' }) => ({ id, user: user?.id, body: body.replaceAll('\r\n', '\n') })),
    );
  }
  return found.filter(({ body }) => body.startsWith(marker));
}

function bounded(text: string): string {
  return text.length <= LONGEST ? text : `${start(text, LONGEST - CUT.length)}${CUT}`;
}
