import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { compareWithBaseline } from '../../src/action/baseline.js';
import type { ActionInputs } from '../../src/action/inputs.js';
import type { RunEvent } from '../../src/action/run-event.js';
import { isCategoryUsed } from '../../src/action/used-category.js';
import { workflowChanged } from '../../src/action/workflow-changed.js';
import { type GithubApi, type Reply, startGithubApi } from '../support/github-api.js';

const workspace = mkdtempSync(join(tmpdir(), 'keyproof-workflow-'));
const FILE = '.github/workflows/evidence.yml';
const WORKFLOW = 'on: pull_request\n# fail-on: high\n';
mkdirSync(join(workspace, '.github/workflows'), { recursive: true });
let api: GithubApi | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await api?.close();
});
afterAll(() => rmSync(workspace, { recursive: true }));

const event = { mergesInto: 'main', owner: 'northbridge', repo: 'ledger', workspace } as RunEvent;
const inputs = { token: 'token', baseline: 'none' } as ActionInputs;
const env = { GITHUB_WORKFLOW_REF: `northbridge/ledger/${FILE}@refs/pull/7/merge` };

async function sentence(here: string, reply: Reply, given: { event?: object; env?: object } = {}) {
  writeFileSync(join(workspace, FILE), here);
  api = await startGithubApi({ 'GET /repos/{owner}/{repo}/contents/{path}': reply });
  vi.stubEnv('GITHUB_API_URL', api.url);
  return workflowChanged(inputs, { ...event, ...given.event }, { ...env, ...given.env });
}

const address = 'https://api.github.com/repos/northbridge/ledger/contents/evidence.yml';
const onMain = {
  type: 'file',
  encoding: 'base64',
  content: Buffer.from(WORKFLOW).toString('base64'),
  name: 'evidence.yml',
  path: FILE,
  sha: 'a'.repeat(40),
  size: WORKFLOW.length,
  url: address,
  git_url: address,
  html_url: address,
  download_url: address,
  _links: { self: address, git: address, html: address },
};

it('names a workflow that is not that of the branch', async () => {
  expect(await sentence(WORKFLOW.replace('high', 'none'), { body: onMain })).toBe(
    `The workflow ${FILE} is not that of main: what it asks of this step (fail-on, paths, baseline ...) may differ.`,
  );
  expect(api?.requests[0]).toMatchObject({ query: { ref: 'main' } });
  expect(api?.violations).toEqual([]);
});

it.each<[string, string, Reply, { event?: object; env?: object }?]>([
  ['the same', WORKFLOW, { body: onMain }],
  ['the same with other ends of lines', WORKFLOW.replaceAll('\n', '\r\n'), { body: onMain }],
  ['that is new', 'on: push\n', { status: 404, body: { message: 'Not Found' } }],
  ['that may not be read', 'on: push\n', { status: 403, body: { message: 'Forbidden' } }],
  ['of a push', 'on: push\n', { body: onMain }, { event: { mergesInto: null } }],
  [
    'of another repository',
    'on: push\n',
    { body: onMain },
    { env: { GITHUB_WORKFLOW_REF: `a/b/${FILE}@x` } },
  ],
  [
    'that the runner does not name',
    'on: push\n',
    { body: onMain },
    { env: { GITHUB_WORKFLOW_REF: undefined } },
  ],
])('says nothing of one that is %s', async (_, here, reply, given) =>
  expect(await sentence(here, reply, given)).toBeNull(),
);

it('says that a change is not compared if its workflow asks so', async () => {
  const { note } = await compareWithBaseline(workspace, inputs, event);
  expect(note).toMatch(/^Not compared with a baseline, because the input baseline is none:/);
  expect(await compareWithBaseline(workspace, inputs, { ...event, mergesInto: null })).toEqual({
    changes: null,
    note: null,
  });
});

it('knows a category that an earlier step of the job used', () => {
  const job = { RUNNER_TEMP: workspace };
  expect(['cards', 'payments', 'cards'].map((category) => isCategoryUsed(category, job))).toEqual([
    false,
    false,
    true,
  ]);
  expect(isCategoryUsed('cards', {})).toBe(false);
});
