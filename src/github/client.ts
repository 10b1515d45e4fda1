import type { Octokit, RequestError } from 'octokit';
import { UnexpectedAnswer, unexpectedIn } from './unexpected-answer.js';
import { wholeAnswers } from './whole-answers.js';

/** How GitHub is reached. */
export type GithubAccess = {
  /** Address of the API: `https://api.github.com`, or `https://<host>/api/v3` of GitHub Enterprise Server. */
  baseUrl: string;
  /** Token. Sent to `baseUrl` only, and never written or shown. */
  token: string;
  /** Milliseconds in the second of waits and of Retry-After; 1,000 if left out. Tests shorten it. */
  secondMs?: number;
  /** Longest wait for a rate limit, seconds; 900 if left out. A longer one is refused at once. */
  longestWait?: number;
  /** How long an answer is waited for, seconds; 60 if left out, and longer for a large upload. */
  answerWithin?: number;
};

/** Longest wait for a rate limit that is worth it if none is stated, seconds; GitHub's own limits reset within the hour. */
const LONGEST_WAIT = 900;
/** How often a request that a rate limit refused is made again. */
const MOST_WAITS = 3;
/** How often a request that failed on the way, or on the server, is made again. */
const RETRIES = 2;

/**
 * Returns a client of GitHub's API that keeps to its rate limits: it waits as Retry-After and x-ratelimit-reset say, up to the longest wait,
 * makes a request again that was lost on the way, and goes through the proxy that the environment names.
 */
export async function githubClient(access: GithubAccess): Promise<Octokit> {
  const { baseUrl, token, secondMs = 1000, longestWait = LONGEST_WAIT, answerWithin } = access;
  // Loaded when GitHub is asked, which most runs do not.
  const { Octokit } = await import('octokit');
  const worthIt = (seconds: number, _options: unknown, _octokit: unknown, count: number): boolean =>
    seconds <= longestWait && count < MOST_WAITS;
  const octokit = new Octokit({
    auth: token,
    baseUrl,
    userAgent: 'keyproof',
    log: SILENT,
    request: { fetch: await wholeAnswers(baseUrl, answerWithin) },
    throttle: {
      id: baseUrl,
      retryAfterBaseValue: secondMs,
      onRateLimit: worthIt,
      onSecondaryRateLimit: worthIt,
    },
    // What a rate limit refuses (403, 429) is left to the waits above.
    retry: { retries: RETRIES, retryAfterBaseValue: secondMs, doNotRetry: DO_NOT_RETRY },
  });
  octokit.hook.error('request', refuseConflict);
  return octokit;
}

/** Octokit takes 409 of a list for its end, and a list that was never given would be one without items. */
function refuseConflict(error: Error): never {
  if (statusOf(error) !== 409) throw error;
  throw new UnexpectedAnswer(409, 'it is in conflict with what is there (409)', { cause: error });
}

function statusOf(error: Error): number | null {
  return isRequestError(error) ? error.status : null;
}

const DO_NOT_RETRY = [400, 401, 403, 404, 410, 413, 422, 429, 451];

const nothing = (): void => undefined;
/** Octokit prints warnings of its own on standard error otherwise. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Why a request failed. */
export type GithubFailure = {
  /** What GitHub answered; null if no answer came. */
  status: number | null;
  /** Why, in words and without a full stop. */
  reason: string;
  /** Whether a rate limit refused it, which says nothing of what was asked for. */
  limited: boolean;
  /** Whether the token may lack a right: it was refused without another reason, or GitHub answers that nothing is there. */
  rights: boolean;
  /** What GitHub states of it; empty if it states nothing. */
  stated: string;
};

/** Returns why a request failed; null for an error that is none of a request. */
export function failureOf(error: unknown): GithubFailure | null {
  const unexpected = unexpectedIn(error);
  if (unexpected !== null) return { ...NO_ANSWER, status: unexpected.answered, reason: unexpected.message };
  if (!isRequestError(error)) return null;
  const { response, status, message: stated } = error;
  if (response === undefined) return { ...NO_ANSWER, reason: `no answer (${causeOf(error)})` };
  const limited = isRateLimit(error);
  const signOn = limited ? null : signOnOf(error);
  const words = limited ? WORDS[429] : (signOn ?? WORDS[status]);
  const rights = !limited && signOn === null && [403, 404].includes(status);
  return { status, reason: `${words ?? 'it answered with an error'} (${status})`, limited, rights, stated };
}

const NO_ANSWER: GithubFailure = { status: null, reason: '', limited: false, rights: false, stated: '' };

/** Octokit names its errors so; its class is not loaded for those of other origin. */
function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && error.name === 'HttpError';
}

function isRateLimit({ response, message, status }: RequestError): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return /rate limit/i.test(message) || response?.headers['x-ratelimit-remaining'] === '0';
}

/** Returns what is to be done if the organisation asks for single sign-on; null if it does not. */
function signOnOf({ status, response }: RequestError): string | null {
  const header = String(response?.headers['x-github-sso'] ?? '');
  if (status !== 403 || !/^\s*required\b/i.test(header)) return null;
  const address = /\burl=(https:\/\/\S+?)(?:;|$)/i.exec(header)?.[1];
  return `the organisation asks for SAML single sign-on; authorise the token for it${address ? ` at ${address}` : ' in the settings of the token'}`;
}

const WORDS: { readonly [status: number]: string } = {
  401: 'the token is not valid',
  403: 'the token lacks a right',
  404: 'it is not there, or the token may not see it',
  413: 'it is too large',
  422: 'it was refused as invalid',
  429: 'its rate limit is used up',
  503: 'it is not available',
};

/** Returns the code of the network error behind a failure, such as ECONNREFUSED. */
function causeOf(error: unknown): string {
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause)
    if ('code' in inner && typeof inner.code === 'string') return inner.code;
  return 'the connection failed';
}
