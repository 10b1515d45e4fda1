import { rmSync } from 'node:fs';
import { type GithubApi, type Replies, startGithubApi } from '../support/github-api.js';
import { buildAction } from './built-action.js';
import { PULL_REQUEST, PUSH } from './events.js';
import { type ResultsService, startResultsService } from './results-service.js';
import { newRunner, type Runner, runStep, type Step, type StepEnd } from './runner.js';
import { startStepHost } from './step-host.js';

const PACK = 'keyproof-evidence-pack';
/** A token as a workflow has it, by its beginning. */
export const TOKEN = ['ghs', 'northbridge'].join('_');
const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const ARTIFACTS = '/repos/{owner}/{repo}/actions/artifacts';
const RUN_ARTIFACTS = '/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts';

/** What a step on a checkout is given beside what the bench gives. */
type GivenStep = Pick<Step, 'workspace'> & Partial<Step>;

/** Runs steps on one runner, after a push to the base branch has kept a pack. */
export type StepBench = {
  /** The runner of the steps. */
  runner: Runner;
  /** Address of the pack that the base branch has kept. */
  packOfMain: string;
  /** What the step on the base branch left behind. */
  first: StepEnd;
  /** The service that keeps artifacts. */
  service: ResultsService;
  /** Bytes of the artifact that it kept. */
  keptBytes: number;
  /** Runs a step, with two frameworks and the outputs that pull requests need unless it states others. */
  step(given: GivenStep): Promise<StepEnd>;
  close(): Promise<void>;
};

/** Runs pull requests of which the base branch has kept a pack. */
export type PullRequestBench = {
  /** Mock of GitHub's API. */
  api: GithubApi;
  /** Runs the step on a pull request that leads to this checkout. */
  step(workspace: string, given?: Pick<Step, 'with' | 'event'>): Promise<StepEnd & { comment: string }>;
  close(): Promise<void>;
};

/**
 * Audits a checkout as a push to `main` does, and keeps its pack. That step is a process of its own, as on a runner, and unpacks the
 * program; those that follow run what it unpacked.
 */
export async function startStepBench(main: string): Promise<StepBench> {
  const action = await buildAction();
  const runner = newRunner();
  const service = await startResultsService();
  const run = (given: GivenStep) =>
    runStep(runner, {
      action: action.dir,
      ...given,
      with: {
        formats: 'findings',
        frameworks: 'soc2, gdpr',
        'duckdb-path': action.unpacked,
        token: TOKEN,
        ...given.with,
      },
      env: { ...service.env, ...given.env },
    });
  const first = await run({ workspace: main, event: PUSH, with: { token: '' } });
  const host = startStepHost(runner);
  return {
    runner,
    packOfMain: service.earlier(PACK),
    first,
    service,
    keptBytes: service.artifacts.get(PACK)?.length ?? 0,
    step: (given) => run({ host, ...given }),
    close: async () => {
      await host.close();
      await service.close();
      action.remove();
      rmSync(runner.home, { recursive: true, force: true });
    },
  };
}

/** Audits a checkout as a push to `main` does, and keeps its pack for pull requests. */
export async function startPullRequestBench(main: string, more: Replies = {}): Promise<PullRequestBench> {
  const bench = await startStepBench(main);
  const api = await startGithubApi({ ...repliesWith(bench.packOfMain), ...more });
  return {
    api,
    step: async (workspace, given = {}) => {
      const before = api.requests.length;
      const end = await bench.step({
        workspace,
        event: PULL_REQUEST,
        ...given,
        env: { GITHUB_API_URL: api.url },
      });
      const posted = api.requests.slice(before).find(({ method }) => method === 'POST');
      return { ...end, comment: (posted?.body as { body?: string } | undefined)?.body ?? '' };
    },
    close: async () => {
      await api.close();
      await bench.close();
    },
  };
}

/** Returns an artifact that the base branch has kept, as the API lists it. */
export function artifact(stated: object = {}): object {
  return {
    id: 5511,
    name: PACK,
    expired: false,
    created_at: '2026-09-29T08:00:00Z',
    workflow_run: { id: 811, repository_id: 4471, head_repository_id: 4471, head_branch: 'main' },
    ...stated,
  };
}

/** Returns what the API answers on a pull request without a comment, whose base branch has kept a pack at an address. */
export function repliesWith(pack: string): Replies {
  return {
    [`GET ${COMMENTS}`]: { body: [] },
    [`POST ${COMMENTS}`]: { status: 201 },
    [`GET ${ARTIFACTS}`]: { body: { total_count: 1, artifacts: [artifact()] } },
    [`GET ${RUN_ARTIFACTS}`]: { body: { total_count: 1, artifacts: [artifact()] } },
    [`GET ${ARTIFACTS}/{artifact_id}/{archive_format}`]: { status: 302, headers: { location: pack } },
  };
}
