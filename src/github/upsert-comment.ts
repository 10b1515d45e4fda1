import type { Octokit } from 'octokit';
import { start } from '../text/format.js';
import { failureOf, type GithubAccess, githubClient } from './client.js';

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
  state: 'created' | 'updated' | 'unchanged' | 'left-out' | 'taken' | 'refused';
  /** What to tell the user; null if the comment is there. */
  note: string | null;
};

const TAKEN =
  'The pull request has no comment of this step: another step of this run with the same sarif-category wrote it. Give each step a sarif-category of its own.';

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
    const state = await upsert(octokit, comment, isInstallation(access));
    return { state, note: state === 'taken' ? TAKEN : null };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    const hint =
      failure.status === 403 || failure.status === 404
        ? ' The job needs `permissions: pull-requests: write`, which a pull request from a fork does not get.'
        : '';
    return { state: 'refused', note: `No comment was written: ${failure.reason}.${hint}` };
  }
}

async function upsert(
  octokit: Octokit,
  { repository, issue, key, run = null, body: markdown, updateOnly = false }: StickyComment,
  byBot: boolean,
): Promise<Exclude<CommentResult['state'], 'refused'>> {
  const [owner = '', repo = ''] = repository.split('/');
  const marker = `<!-- keyproof:${key.replaceAll(/[^\w./-]/g, '-')} -->\n`;
  const head = run === null ? marker : `${marker}<!-- run ${run} -->\n`;
  const body = bounded(`${head}${markdown}`);
  const known = await find(octokit, { owner, repo, issue_number: issue }, marker, byBot);
  if (known === null && updateOnly) return 'left-out';
  if (known === null) {
    await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      owner,
      repo,
      issue_number: issue,
      body,
    });
    return 'created';
  }
  if (known.body === body) return 'unchanged';
  if (run !== null && known.body.startsWith(head)) return 'taken';
  await octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
    owner,
    repo,
    comment_id: known.id,
    body,
  });
  return 'updated';
}

type Place = { owner: string; repo: string; issue_number: number };

/** Returns whether the token is that of an app, as a workflow has it: its comments are a bot's. */
function isInstallation({ token }: GithubAccess): boolean {
  return token.startsWith('ghs_');
}

/**
 * Returns the first comment that begins with the marker; one that quotes it is another.
 * @param byBot whether only a bot can have written ours: a person's that begins with the marker is not ours to change.
 */
async function find(
  octokit: Octokit,
  place: Place,
  marker: string,
  byBot: boolean,
): Promise<{ id: number; body: string } | null> {
  const pages = octokit.paginate.iterator('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    ...place,
    per_page: 100,
  });
  for await (const { data } of pages) {
    const ours = data.filter(({ user }) => !byBot || user?.type === 'Bot');
    const found = ours.find(({ body }) => body?.replaceAll('\r\n', '\n').startsWith(marker));
    if (found !== undefined) return { id: found.id, body: found.body?.replaceAll('\r\n', '\n') ?? '' };
  }
  return null;
}

function bounded(text: string): string {
  return text.length <= LONGEST ? text : `${start(text, LONGEST - CUT.length)}${CUT}`;
}
