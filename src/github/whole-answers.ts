import { isObject } from '../text/is-object.js';
import { proxiedFetch } from './proxied-fetch.js';
import { UnexpectedAnswer } from './unexpected-answer.js';

/** What a request is made of, as octokit states it. */
type Init = NonNullable<Parameters<NonNullable<Awaited<ReturnType<typeof proxiedFetch>>>>[1]>;

/**
 * Returns a `fetch` of JSON. Octokit takes a body that was cut for an empty one, and the page of a proxy for a text: of a list both would be
 * the end. Here the one is a connection that was lost, and the other an `UnexpectedAnswer`. What was written is not written again if
 * only its answer was lost: the answer is an empty object then.
 */
export async function wholeAnswers(address: string) {
  const send = (await proxiedFetch(address)) ?? fetch;
  return async (url: string, init?: Init): Promise<Response> => {
    const response = await (send as (url: string, init?: Init) => Promise<Response>)(url, init);
    if (WITHOUT_BODY.includes(response.status)) return response;
    const isRead = init?.method === 'GET';
    const body = response.ok && isRead ? await expected(response) : await stated(response);
    const { status, headers } = response;
    const whole = new Response(body, { status, headers });
    whole.headers.set('content-type', 'application/json');
    // Octokit reads on which address a list was found.
    return Object.defineProperty(whole, 'url', { value: response.url });
  };
}

const WITHOUT_BODY = [204, 205, 304];

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
  const text = await response.text().catch(() => '');
  return isObject(parsed(text)) ? text : '{}';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
