import { failureOf, type GithubAccess, githubClient } from './client.js';

/** A file of a branch. */
type FilePlace = {
  /** The repository, `owner/name`. */
  repository: string;
  /** Path from its root. */
  path: string;
  /** Branch. */
  branch: string;
};

/**
 * Returns the text of a file on a branch; null if GitHub answers that it is not there, as it does for a token that may not see it.
 * @throws Error if GitHub does not tell, with the reason in words.
 */
export async function fileOnBranch(access: GithubAccess, place: FilePlace): Promise<string | null> {
  const { repository, path, branch } = place;
  const [owner = '', repo = ''] = repository.split('/');
  const octokit = await githubClient(access);
  try {
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/contents/{path}', {
      owner,
      repo,
      path,
      ref: branch,
    });
    if (Array.isArray(data) || data.type !== 'file' || !('content' in data)) return null;
    return Buffer.from(data.content, 'base64').toString('utf8');
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.status === 404) return null;
    throw failure === null ? error : new Error(`${failure.reason}.`, { cause: error });
  }
}
