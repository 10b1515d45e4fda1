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

const SAME = { changed: null, note: null };

it('names a workflow that is not that of the branch', async () => {
  expect(await sentence(WORKFLOW.replace('high', 'none'), { body: onMain })).toEqual({
    ...SAME,
    changed: `The workflow ${FILE} is not that of main: what it asks of this step (fail-on, paths, baseline ...) may differ.`,
  });
  expect(api?.requests[0]).toMatchObject({ query: { ref: 'main' } });
  expect(api?.violations).toEqual([]);
});

it('names one that is not on the branch, as one that was moved to ask for less', async () => {
  expect(await sentence('on: push\n', { status: 404, body: { message: 'Not Found' } })).toEqual({
    ...SAME,
    changed: `The workflow ${FILE} is not on main, or the token may not read it (contents: read): what main asks may differ.`,
  });
});

it.each<[string, Reply]>([
  ['the token lacks a right (403).', { status: 403, body: { message: 'Forbidden' } }],
  ['it was refused as invalid (422).', { status: 422, body: { message: 'Invalid' } }],
])('does not take one that cannot be read for the same: %s', async (reason, reply) => {
  expect(await sentence('on: push\n', reply)).toEqual({
    ...SAME,
    note: `Whether the workflow ${FILE} is that of main is not known: ${reason}`,
  });
});

it('does not take one that is not in the checkout for the same', async () => {
  const elsewhere = '.github/workflows/other.yml';
  const env = { GITHUB_WORKFLOW_REF: `northbridge/ledger/${elsewhere}@refs/pull/7/merge` };
  expect(await sentence(WORKFLOW, { body: onMain }, { env })).toEqual({
    ...SAME,
    note: `Whether the workflow ${elsewhere} is that of main is not known: it is not in the checkout.`,
  });
});

it.each<[string, string, Reply, { event?: object; env?: object }?]>([
  ['the same', WORKFLOW, { body: onMain }],
  ['the same with other ends of lines', WORKFLOW.replaceAll('\n', '\r\n'), { body: onMain }],
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
  expect(await sentence(here, reply, given)).toEqual(SAME),
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
