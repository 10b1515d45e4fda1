import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readEvent } from '../../src/action/run-event.js';
import { DISPATCH, FORK, MERGE_GROUP, PULL_REQUEST, PUSH, RELEASE, SCHEDULE, TAG } from './events.js';

const folder = mkdtempSync(join(tmpdir(), 'keyproof-event-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read({ name, ref, payload }: { name: string; ref: string; payload: object }) {
  const file = join(folder, 'event.json');
  writeFileSync(file, JSON.stringify(payload));
  return readEvent({
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: file,
    GITHUB_REF: ref,
    GITHUB_SHA: 'abc',
    GITHUB_REPOSITORY: 'northbridge/integrations',
    GITHUB_RUN_ID: '812',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKSPACE: folder,
  });
}

it('reads a pull request, and whether it is from a fork', () => {
  expect(read(PULL_REQUEST)).toEqual({
    name: 'pull_request',
    owner: 'northbridge',
    repo: 'integrations',
    sha: 'abc',
    ref: 'refs/pull/7/merge',
    runId: 812,
    attempt: '812.2',
    runUrl: 'https://github.com/northbridge/integrations/actions/runs/812',
    workspace: folder,
    mergesInto: 'main',
    branch: 'main',
    pullRequest: { number: 7, base: 'main', fromFork: false },
  });
  expect(read(FORK).pullRequest).toEqual({ number: 7, base: 'main', fromFork: true });
});

it('takes a pull request whose repository is gone for one from a fork', () => {
  const { pull_request: pull, ...rest } = PULL_REQUEST.payload;
  const payload = { ...rest, pull_request: { ...pull, head: { ...pull.head, repo: null } } };
  expect(read({ ...PULL_REQUEST, payload }).pullRequest).toMatchObject({ fromFork: true });
});

it('has no pull request for a push and for a schedule', () => {
  for (const event of [PUSH, SCHEDULE])
    expect(read(event)).toMatchObject({
      name: event.name,
      pullRequest: null,
      mergesInto: null,
      branch: 'main',
    });
});

it('reads the branch that a merge queue merges into, and takes the default branch for that of a tag', () => {
  expect(read(MERGE_GROUP)).toMatchObject({ pullRequest: null, mergesInto: 'main', branch: 'main' });
  expect(read(TAG)).toMatchObject({ mergesInto: null, branch: 'main' });
  expect(read({ ...TAG, payload: {} }).branch).toBe('refs/tags/v1.2.0');
  expect(read({ ...PUSH, ref: 'refs/heads/release/2' }).branch).toBe('release/2');
});

it('compares a run by hand with its branch, and a release with the default branch', () => {
  expect(read(DISPATCH)).toMatchObject({ pullRequest: null, mergesInto: null, branch: 'release/2026-q3' });
  expect(read(RELEASE)).toMatchObject({ pullRequest: null, mergesInto: null, branch: 'main' });
});

it('reads a review, and a change that Dependabot proposes, as the pull request that they are of', () => {
  const [{ pullRequest }, review] = [read(PULL_REQUEST), { ...PULL_REQUEST.payload, action: 'submitted' }];
  expect(read({ ...PULL_REQUEST, name: 'pull_request_review', payload: review })).toMatchObject({
    pullRequest,
    mergesInto: 'main',
  });
  const payload = { ...PULL_REQUEST.payload, sender: { login: 'dependabot[bot]', type: 'Bot' } };
  expect(read({ ...PULL_REQUEST, payload }).pullRequest).toEqual({ ...pullRequest, fromFork: false });
});

it('has no pull request for a comment on one: what is checked out is the default branch', () => {
  const issue = {
    number: 7,
    pull_request: { url: 'https://api.github.com/repos/northbridge/integrations/pulls/7' },
  };
  expect(read({ ...PUSH, name: 'issue_comment', payload: { issue } })).toMatchObject({
    pullRequest: null,
    mergesInto: null,
    branch: 'main',
  });
});

it('reads a step outside of a run', () => {
  expect(readEvent({})).toMatchObject({
    owner: '',
    repo: '',
    runId: null,
    attempt: null,
    runUrl: null,
    pullRequest: null,
  });
});
