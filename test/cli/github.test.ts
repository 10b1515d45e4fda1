import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Assessment } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type GithubApi, type Replies, startGithubApi } from '../support/github-api.js';
import { describeUnlessProved } from '../support/verdict.js';

const INPUTS = [...PROGRAM_FILES, 'test/support/github/*.json'];

const folder = mkdtempSync(join(tmpdir(), 'keyproof-github-'));
let api: GithubApi | undefined;

afterEach(async () => {
  await api?.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REPLIES: Replies = {
  'GET /orgs/{org}/secret-scanning/alerts': {
    body: [
      {
        number: 7,
        state: 'open',
        secret_type: 'stripe_api_key',
        repository: { full_name: 'northbridge-bank/ledger' },
        first_location_detected: { path: 'src/pay.ts', start_line: 12, start_column: 3 },
        created_at: '2026-09-02T08:00:00Z',
      },
    ],
  },
  'GET /orgs/{org}/repos': {
    body: [
      {
        name: 'ledger',
        full_name: 'northbridge-bank/ledger',
        owner: { login: 'northbridge-bank' },
        default_branch: 'main',
        security_and_analysis: { secret_scanning_push_protection: { status: 'disabled' } },
      },
    ],
  },
  'GET /repos/{owner}/{repo}/secret-scanning/scan-history': {
    body: { backfill_scans: [{ type: 'git', status: 'completed', completed_at: '2026-09-29T08:00:00Z' }] },
  },
  'GET /repos/{owner}/{repo}/branches/{branch}/protection': {
    status: 404,
    body: { message: 'Branch not protected' },
  },
  'GET /repos/{owner}/{repo}/rules/branches/{branch}': { body: [] },
  'GET /orgs/{org}/audit-log': {
    body: [
      {
        '@timestamp': Date.UTC(2026, 8, 10),
        action: 'org.update_actions_secret',
        actor: 'otto-lammers',
        key: 'ACQUIRER_API_KEY',
        org: 'northbridge-bank',
      },
    ],
  },
};

const CONFIG = (url: string) =>
  `organisation: Northbridge Bank\ngithub:\n  - organisation: northbridge-bank\n    token: NORTHBRIDGE_TOKEN\n    baseUrl: ${url}\n`;
const TOKEN = { NORTHBRIDGE_TOKEN: 'northbridge-token-value' };

async function audit(replies: Replies, env: NodeJS.ProcessEnv, more: string[] = []) {
  api = await startGithubApi(replies);
  const config = join(folder, 'keyproof.yaml');
  writeFileSync(config, CONFIG(api.url));
  writeFileSync(join(folder, 'keys.csv'), 'key_id,environment,status\nk1,production,active\n');
  const output = join(mkdtempSync(join(tmpdir(), 'keyproof-github-pack-')), 'pack');
  const options = [
    '--as-of',
    '2026-09-30',
    '--format',
    'json,sarif',
    '--fail-on',
    'none',
    '--output',
    output,
  ];
  const run = await keyproof(['audit', folder, ...options, ...more], { env });
  const text = (file: string) => readFileSync(join(output, file), 'utf8');
  return { run, output, text, assessment: JSON.parse(text('assessment.json')) as Assessment, api };
}

describeUnlessProved('github in keyproof.yaml', import.meta.url, INPUTS, () => {
  test('is fetched, read like any export, and listed with its hash; a leak stands at its file and line', async () => {
    const saved = join(folder, '.saved');
    const { run, output, text, assessment, api } = await audit(REPLIES, TOKEN, ['--save-sources', saved]);
    expect(run.code, run.stderr).toBe(0);
    expect(api.violations).toEqual([]);
    const fetched = assessment.inputs.filter(({ path }) => path.startsWith('github-'));
    expect(fetched.map(({ path, adapter, produced, state }) => [path, adapter, produced, state])).toEqual([
      ['github-audit-log.json', 'github-audit-log', { events: 1, rotations: 1 }, 'used'],
      ['github-extracts.csv', 'canonical', { extracts: 3 }, 'used'],
      ['github-repositories.json', 'github-repositories', { repositories: 1 }, 'used'],
      ['github-secret-scanning-alerts.json', 'github-secret-scanning', { secret_findings: 1 }, 'used'],
    ]);
    for (const { sha256 } of fetched) expect(text('manifest.json')).toContain(sha256);
    expect(readdirSync(saved).sort()).toEqual(fetched.map(({ path }) => path));
    const [leak] = JSON.parse(text('results.sarif')).runs[0].results.filter(
      ({ ruleId }: { ruleId: string }) => ruleId === 'repo-no-hardcoded-secret',
    );
    expect(leak.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'src/pay.ts', uriBaseId: 'REPOSITORY northbridge-bank/ledger' },
      region: { startLine: 12 },
    });
    for (const file of readdirSync(output))
      expect(readFileSync(join(output, file), 'latin1')).not.toContain(TOKEN.NORTHBRIDGE_TOKEN);
    for (const { headers } of api.requests)
      expect(headers['authorization']).toBe(`token ${TOKEN.NORTHBRIDGE_TOKEN}`);

    const again = await keyproof(
      [
        'audit',
        saved,
        '--as-of',
        '2026-09-30',
        '--format',
        'json',
        '--fail-on',
        'none',
        '--output',
        join(output, '..', 'again'),
      ],
      {},
    );
    expect(again.code, again.stderr).toBe(0);
  });

  test('without a token is one sentence, and the rest of the audit goes on', async () => {
    const { run, assessment, api } = await audit(REPLIES, {});
    expect(run.code).toBe(3);
    expect(assessment.incomplete.map(({ kind, message }) => [kind, message])).toEqual([
      [
        'source-not-found',
        'GitHub, northbridge-bank: secret-scanning, repositories and audit-log were not fetched: the environment variable NORTHBRIDGE_TOKEN is not set; set it to a token that may read them.',
      ],
    ]);
    expect(assessment.subjects.key).toBe(1);
    expect(api.requests).toEqual([]);
  });

  test('that is refused in part costs that part', async () => {
    const forbidden = { status: 403, body: { message: 'Must be an owner' } };
    const { run, assessment } = await audit({ ...REPLIES, 'GET /orgs/{org}/audit-log': forbidden }, TOKEN);
    expect(run.code).toBe(3);
    expect(assessment.incomplete.map(({ message }) => message)).toEqual([
      'GitHub, northbridge-bank: audit-log was not fetched: the token lacks a right (403). It needs "Administration: read" on the organisation (classic: read:audit_log), and GitHub Enterprise Cloud.',
    ]);
    expect(assessment.inputs.map(({ path }) => path)).toContain('github-repositories.json');
  });

  test('is not fetched by inspect', async () => {
    api = await startGithubApi({});
    writeFileSync(join(folder, 'keyproof.yaml'), CONFIG(api.url));
    const run = await keyproof(['inspect', folder], { env: TOKEN });
    expect(run.stdout).toContain('GitHub, northbridge-bank: an audit fetches it; inspect fetches nothing.');
    expect(api.requests).toEqual([]);
  });

  test.each([
    ['token: ghp_0123456789', 'token must be the name of an environment variable, such as GITHUB_TOKEN'],
    ['baseUrl: http://github.example.com/api/v3', 'baseUrl must be an https address'],
    ['baseUrl: https://user:word@github.example.com/api/v3', 'baseUrl must be an https address'],
  ])('with %s is refused, and the value is not shown', async (line, sentence) => {
    writeFileSync(
      join(folder, 'keyproof.yaml'),
      `github:\n  - organisation: northbridge-bank\n    ${line}\n`,
    );
    const run = await keyproof(['audit', folder, '--output', join(folder, 'never')]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(sentence);
    expect(run.stderr).not.toContain(line.split(': ')[1]);
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });
});
