import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchGithub } from '../../src/github/index.js';
import type { GithubExport } from '../../src/model/index.js';
import { sha256Hex } from '../../src/text/sha256.js';
import { type GithubApi, type Replies, type SeenRequest, startGithubApi } from '../support/github-api.js';

let api: GithubApi | undefined;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyproof-github-'));
});

afterEach(async () => {
  await api?.close();
  api = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const NOW = Date.UTC(2026, 9, 1, 6);
const AS_OF = Date.UTC(2026, 8, 30, 23, 59, 59, 999);

async function fetching(
  replies: Replies,
  what?: GithubExport[],
  env: NodeJS.ProcessEnv = { GITHUB_TOKEN: 'token-1' },
) {
  api = await startGithubApi(replies);
  const source = { organisation: 'northbridge', baseUrl: `${api.url}/api/v3/`, ...(what ? { what } : {}) };
  const request = {
    sources: [source],
    folder,
    env,
    fromMs: Date.UTC(2026, 6, 1),
    toMs: AS_OF,
    nowMs: NOW,
    secondMs: 1,
  };
  return { files: await fetchGithub(request), api };
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const linkTo = ({ headers, path }: SeenRequest, query: string) =>
  `<http://${headers['host']}/api/v3${path}?${query}>; rel="next"`;

const ALERTS = 'GET /orgs/{org}/secret-scanning/alerts';
const REPOS = 'GET /orgs/{org}/repos';
const HISTORY = 'GET /repos/{owner}/{repo}/secret-scanning/scan-history';
const PROTECTION = 'GET /repos/{owner}/{repo}/branches/{branch}/protection';
const RULES = 'GET /repos/{owner}/{repo}/rules/branches/{branch}';
const AUDIT_LOG = 'GET /orgs/{org}/audit-log';

describe('what is fetched', () => {
  it('are all pages, with the token, without the secrets, in a register of how it was taken', async () => {
    const { files, api } = await fetching(
      {
        [ALERTS]: (request) =>
          request.query['page'] === '2'
            ? { body: [{ number: 2 }] }
            : {
                body: [{ number: 1 }],
                headers: { link: linkTo(request, 'per_page=100&hide_secret=true&page=2') },
              },
      },
      ['secret-scanning'],
    );
    expect(api.violations).toEqual([]);
    expect(api.requests).toHaveLength(2);
    for (const { headers, query } of api.requests) {
      expect(headers['authorization']).toBe('token token-1');
      expect(query).toMatchObject({ hide_secret: 'true', per_page: '100' });
    }
    expect(read('github-secret-scanning-alerts.json')).toMatchObject([{ number: 1 }, { number: 2 }]);
    expect(files.map(({ path, problem }) => [path, problem])).toEqual([
      ['github-secret-scanning-alerts.json', null],
      ['github-extracts.csv', null],
    ]);
    const text = readFileSync(join(folder, 'github-secret-scanning-alerts.json'), 'utf8');
    expect(parse(readFileSync(join(folder, 'github-extracts.csv')), { columns: true, bom: true })).toEqual([
      {
        file: 'github-secret-scanning-alerts.json',
        system: `GitHub (${api.url}/api/v3)`,
        query: 'GET /orgs/northbridge/secret-scanning/alerts?hide_secret=true',
        extracted_at: '2026-10-01T06:00:00.000Z',
        extractor: expect.stringMatching(/^keyproof \d/),
        record_count: '2',
        sha256: sha256Hex(text),
        covers_from: '',
        covers_to: '',
      },
    ]);
    expect(
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'utf8'))
        .join(),
    ).not.toContain('token-1');
  });

  it('are repositories with scans and the protection of their default branch, as far as the token may see', async () => {
    const { api } = await fetching(
      {
        [REPOS]: { body: [{ name: 'ledger', owner: { login: 'northbridge' }, default_branch: 'release/1' }] },
        [HISTORY]: { body: { backfill_scans: [{ type: 'git', status: 'completed' }] } },
        [PROTECTION]: { status: 404, body: { message: 'Branch not protected' } },
        [RULES]: { status: 403, body: { message: 'Upgrade to GitHub Pro' } },
      },
      ['repositories'],
    );
    expect(api.violations).toEqual([]);
    expect(api.requests.map(({ path }) => path).sort()).toEqual([
      '/orgs/northbridge/repos',
      '/repos/northbridge/ledger/branches/release%2F1/protection',
      '/repos/northbridge/ledger/rules/branches/release%2F1',
      '/repos/northbridge/ledger/secret-scanning/scan-history',
    ]);
    const [repository] = read('github-repositories.json') as object[];
    expect(repository).toMatchObject({
      name: 'ledger',
      branch_protection: null,
      scan_history: { backfill_scans: [{ type: 'git' }] },
    });
    expect(repository).not.toHaveProperty('branch_rules');
  });

  it('is the audit log of the days, and says which it covers', async () => {
    const { api } = await fetching({ [AUDIT_LOG]: { body: [{ action: 'org.create' }] } }, ['audit-log']);
    expect(api.violations).toEqual([]);
    expect(api.requests[0]?.query).toMatchObject({
      phrase: 'created:2026-07-01..2026-09-30',
      include: 'all',
      order: 'asc',
    });
    const [row] = parse(readFileSync(join(folder, 'github-extracts.csv')), { columns: true, bom: true });
    expect(row).toMatchObject({
      covers_from: '2026-07-01T00:00:00.000Z',
      covers_to: '2026-09-30T23:59:59.999Z',
    });
  });

  it('is an empty list if there is nothing', async () => {
    await fetching({ [ALERTS]: { body: [] } }, ['secret-scanning']);
    expect(read('github-secret-scanning-alerts.json')).toEqual([]);
  });

  it('comes after a rate limit, an error of the server and a lost connection', async () => {
    const limited = {
      status: 429,
      headers: { 'retry-after': '1' },
      body: { message: 'You have exceeded a secondary rate limit' },
    };
    const { files, api } = await fetching(
      { [ALERTS]: [limited, { status: 503, body: { message: 'Unavailable' } }, 'drop', { body: [] }] },
      ['secret-scanning'],
    );
    expect(files[0]?.problem).toBeNull();
    expect(api.requests).toHaveLength(4);
  });
});

describe('what cannot be fetched', () => {
  it.each([
    [401, 'Bad credentials', 'the token is not valid (401).'],
    [
      403,
      'Forbidden',
      'the token lacks a right (403). It needs "Secret scanning alerts: read" on all repositories, of an owner or a security manager.',
    ],
    [
      404,
      'Not Found',
      'it is not there, or the token may not see it (404). It needs "Secret scanning alerts: read" on all repositories, of an owner or a security manager.',
    ],
  ])('for %i is one sentence, and leaves no file', async (status, message, sentence) => {
    const { files } = await fetching({ [ALERTS]: { status, body: { message } } }, ['secret-scanning']);
    expect(files).toEqual([
      {
        absolute: null,
        path: 'github-secret-scanning-alerts.json',
        spec: { path: 'github-secret-scanning-alerts.json', as: 'github-secret-scanning' },
        problem: `GitHub, northbridge: secret-scanning was not fetched: ${sentence}`,
      },
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('for want of a token is one sentence for all, without a request', async () => {
    const { files, api } = await fetching({}, undefined, {});
    expect(new Set(files.map(({ problem }) => problem))).toEqual(
      new Set([
        'GitHub, northbridge: secret-scanning, repositories and audit-log were not fetched: the environment variable GITHUB_TOKEN is not set; set it to a token that may read them.',
      ]),
    );
    expect(files.map(({ absolute }) => absolute)).toEqual([null, null, null]);
    expect(api.requests).toEqual([]);
  });

  it('for want of a network is one sentence for all', async () => {
    const { files } = await fetching({ [ALERTS]: 'drop' });
    expect([...new Set(files.map(({ problem }) => problem))]).toEqual([
      expect.stringMatching(
        /^GitHub, northbridge: secret-scanning, repositories and audit-log were not fetched: no answer \(\w+\)\.$/,
      ),
    ]);
  });

  it('costs nothing else, also on a later page', async () => {
    const { files } = await fetching(
      {
        [ALERTS]: (request) =>
          request.query['page'] === '2'
            ? { status: 403, body: { message: 'Forbidden' } }
            : { body: [{ number: 1 }], headers: { link: linkTo(request, 'per_page=100&page=2') } },
        [AUDIT_LOG]: { body: [] },
      },
      ['audit-log', 'secret-scanning'],
    );
    expect(files.map(({ path, absolute }) => [path, absolute === null])).toEqual([
      ['github-secret-scanning-alerts.json', true],
      ['github-audit-log.json', false],
      ['github-extracts.csv', false],
    ]);
    expect(readdirSync(folder).sort()).toEqual(['github-audit-log.json', 'github-extracts.csv']);
  });
});
