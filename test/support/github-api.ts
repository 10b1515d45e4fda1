import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createInstance, getHttpOperationsFromSpec, type PrismHttpInstance } from '@stoplight/prism-http';

/** GitHub's published description of the operations that keyproof calls (scripts/vendor-github-openapi.mjs). */
const DESCRIPTION = fileURLToPath(new URL('./github/openapi.json', import.meta.url));

/** A request as the mock saw it. */
export type SeenRequest = {
  method: string;
  /** Path without the query. */
  path: string;
  query: { [name: string]: string };
  headers: { [name: string]: string };
  /** Parsed JSON; null if it had none. */
  body: unknown;
};

/**
 * A reply of the mock. What `body` states of an object is put over a complete one that Prism makes of the description, so that a
 * test states only what matters to it; `exactly` is sent as it is, and `text` too, without validation: it may be no JSON. `drop` closes the
 * connection without an answer, `cut` in the middle of a list, and `silence` leaves it open.
 */
export type Reply =
  | { status?: number; headers?: { [name: string]: string }; body?: unknown; exactly?: unknown }
  | { status?: number; headers?: { [name: string]: string }; text: string }
  | 'drop'
  | 'cut'
  | 'silence';

/** Replies by operation, such as `GET /orgs/{org}/repos`: one after another, the last one again and again, or made of the request. */
export type Replies = { [operation: string]: Reply | Reply[] | ((request: SeenRequest) => Reply) };

/** A running mock of GitHub's API. */
export type GithubApi = {
  /** Its address, for a base URL. */
  url: string;
  /** Every request, in order. */
  requests: SeenRequest[];
  /** What of a request or a reply is not as the description says; a test expects none. */
  violations: string[];
  close(): Promise<void>;
};

/**
 * Starts a mock of GitHub's API on a port of this machine, a free one if none is given. Prism validates every request and every reply with GitHub's OpenAPI
 * description; a request to what it does not describe, or for which no reply is given, is a violation and answered with 501.
 * A path may begin with /api/v3, as on GitHub Enterprise Server, or with the number of a step.
 */
export async function startGithubApi(replies: Replies, port = 0): Promise<GithubApi> {
  const operations = await describedOperations();
  const requests: SeenRequest[] = [];
  const violations: string[] = [];
  const next = replyQueue(replies);
  const server = createServer(async (incoming, outgoing) => {
    const request = await seen(incoming);
    requests.push(request);
    const reply = next(request);
    if (reply === 'drop') return void incoming.socket.destroy();
    if (reply === 'cut') return cut(outgoing);
    if (reply === 'silence') return;
    if (reply !== null && 'text' in reply) return sendText(outgoing, reply);
    if (reply === null) return send(outgoing, { statusCode: 501, body: {} }, violations, request);
    const answer = await validated(operations, request, reply);
    violations.push(...answer.violations);
    send(outgoing, answer.output, violations, request);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, requests, violations, close };
}

type Operations = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>;
let described: Promise<Operations> | undefined;

function describedOperations(): Promise<Operations> {
  described ??= getHttpOperationsFromSpec(DESCRIPTION);
  return described;
}

async function seen(incoming: IncomingMessage): Promise<SeenRequest> {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://mock');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: incoming.method ?? 'GET',
    path: pathname.replace(/^\/(api\/v3|step-\d+)(?=\/)/, ''),
    query: Object.fromEntries(searchParams),
    headers: incoming.headers as SeenRequest['headers'],
    body: text === '' ? null : JSON.parse(text),
  };
}

/** Returns what answers a request: null if no reply is given for it. */
function replyQueue(replies: Replies): (request: SeenRequest) => Reply | null {
  const used = new Map<string, number>();
  const patterns = Object.keys(replies).map((operation) => ({ operation, pattern: patternOf(operation) }));
  return (request) => {
    const found = patterns.find(({ pattern }) => pattern.test(`${request.method} ${request.path}`));
    if (found === undefined) return null;
    const given = replies[found.operation];
    if (typeof given === 'function') return given(request);
    const list = [given ?? []].flat();
    const count = used.get(found.operation) ?? 0;
    used.set(found.operation, count + 1);
    return list[Math.min(count, list.length - 1)] ?? null;
  };
}

function patternOf(operation: string): RegExp {
  return new RegExp(`^${operation.replaceAll(/\{\w+\}/g, '[^/]+').replaceAll('.', '\\.')}$`);
}

type Described = Exclude<Reply, string | { text: string }>;
type Output = { statusCode: number; headers?: { [name: string]: string }; body?: unknown };
type Validated = { output: Output; violations: string[] };

const CHECKS = {
  checkSecurity: false,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
};

async function validated(operations: Operations, request: SeenRequest, reply: Described): Promise<Validated> {
  const { status = 200, headers = {}, body, exactly } = reply;
  const sample = exactly === undefined ? await sampleOf(operations, request, status) : exactly;
  const output = {
    statusCode: status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: exactly === undefined ? over(sample, body) : exactly,
  };
  const prism = createInstance(
    { ...CHECKS, isProxy: true, upstream: new URL('http://mock') },
    { logger: SILENT, forward: () => () => async () => ({ _tag: 'Right', right: output }) },
  );
  return { output, violations: await violationsOf(prism, operations, request) };
}

/** Returns a body as the description has it for a status; undefined if it has none. */
async function sampleOf(operations: Operations, request: SeenRequest, status: number): Promise<unknown> {
  const unchecked = { ...CHECKS, validateRequest: false, validateResponse: false, isProxy: false as const };
  const prism = createInstance(unchecked, { logger: SILENT });
  const config = { ...unchecked, mock: { dynamic: false, code: status } };
  const made = await prism.request({ ...inputOf(request), headers: {} }, operations, config)();
  return made._tag === 'Right' ? parsed(made.right.output.body) : undefined;
}

function parsed(body: unknown): unknown {
  return typeof body === 'string' && body !== '' ? JSON.parse(body) : body;
}

/** Puts what a test states over a complete body; of a list every item is put over the first one of the sample. */
function over(sample: unknown, stated: unknown): unknown {
  if (stated === undefined) return sample;
  if (Array.isArray(stated))
    return stated.map((item) => over(Array.isArray(sample) ? sample[0] : undefined, item));
  if (!isObject(stated) || !isObject(sample)) return stated;
  const members = Object.entries(stated).map(([name, value]) => [name, over(sample[name], value)]);
  return { ...sample, ...Object.fromEntries(members) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function violationsOf(
  prism: PrismHttpInstance,
  operations: Operations,
  request: SeenRequest,
): Promise<string[]> {
  const result = await prism.request(inputOf(request), operations)();
  const name = `${request.method} ${request.path}`;
  if (result._tag === 'Left') return [`${name}: ${result.left.message}`];
  const { input, output } = result.right.validations;
  const sentence = (side: string) => (one: { path?: string[]; message: string }) =>
    `${name}: ${side} ${(one.path ?? []).join('.')}: ${one.message}`;
  return [...input.map(sentence('request')), ...output.map(sentence('response'))];
}

function inputOf({ method, path, query, headers, body }: SeenRequest) {
  return { method: method.toLowerCase() as 'get', url: { path, query }, headers, body };
}

/** Closes the connection after the first bytes of a list, of which more were announced. */
function cut(outgoing: ServerResponse): void {
  outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  outgoing.write('[{"number": 1},', () => outgoing.destroy());
}

function sendText(
  outgoing: ServerResponse,
  { status = 200, headers, text }: Extract<Reply, { text: string }>,
): void {
  outgoing.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers });
  outgoing.end(text);
}

function send(
  outgoing: ServerResponse,
  { statusCode, headers = {}, body }: Output,
  violations: string[],
  request: SeenRequest,
): void {
  if (statusCode === 501) violations.push(`${request.method} ${request.path}: no reply is given for it`);
  outgoing.writeHead(statusCode, headers);
  outgoing.end(body === undefined || statusCode === 204 ? undefined : JSON.stringify(body));
}

type Logger = Parameters<typeof createInstance>[1]['logger'];

const nothing = (): void => undefined;
const SILENT = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  success: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
  child: () => SILENT,
} as unknown as Logger;
