import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  artifactsNamed,
  artifactsOfRun,
  fetchGithub,
  fileOnBranch,
  uploadSarif,
  upsertComment,
} from '../../src/github/index.js';
import { type GithubApi, type Replies, type Reply, startGithubApi } from '../support/github-api.js';
import { describeUnlessProved } from '../support/verdict.js';

let api: GithubApi | undefined;
/** Folder of the test, for those that run alone. */
let folder: string;
const folders = mkdtempSync(join(tmpdir(), 'keyproof-answers-'));
const newFolder = () => mkdtempSync(join(folders, 'fetched-'));

beforeEach(() => {
  folder = newFolder();
});
afterAll(() => rmSync(folders, { recursive: true, force: true }));
afterEach(async () => {
  await api?.close();
  api = undefined;
});

type Access = {
  baseUrl: string;
  token: string;
  secondMs: number;
  longestWait?: number;
  answerWithin?: number;
};

/** An endpoint that is called: what else must be answered before it, and the sentence that a user gets; null if there is none. */
type Endpoint = { others?: Replies; ask(access: Access): Promise<string | null> };

const REPOSITORY = { repository: 'northbridge/ledger' };
const REPOS = 'GET /orgs/{org}/repos';
const HISTORY = 'GET /repos/{owner}/{repo}/secret-scanning/scan-history';
const PROTECTION = 'GET /repos/{owner}/{repo}/branches/{branch}/protection';
const RULES = 'GET /repos/{owner}/{repo}/rules/branches/{branch}';
const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
const SARIFS = '/repos/{owner}/{repo}/code-scanning/sarifs';
const ARTIFACTS = 'GET /repos/{owner}/{repo}/actions/artifacts';
const RUN_ARTIFACTS = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts';
const CONTENTS = 'GET /repos/{owner}/{repo}/contents/{path}';

const user = { id: 41898282, type: 'Bot' };
const TOKEN = ['ghs', 'northbridge'].join('_');
const OURS = { id: 77, user, body: '<!-- keyproof:cards -->\nearlier' };
const LEDGER = { name: 'ledger', owner: { login: 'northbridge' }, default_branch: 'main' };
const DETAILS: Replies = {
  [REPOS]: { body: [LEDGER] },
  [HISTORY]: { body: { backfill_scans: [] } },
  [PROTECTION]: {},
  [RULES]: { body: [] },
};

const MEMBERS: { [operation: string]: string } = {
  [HISTORY]: 'scan_history',
  [PROTECTION]: 'branch_protection',
  [RULES]: 'branch_rules',
};
const TIME = { fromMs: null, toMs: Date.UTC(2026, 8, 30), nowMs: Date.UTC(2026, 9, 1), secondMs: 1 };

/** Fetches one export into a folder of its own, or the one that is given. */
async function fetched(
  access: Access,
  what: 'secret-scanning' | 'repositories' | 'audit-log',
  into = newFolder(),
) {
  const source = { organisation: 'northbridge', baseUrl: access.baseUrl, what: [what] };
  const within = access.answerWithin === undefined ? {} : { answerWithin: access.answerWithin };
  const request = { ...TIME, ...within, sources: [source], folder: into, env: { GITHUB_TOKEN: 'token' } };
  const [file] = await fetchGithub(request);
  // No file: an empty one would be read as a list without items.
  if (file?.problem) expect(readdirSync(into)).toEqual([]);
  return file?.problem ?? null;
}

const commented = async (access: Access): Promise<string | null> =>
  (await upsertComment(access, { ...REPOSITORY, issue: 7, key: 'cards', body: 'now' })).note;

async function uploaded(access: Access): Promise<string | null> {
  const sarif = JSON.stringify({ version: '2.1.0', runs: [{ results: [] }] });
  const place = {
    ...REPOSITORY,
    exports: '',
    category: 'cards',
    commit: 'a'.repeat(40),
    ref: 'refs/heads/main',
  };
  return (await uploadSarif(access, { ...place, sarif, waitSeconds: 2 })).notes.join(' ') || null;
}

const said = (asked: Promise<unknown>): Promise<string | null> =>
  asked.then(
    () => null,
    (error: Error) => error.message,
  );

async function listed(access: Access): Promise<void> {
  for await (const _ of artifactsNamed(access, 'northbridge/ledger', 'pack'));
}

/** Answers `processing_status` of an upload that was taken. */
const TAKEN: Replies = { [`POST ${SARIFS}`]: { status: 202, body: { id: 's1' } } };

/** What is read: without a whole answer nothing is known. */
const READS: { [operation: string]: Endpoint } = {
  'GET /orgs/{org}/secret-scanning/alerts': { ask: (access) => fetched(access, 'secret-scanning') },
  [REPOS]: { ask: (access) => fetched(access, 'repositories') },
  'GET /orgs/{org}/audit-log': { ask: (access) => fetched(access, 'audit-log') },
  [ARTIFACTS]: { ask: (access) => said(listed(access)) },
  [RUN_ARTIFACTS]: { ask: (access) => said(artifactsOfRun(access, 'northbridge/ledger', 811)) },
  [`GET ${COMMENTS}`]: { ask: commented },
  [CONTENTS]: {
    ask: (access) => said(fileOnBranch(access, { ...REPOSITORY, path: 'a.yml', branch: 'main' })),
  },
  [`GET ${SARIFS}/{sarif_id}`]: { others: TAKEN, ask: uploaded },
};

/** What is read of one repository beside others: what is about it alone is left out of it. */
const OF_A_REPOSITORY: { [operation: string]: Endpoint } = Object.fromEntries(
  [HISTORY, PROTECTION, RULES].map((operation) => [
    operation,
    { others: DETAILS, ask: (access: Access) => fetched(access, 'repositories', folder) },
  ]),
);

const WRITES: { [operation: string]: Endpoint } = {
  [`POST ${COMMENTS}`]: { others: { [`GET ${COMMENTS}`]: { body: [] } }, ask: commented },
  [`PATCH ${COMMENT}`]: { others: { [`GET ${COMMENTS}`]: { body: [OURS] } }, ask: commented },
  [`POST ${SARIFS}`]: { ask: uploaded },
};

const SECONDARY = { message: 'You have exceeded a secondary rate limit. Please wait.' };
const PRIMARY = { message: 'API rate limit exceeded for installation.' };
const USED_UP = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' };
const ABUSE = { message: 'You have triggered an abuse detection mechanism. Please retry later.' };
const SSO =
  'https://github.com/orgs/northbridge/sso?authorization_request=AZSCKtL4U8yX1H3sCQIVnVgmjmon5fWxks5Yrq';
const SIGN_ON = { 'x-github-sso': `required; url=${SSO}` };
const SIGN_ON_AT =
  /the organisation asks for SAML single sign-on; authorise the token for it at https:\/\/github\.com\/orgs\/northbridge\/sso\?authorization_request=\w+ \(403\)\.$/;
const SIGN_ON_IN = /single sign-on; authorise the token for it in the settings of the token \(403\)\.$/;
const PAGE = { text: '<html><title>Sign in</title></html>', status: 200 };
const refused = (status: number, headers = {}, body: object = { message: 'Refused' }): Reply => ({
  status,
  headers,
  body,
});

/** Answer, how often the request is made, and what is said of it. */
type Case = [name: string, reply: Reply, requests: number, sentence: RegExp];

const LIMITED = /its rate limit is used up \((403|429)\)/;
const ANSWERS: Case[] = [
  ['403', refused(403), 1, /the token lacks a right \(403\)/],
  ['403, secondary limit', refused(403, { 'retry-after': '1' }, SECONDARY), 4, LIMITED],
  ['403, primary limit', refused(403, USED_UP, PRIMARY), 4, LIMITED],
  ['404', refused(404), 1, /it is not there, or the token may not see it \(404\)/],
  ['404, the last before a limit', refused(404, USED_UP), 1, /may not see it \(404\)/],
  ['409', refused(409), 3, /it is in conflict with what is there \(409\)/],
  ['422', refused(422), 1, /it was refused as invalid \(422\)/],
  ['429', refused(429, { 'retry-after': '1' }, SECONDARY), 4, LIMITED],
  ['429, an hour', refused(429, { 'retry-after': '3600' }, SECONDARY), 1, LIMITED],
  ['429, page', { ...PAGE, status: 429, headers: { 'retry-after': '1' } }, 4, LIMITED],
  ['403, a limit in other words', refused(403, { 'retry-after': '1' }, ABUSE), 4, LIMITED],
  ['403, an hour in other words', refused(403, { 'retry-after': '3600' }, ABUSE), 1, LIMITED],
  ['403, single sign-on', refused(403, SIGN_ON), 1, SIGN_ON_AT],
  ['403, single sign-on without an address', refused(403, { 'x-github-sso': 'required' }), 1, SIGN_ON_IN],
  ['500', refused(500), 3, /it answered with an error \(500\)/],
  ['502, page', { ...PAGE, status: 502 }, 3, /it answered with an error \(502\)/],
  ['502, null', { ...PAGE, status: 502, text: 'null' }, 3, /it answered with an error \(502\)/],
  ['no connection', 'drop', 3, /no answer \(\w+\)/],
];

const NO_API = /what answered is not GitHub's API but perhaps a proxy or a sign-in page/;
/** What must not be taken for a list without items, or for what was asked for. */
const UNREADABLE: Case[] = [
  ['a list that was cut', 'cut', 3, /no answer \(\w+\)/],
  ['a page', PAGE, 3, NO_API],
  ['a page that calls itself JSON', { ...PAGE, headers: { 'content-type': 'application/json' } }, 3, NO_API],
  ['nothing', { text: '' }, 3, NO_API],
  ['null', { text: 'null' }, 3, NO_API],
];

const everyOne = (endpoints: { [operation: string]: Endpoint }, cases: Case[]) =>
  Object.entries(endpoints).flatMap(([operation, endpoint]) =>
    cases.map((given) => [operation, given[0], endpoint, given] as const),
  );

/** Asks once, an API of its own. @returns the sentence, how often the endpoint was called, and the method of the last request. */
async function asked(operation: string, { others = {}, ask }: Endpoint, reply: Reply) {
  const own = await startGithubApi({ ...others, [operation]: reply });
  const said = await ask({ baseUrl: own.url, token: TOKEN, secondMs: 1 }).finally(() => own.close());
  const [method = '', path = ''] = operation.split(' ');
  const called = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  const made = own.requests.filter((one) => one.method === method && called.test(one.path));
  return { said, requests: made.length, last: own.requests.at(-1)?.method };
}

async function refuses(operation: string, name: string, endpoint: Endpoint, given: Case): Promise<void> {
  const [, reply, requests, sentence] = given;
  const { said, requests: made } = await asked(operation, endpoint, reply);
  // A file that is not there is what is asked of it.
  if (operation === CONTENTS && name.startsWith('404')) expect(said).toBeNull();
  else expect(said).toMatch(sentence);
  expect(said ?? '').not.toMatch(/TypeError|undefined|<html|\n/);
  expect(made).toBe(requests);
}

async function endsWithoutAnAnswer(operation: string, { others = {}, ask }: Endpoint): Promise<void> {
  const own = await startGithubApi({ ...others, [operation]: 'silence' });
  const access = { baseUrl: own.url, token: TOKEN, secondMs: 1, answerWithin: 0.05 };
  expect(await ask(access).finally(() => own.close())).toMatch(/no answer \(ETIMEDOUT\)/);
}

describeUnlessProved(
  'answers of GitHub',
  import.meta.url,
  ['test/support/github/*.json', 'package.json'],
  () => {
    // Octokit leaves seconds between two writes to one address: each has its own, and all wait while the others are answered.
    describe.concurrent('what is asked for and refused', () => {
      it.each(everyOne(WRITES, ANSWERS))('%s: %s', refuses);
      it.each(everyOne(READS, ANSWERS))('%s: %s', refuses);
    });

    describe.concurrent('an answer that is none', () => {
      it.each(everyOne(READS, UNREADABLE))(
        '%s: %s',
        async (operation, _name, endpoint, [, reply, requests, sentence]) => {
          const { said, requests: made } = await asked(operation, endpoint, reply);
          expect(said).toMatch(sentence);
          expect(made).toBe(requests);
        },
      );

      it.each(Object.keys(READS).slice(0, 6))('%s: something else than a list', async (operation) => {
        const { said } = await asked(operation, READS[operation] as Endpoint, { text: '{"message":"ok"}' });
        expect(said).toContain('it answered with something else than a list (200)');
      });

      it.each(everyOne(WRITES, UNREADABLE))(
        '%s: %s confirms nothing, and is not written again',
        async (operation, _name, endpoint, [, reply]) => {
          const { said, requests } = await asked(operation, endpoint, reply);
          expect(said).toMatch(/it did not confirm the (comment|upload) \(200\)/);
          expect(requests).toBe(1);
        },
      );
    });

    describe('a detail of a repository', () => {
      const about = ['403', '404', '404, the last before a limit', '409', '422'];

      it.each(everyOne(OF_A_REPOSITORY, ANSWERS))(
        '%s: %s',
        async (operation, name, endpoint, [, reply, requests, sentence]) => {
          const { said, requests: made } = await asked(operation, endpoint, reply);
          if (about.includes(name)) {
            expect(said).toBeNull();
            // That it may not be seen does not say that there is none.
            const [repository] = JSON.parse(readFileSync(join(folder, 'github-repositories.json'), 'utf8'));
            expect(Object.keys(repository)).not.toContain(MEMBERS[operation]);
          } else expect(said).toMatch(sentence);
          expect(made).toBe(requests);
        },
      );

      it.each([
        [PROTECTION, 404, 'Branch not protected'],
        [HISTORY, 404, 'Secret scanning is disabled on this repository.'],
        [HISTORY, 403, 'Secret scanning is disabled on this repository.'],
      ])('%s is null if GitHub states so (%i %s)', async (operation, status, message) => {
        const endpoint = OF_A_REPOSITORY[operation] as Endpoint;
        expect((await asked(operation, endpoint, refused(status, {}, { message }))).said).toBeNull();
        const [repository] = JSON.parse(readFileSync(join(folder, 'github-repositories.json'), 'utf8'));
        expect(repository).toHaveProperty(MEMBERS[operation] ?? '', null);
      });
    });

    describe('a repository that was renamed', () => {
      const moved = (path: string, status = 301): Reply => ({
        status,
        headers: { location: path },
        text: '',
      });
      const HERE = 'GET /repositories/4471/issues/7/comments';

      it('is read where it is now', async () => {
        const list: Replies = {
          [HERE]: { text: JSON.stringify([OURS]), headers: { 'content-type': 'application/json' } },
          [`PATCH ${COMMENT}`]: { body: { id: 77 } },
        };
        api = await startGithubApi({
          ...list,
          [`GET ${COMMENTS}`]: moved('/repositories/4471/issues/7/comments'),
        });
        expect(await commented({ baseUrl: api.url, token: TOKEN, secondMs: 1 })).toBeNull();
        expect(api.requests.at(-1)?.method).toBe('PATCH');
      });

      it('has no comment if the answer to it is the list of comments', async () => {
        api = await startGithubApi({
          [`GET ${COMMENTS}`]: { body: [] },
          [`POST ${COMMENTS}`]: moved('/repositories/4471/issues/7/comments'),
          [HERE]: { text: '[]' },
        });
        expect(await commented({ baseUrl: api.url, token: TOKEN, secondMs: 1 })).toBe(
          'No comment was written: it did not confirm the comment (200).',
        );
      });
    });

    it('leaves a second comment that it may not remove, and changes the first', async () => {
      const others: Replies = {
        [`GET ${COMMENTS}`]: { body: [OURS, { ...OURS, id: 78 }] },
        [`PATCH ${COMMENT}`]: { body: { id: 77 } },
      };
      for (const reply of [refused(403), 'drop'] as const) {
        const { said, last } = await asked(`DELETE ${COMMENT}`, { others, ask: commented }, reply);
        expect(said).toBeNull();
        expect(last).toBe('PATCH');
      }
    });

    describe('a list without what belongs to organisations with single sign-on', () => {
      it.each([REPOS, 'GET /orgs/{org}/secret-scanning/alerts', ARTIFACTS])(
        '%s: is none',
        async (operation) => {
          const headers = { 'x-github-sso': 'partial-results; organizations=21955855,20582480' };
          const { said } = await asked(operation, READS[operation] as Endpoint, { text: '[]', headers });
          expect(said).toMatch(
            /it left out what belongs to organisations for which the token is not authorised/,
          );
        },
      );
    });

    describe.concurrent('an answer that does not come', () => {
      it.each(Object.entries(WRITES))('%s: is not waited for without end', endsWithoutAnAnswer);
      it.each(Object.entries(READS))('%s: is not waited for without end', endsWithoutAnAnswer);
    });

    it('waits no longer for a limit than it may', async () => {
      const limited = refused(429, { 'retry-after': '121' }, SECONDARY);
      api = await startGithubApi({ [ARTIFACTS]: limited });
      const access = { baseUrl: api.url, token: TOKEN, secondMs: 1 };
      expect(await said(listed({ ...access, longestWait: 120 }))).toMatch(LIMITED);
      expect(api.requests).toHaveLength(1);
      expect(await said(listed({ ...access, longestWait: 121 }))).toMatch(LIMITED);
      expect(api.requests).toHaveLength(5);
    });

    it('says that an upload was taken if it is not known what became of it', async () => {
      const { said } = await asked(
        `GET ${SARIFS}/{sarif_id}`,
        READS[`GET ${SARIFS}/{sarif_id}`] as Endpoint,
        refused(403),
      );
      expect(said).toBe(
        'GitHub took results.sarif, and whether it could process it is not known: the token lacks a right (403).',
      );
    });

    it('does not take the others with it that are asked for', async () => {
      api = await startGithubApi({
        'GET /orgs/{org}/secret-scanning/alerts': PAGE,
        'GET /orgs/{org}/audit-log': { body: [] },
      });
      const what = ['secret-scanning' as const, 'audit-log' as const];
      const sources = [{ organisation: 'northbridge', baseUrl: api.url, what }];
      const files = await fetchGithub({ ...TIME, sources, folder, env: { GITHUB_TOKEN: 'token' } });
      expect(files.map(({ path, problem }) => [path, problem === null])).toEqual([
        ['github-secret-scanning-alerts.json', false],
        ['github-audit-log.json', true],
        ['github-extracts.csv', true],
      ]);
    });

    it('names a token that was stored with a line break, and does not print it', async () => {
      const sources = [{ organisation: 'northbridge', baseUrl: 'http://127.0.0.1:9' }];
      const [file] = await fetchGithub({ ...TIME, sources, folder, env: { GITHUB_TOKEN: 'north\nbridge' } });
      expect(file?.problem).toMatch(
        /were not fetched: the environment variable GITHUB_TOKEN has a space or a line break inside; set it to the token alone\.$/,
      );
    });
  },
);
