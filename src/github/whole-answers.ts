import { isObject } from '../text/is-object.js';
import { proxiedFetch } from './proxied-fetch.js';
import { UnexpectedAnswer } from './unexpected-answer.js';

/** What a request is made of, as octokit states it. */
type Init = NonNullable<Parameters<NonNullable<Awaited<ReturnType<typeof proxiedFetch>>>>[1]>;

/** How long an answer is waited for, seconds: GitHub itself ends a request after ten. */
const ANSWER_WITHIN = 60;
/** Bytes that even a slow connection sends in a second. */
const SENT_BYTES = 100_000;

/**
 * Returns a `fetch` of JSON. Octokit takes a body that was cut for an empty one, and the page of a proxy for a text: of a list both would be
 * the end. Here the one is a connection that was lost, and the other an `UnexpectedAnswer`. What was written is not written again if
 * only its answer was lost: the answer is an empty object then. An answer that does not come in time is a connection that was lost, too.
 * @param answerWithin how long an answer is waited for, seconds; longer for what is large.
 */
export async function wholeAnswers(address: string, answerWithin = ANSWER_WITHIN) {
  const send = ((await proxiedFetch(address)) ?? fetch) as (url: string, init?: Init) => Promise<Response>;
  return async (url: string, init: Init = {}): Promise<Response> => {
    const late = AbortSignal.timeout(Math.ceil(1000 * (answerWithin + sizeOf(init) / SENT_BYTES)));
    const response = await send(url, { ...init, signal: late }).catch((error: unknown) => {
      throw late.aborted ? new LateAnswer(error) : error;
    });
    if (WITHOUT_BODY.includes(response.status)) return response;
    if (isPartial(response)) throw new UnexpectedAnswer(response.status, PARTIAL);
    const isRead = init.method === 'GET';
    const body = response.ok && isRead ? await expected(response) : await stated(response);
    const { status, headers } = response;
    const whole = new Response(body, { status, headers });
    whole.headers.set('content-type', 'application/json');
    // Octokit reads on which address a list was found.
    return Object.defineProperty(whole, 'url', { value: response.url });
  };
}

const WITHOUT_BODY = [204, 205, 304];

function sizeOf({ body }: Init): number {
  return typeof body === 'string' ? body.length : 0;
}

class LateAnswer extends Error {
  readonly code = 'ETIMEDOUT';

  constructor(cause: unknown) {
    super('no answer in time', { cause });
  }
}

/** GitHub leaves out of a list what belongs to organisations whose single sign-on the token has not passed, and says so in a header only. */
function isPartial({ headers }: Response): boolean {
  return /^\s*partial-results\b/i.test(headers.get('x-github-sso') ?? '');
}

const PARTIAL =
  'it left out what belongs to organisations for which the token is not authorised for SAML single sign-on; authorise it for them in the settings of the token';

async function expected(response: Response): Promise<string> {
  const { status } = response;
  const text = await response.text();
  if (typeof (parsed(text) ?? '') === 'object') return text;
  throw new UnexpectedAnswer(
    status,
    `what answered is not GitHub's API but perhaps a proxy or a sign-in page: it is no object or list in JSON (${status})`,
  );
}

/** Returns what an error or a write is answered with; octokit expects an object. */
async function stated(response: Response): Promise<string> {
  const answer = parsed(await response.text().catch(() => ''));
  const members = isObject(answer) ? answer : {};
  return JSON.stringify(
    isLimit(response) ? { ...members, message: limitWords(members['message']) } : members,
  );
}

/** Of a limit that is none of the hour Octokit waits only if the words are GitHub's; those of a server of one's own, or a proxy, differ. */
function isLimit({ status, headers }: Response): boolean {
  if (headers.get('x-ratelimit-remaining') === '0') return false;
  return status === 429 || (status === 403 && headers.has('retry-after'));
}

function limitWords(message: unknown): string {
  const stated = typeof message === 'string' ? message : '';
  return /\bsecondary rate\b/i.test(stated) ? stated : `${stated} (secondary rate limit)`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
