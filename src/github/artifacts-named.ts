import type { Octokit } from 'octokit';
import { byText } from '../text/compare-text.js';
import { failureOf, type GithubAccess, githubClient } from './client.js';
import { listPages } from './list-pages.js';

/** An artifact that a run of a workflow kept. */
export type KeptArtifact = {
  /** Number. */
  id: number;
  /** Name. */
  name: string;
  /** Run that kept it; null if GitHub does not state it. */
  run: {
    /** Number of the run. */
    id: number;
    /** Branch it ran on. */
    branch: string | null;
    /** Whether the branch is one of this repository, not of a fork. */
    own: boolean;
  } | null;
};

/**
 * Yields the artifacts of a name in a repository (`owner/name`) that have not expired, newest first; more are asked for only as
 * they are read, since every run of every pull request may have kept one.
 * @throws Error if GitHub does not give them, with the reason in words.
 */
export async function* artifactsNamed(
  access: GithubAccess,
  repository: string,
  name: string,
): AsyncGenerator<KeptArtifact> {
  yield* keptArtifacts(access, repository, (octokit, place) =>
    octokit.paginate.iterator('GET /repos/{owner}/{repo}/actions/artifacts', { ...place, name }),
  );
}

/**
 * Returns the artifacts of a run that have not expired, newest first.
 * @throws Error as `artifactsNamed`.
 */
export async function artifactsOfRun(
  access: GithubAccess,
  repository: string,
  run: number,
): Promise<KeptArtifact[]> {
  const kept = keptArtifacts(access, repository, (octokit, place) =>
    octokit.paginate.iterator('GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', {
      ...place,
      run_id: run,
    }),
  );
  const all: KeptArtifact[] = [];
  for await (const one of kept) all.push(one);
  return all;
}

type Place = { owner: string; repo: string; per_page: number };
type Pages = AsyncIterable<{ status: number; data: Listed[] }>;

async function* keptArtifacts(
  access: GithubAccess,
  repository: string,
  pagesOf: (octokit: Octokit, place: Place) => Pages,
): AsyncGenerator<KeptArtifact> {
  const [owner = '', repo = ''] = repository.split('/');
  try {
    const pages = pagesOf(await githubClient(access), { owner, repo, per_page: 100 });
    for await (const data of listPages(pages)) {
      const kept = data.filter(({ expired }) => !expired);
      yield* kept
        .sort(byText(({ created_at: created }) => created ?? ''))
        .reverse()
        .map(keptArtifact);
    }
  } catch (error) {
    const failure = failureOf(error);
    throw new Error(failure === null ? String(error) : `the artifacts were not listed: ${failure.reason}.`, {
      cause: error,
    });
  }
}

type Listed = {
  id: number;
  name: string;
  expired: boolean;
  created_at: string | null;
  workflow_run?: {
    id?: number;
    repository_id?: number;
    head_repository_id?: number;
    head_branch?: string | null;
  } | null;
};

function keptArtifact({ id, name, workflow_run: run }: Listed): KeptArtifact {
  if (!run?.id) return { id, name, run: null };
  const own = run.repository_id !== undefined && run.repository_id === run.head_repository_id;
  return { id, name, run: { id: run.id, branch: run.head_branch ?? null, own } };
}
