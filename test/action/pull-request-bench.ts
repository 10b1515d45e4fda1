import { rmSync } from 'node:fs';
import { type GithubApi, type Replies, startGithubApi } from '../support/github-api.js';
import { buildAction } from './built-action.js';
import { PULL_REQUEST, PUSH } from './events.js';
import { startResultsService } from './results-service.js';
import { newRunner, runStep, type Step, type StepEnd } from './runner.js';
import { startStepHost } from './step-host.js';

const PACK = 'keyproof-evidence-pack';
/** A token as a workflow has it, by its beginning. */
const TOKEN = ['ghs', 'northbridge'].join('_');
const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const ARTIFACTS = '/repos/{owner}/{repo}/actions/artifacts';

/** Runs steps on pull requests of which the base branch has kept a pack. */
export type PullRequestBench = {
  /** Mock of GitHub's API. */
  api: GithubApi;
  /** Runs the step on a pull request that leads to this checkout. */
  step(workspace: string, given?: Pick<Step, 'with' | 'event'>): Promise<StepEnd & { comment: string }>;
  close(): Promise<void>;
};

/** Audits a checkout as a push to `main` does, and keeps its pack for pull requests. */
export async function startPullRequestBench(main: string, more: Replies = {}): Promise<PullRequestBench> {
  const action = await buildAction();
  const runner = newRunner();
  const service = await startResultsService();
  const run = (workspace: string, given: Partial<Step>) =>
    runStep(runner, {
      action: action.dir,
      workspace,
      ...given,
      with: { formats: 'findings', 'duckdb-path': action.unpacked, token: TOKEN, ...given.with },
      env: { ...service.env, ...given.env },
    });
  await run(main, { event: PUSH, with: { token: '' } });
  const api = await startGithubApi({ ...replies(service.earlier(PACK)), ...more });
  const host = startStepHost(runner);
  return {
    api,
    step: async (workspace, given = {}) => {
      const before = api.requests.length;
      const end = await run(workspace, {
        event: PULL_REQUEST,
        ...given,
        env: { GITHUB_API_URL: api.url },
        host,
      });
      const posted = api.requests.slice(before).find(({ method }) => method === 'POST');
      return { ...end, comment: (posted?.body as { body?: string } | undefined)?.body ?? '' };
    },
    close: async () => {
      await host.close();
      await api.close();
      await service.close();
      action.remove();
      rmSync(runner.home, { recursive: true, force: true });
    },
  };
}

function replies(pack: string): Replies {
  const artifact = {
    id: 5511,
    name: PACK,
    expired: false,
    created_at: '2026-09-29T08:00:00Z',
    workflow_run: { id: 811, repository_id: 4471, head_repository_id: 4471, head_branch: 'main' },
  };
  return {
    [`GET ${COMMENTS}`]: { body: [] },
    [`POST ${COMMENTS}`]: { status: 201 },
    [`GET ${ARTIFACTS}`]: { body: { total_count: 1, artifacts: [artifact] } },
    [`GET ${ARTIFACTS}/{artifact_id}/{archive_format}`]: { status: 302, headers: { location: pack } },
  };
}
