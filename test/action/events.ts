/** Payloads of events, as GitHub writes them to GITHUB_EVENT_PATH, of what the Action reads and a little around it. */
const repository = {
  id: 4471,
  name: 'integrations',
  full_name: 'northbridge/integrations',
  default_branch: 'main',
  private: true,
};

const pullRequest = (from: object | null) => ({
  action: 'synchronize',
  number: 7,
  pull_request: {
    number: 7,
    state: 'open',
    head: { ref: 'rotate-cards-01', sha: '4b0d2c7f1e6a5d3c9b8a7f6e5d4c3b2a1f0e9d8c', repo: from },
    base: { ref: 'main', sha: '1f0e9d8c4b0d2c7f1e6a5d3c9b8a7f6e5d4c3b2a', repo: repository },
  },
  repository,
});

export const PUSH = {
  name: 'push',
  ref: 'refs/heads/main',
  payload: { ref: 'refs/heads/main', after: '4b0d2c7f1e6a5d3c9b8a7f6e5d4c3b2a1f0e9d8c', repository },
};

export const PULL_REQUEST = {
  name: 'pull_request',
  ref: 'refs/pull/7/merge',
  payload: pullRequest(repository),
};

export const FORK = {
  name: 'pull_request',
  ref: 'refs/pull/7/merge',
  payload: pullRequest({ id: 9, name: 'integrations', full_name: 'a-contributor/integrations', fork: true }),
};

export const SCHEDULE = {
  name: 'schedule',
  ref: 'refs/heads/main',
  payload: { schedule: '17 3 * * *', repository },
};

export const MERGE_GROUP = {
  name: 'merge_group',
  ref: 'refs/heads/gh-readonly-queue/main/pr-7-4b0d2c7f',
  payload: {
    action: 'checks_requested',
    merge_group: {
      head_ref: 'refs/heads/gh-readonly-queue/main/pr-7-4b0d2c7f',
      base_ref: 'refs/heads/main',
    },
    repository,
  },
};

export const TAG = {
  name: 'push',
  ref: 'refs/tags/v1.2.0',
  payload: { ref: 'refs/tags/v1.2.0', after: '4b0d2c7f1e6a5d3c9b8a7f6e5d4c3b2a1f0e9d8c', repository },
};

export const DISPATCH = {
  name: 'workflow_dispatch',
  ref: 'refs/heads/release/2026-q3',
  payload: { ref: 'refs/heads/release/2026-q3', inputs: { period: '2026-Q3' }, repository },
};

export const RELEASE = {
  name: 'release',
  ref: 'refs/tags/v1.2.0',
  payload: { action: 'published', release: { tag_name: 'v1.2.0', target_commitish: 'main' }, repository },
};

export const CLOSED = {
  name: 'pull_request',
  ref: 'refs/heads/main',
  payload: {
    ...PULL_REQUEST.payload,
    action: 'closed',
    pull_request: { ...PULL_REQUEST.payload.pull_request, state: 'closed', merged: true },
  },
};

/** After a run on a pull request of a fork: it may write, and runs on the default branch. */
export const WORKFLOW_RUN = {
  name: 'workflow_run',
  ref: 'refs/heads/main',
  payload: {
    action: 'completed',
    workflow_run: {
      id: 810,
      event: 'pull_request',
      head_branch: 'rotate-cards-01',
      head_repository: { full_name: 'a-contributor/integrations' },
      pull_requests: [{ number: 7, head: { ref: 'rotate-cards-01' }, base: { ref: 'main' } }],
    },
    repository,
  },
};
