import { Octokit, RequestError } from 'octokit';

/** Returns a client of the API of the server that the runner belongs to. */
export function githubClient(token: string): Octokit {
  const baseUrl = process.env['GITHUB_API_URL'] ?? 'https://api.github.com';
  return new Octokit({ auth: token, baseUrl, userAgent: 'keyproof', throttle: THROTTLE });
}

/** A step waits once, and not long: a pull request should not hang because of a comment. */
const MOST_WAIT_SECONDS = 60;

const mayWait = (afterSeconds: number, _options: unknown, _client: unknown, tries: number): boolean =>
  tries < 2 && afterSeconds <= MOST_WAIT_SECONDS;

const THROTTLE = { onRateLimit: mayWait, onSecondaryRateLimit: mayWait };

/** What each status of a refused request most often means, and what to do. */
const REFUSALS: { readonly [status: number]: string } = {
  401: 'the token is not valid',
  403: 'the token may not do this: the workflow grants no permission for it, the pull request is from a fork, or the feature is off',
  404: 'it does not exist, or the token may not see it',
  413: 'the file is too large',
  422: 'GitHub does not accept what was sent',
  429: 'GitHub limits the requests of this token',
};

/** Returns why a request failed, in words. */
export function refusal(error: unknown): string {
  if (error instanceof RequestError && error.status in REFUSALS)
    return `${REFUSALS[error.status]} (HTTP ${error.status})`;
  return error instanceof Error ? error.message : String(error);
}
