import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ACTION_FILES } from '../../support/closed-set.js';
import { type GithubApi, type Replies, startGithubApi as startApi } from '../../support/github-api.js';
import { describeUnlessProved } from '../../support/verdict.js';
import { checkout, KEYS, keysCsv } from '../bank.js';
import { CLOSED, FORK, MERGE_GROUP, PULL_REQUEST, PUSH, SCHEDULE, TAG, WORKFLOW_RUN } from '../events.js';
import { artifact, repliesWith, type StepBench, startStepBench, TOKEN } from '../pull-request-bench.js';
import type { Step, StepEnd } from '../runner.js';

const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const ARTIFACTS = '/repos/{owner}/{repo}/actions/artifacts';
const RUN_ARTIFACTS = '/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts';
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
const SARIFS = '/repos/{owner}/{repo}/code-scanning/sarifs';
const SARIF = { formats: 'sarif', 'sarif-category': 'cards' };

/** One key more was forgotten, and the one that was is rotated. */
const CHANGED = { ...KEYS, 'cards-01': '2026-09-25', 'pay-02': '2026-02-02' };

let bench: StepBench;
let api: GithubApi | undefined;
/** Port of every API of this file: a library keeps the address that it met first for as long as its process lives. */
let port = 0;
const main = checkout();
const branch = checkout(CHANGED);
/** A branch whose keyproof.yaml cannot be read. */
const wrong = checkout();
appendFileSync(join(wrong, 'keyproof.yaml'), 'thresolds: {}\n');

beforeAll(async () => {
  bench = await startStepBench(main);
  expect(bench.first.outputs).toMatchObject({ conclusion: 'failure', new: '', fixed: '' });
  expect(bench.keptBytes).toBeGreaterThan(1000);
});
afterEach(async () => {
  await api?.close();
  api = undefined;
});
afterAll(async () => {
  await bench.close();
  for (const folder of [main, branch, wrong]) rmSync(folder, { recursive: true, force: true });
});

async function startGithubApi(given: Replies): Promise<GithubApi> {
  const started = await startApi(given, port);
  port = Number(new URL(started.url).port);
  return started;
}

type SarifLog = {
  runs: [
    {
      automationDetails: { id: string };
      results: { locations: [{ physicalLocation: { artifactLocation: { uri: string } } }] }[];
    },
  ];
};

type Given = {
  attempt?: string;
  skipsWaits?: boolean;
  workspace?: string;
  event?: NonNullable<Step['event']>;
  token?: string;
  inputs?: { [name: string]: string };
};

function step({
  workspace = branch,
  event = PULL_REQUEST,
  token = TOKEN,
  inputs = {},
  attempt = '1',
  skipsWaits = false,
}: Given): Promise<StepEnd> {
  rmSync(join(workspace, 'evidence-pack'), { recursive: true, force: true });
  return bench.step({
    workspace,
    event,
    skipsWaits,
    with: { token, ...inputs },
    env: { GITHUB_RUN_ATTEMPT: attempt, ...(api && { GITHUB_API_URL: api.url }) },
  });
}

const replies = (given: Replies = {}): Replies => ({ ...repliesWith(bench.packOfMain), ...given });

const sent = (method: string, path: string) =>
  (api?.requests ?? []).filter((request) => request.method === method && request.path.endsWith(path));

describeUnlessProved('a pull request', import.meta.url, ACTION_FILES, () => {
  it('learns what is new and fixed since its base branch, in one comment and in the summary', async () => {
    api = await startGithubApi(replies());
    const end = await step({});
    expect(end.outputs).toMatchObject({ conclusion: 'failure', new: '2', fixed: '2' });
    const [comment] = sent('POST', '/issues/7/comments');
    const body = (comment?.body as { body: string } | undefined)?.body ?? '';
    expect(body).toMatch(/^<!-- keyproof:keyproof -->\n<!-- run 812\.1 -->\n\*\*Failed: /);
    expect(body).toContain('2 new and 2 fixed since main (run 811)');
    expect(body).toMatch(/\| medium \| rotation-max-age \| pay-02 \| last rotated 2026-02-02/);
    expect(end.summary).toContain('### New (2)');
    expect(end.summary).toContain('### Fixed (2)');
    expect(api.violations).toEqual([]);
  });

  it('changes the comment it wrote, and leaves those of others alone', async () => {
    const others = [
      { id: 1, user: { type: 'User' }, body: '<!-- keyproof:keyproof -->\nquoted' },
      { id: 2, user: { type: 'Bot' }, body: 'from another app' },
      { id: 3, user: { type: 'Bot' }, body: '<!-- keyproof:keyproof -->\nearlier' },
    ];
    api = await startGithubApi(replies({ [`GET ${COMMENTS}`]: { body: others }, [`PATCH ${COMMENT}`]: {} }));
    await step({});
    expect(sent('PATCH', '/issues/comments/3')).toHaveLength(1);
    expect(sent('POST', '/issues/7/comments')).toEqual([]);
    expect(api.violations).toEqual([]);
  });

  it('fails for what is new only, if it is asked to', async () => {
    api = await startGithubApi(replies());
    const worse = await step({ inputs: { 'fail-on-new-only': 'true' } });
    expect(worse).toMatchObject({ code: 1, outputs: { conclusion: 'failure' } });
    const same = await step({ workspace: main, inputs: { 'fail-on-new-only': 'true' } });
    expect(same).toMatchObject({ code: 0, outputs: { conclusion: 'success', new: '0', fixed: '0' } });
    expect(same.summary).toMatch(
      /^\*\*No new failure at or above high; \d+ checks failed, \d+ could not be decided/,
    );
  });

  it('writes no comment if nothing changed, unless it is always wanted, and none if it is off', async () => {
    api = await startGithubApi(replies());
    await step({ workspace: main });
    expect(sent('POST', '/issues/7/comments')).toHaveLength(0);
    await step({ workspace: main, inputs: { 'pr-comment': 'always' } });
    expect(sent('POST', '/issues/7/comments')).toHaveLength(1);
    await step({ inputs: { 'pr-comment': 'off' } });
    expect(sent('POST', '/issues/7/comments')).toHaveLength(1);
  });

  it('in a merge queue is compared with the branch it goes to, as it was before', async () => {
    api = await startGithubApi(replies());
    const end = await step({ event: MERGE_GROUP, workspace: main, inputs: { 'fail-on-new-only': 'true' } });
    expect(end).toMatchObject({ code: 0, outputs: { conclusion: 'success', new: '0', fixed: '0' } });
    expect(sent('POST', '/issues/7/comments')).toEqual([]);
  });

  it('keeps the comment of another step of the run that has the same category, and says so', async () => {
    const body = '<!-- keyproof:keyproof -->\n<!-- run 812.1 -->\n**Failed** elsewhere';
    const theirs = { id: 3, user: { type: 'Bot' }, body };
    api = await startGithubApi(replies({ [`GET ${COMMENTS}`]: { body: [theirs] } }));
    const end = await step({});
    expect(end.summary).toContain('Give each step a sarif-category of its own.');
    expect(api.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('is compared with its base branch, however many packs of other branches are newer', async () => {
    const run = { id: 812, repository_id: 4471, head_repository_id: 4471, head_branch: 'rotate-cards-01' };
    const others = Array.from({ length: 100 }, (_, index) => artifact({ id: index + 1, workflow_run: run }));
    api = await startGithubApi(
      replies({
        [`GET ${ARTIFACTS}`]: ({ path, query }) =>
          query['page'] === '2'
            ? { body: { total_count: 101, artifacts: [artifact()] } }
            : {
                headers: { link: `<http://127.0.0.1:${port}${path}?page=2>; rel="next"` },
                body: { total_count: 101, artifacts: others },
              },
      }),
    );
    const end = await step({});
    expect(end.outputs).toMatchObject({ new: '2', fixed: '2' });
    expect(api.violations).toEqual([]);
  });

  it('is not compared with a pack of a fork whose branch has the same name', async () => {
    const run = { id: 811, repository_id: 4471, head_repository_id: 9, head_branch: 'main' };
    api = await startGithubApi(
      replies({
        [`GET ${ARTIFACTS}`]: { body: { total_count: 1, artifacts: [artifact({ workflow_run: run })] } },
      }),
    );
    const end = await step({ inputs: { 'fail-on-new-only': 'true' } });
    expect(end).toMatchObject({ code: 1, outputs: { new: '', fixed: '' } });
    expect(end.summary).toContain(
      'Not compared with a baseline: no run on main has kept an artifact keyproof-evidence-pack',
    );
  });

  it('that is run again keeps its pack beside that of the earlier attempt, which nothing replaces', async () => {
    bench.service.taken.add('keyproof-evidence-pack');
    api = await startGithubApi(replies());
    const again = await step({ attempt: '2', inputs: { 'pr-comment': 'off' } });
    const first = await step({ inputs: { 'pr-comment': 'off' } });
    bench.service.taken.clear();
    expect(again.summary).toContain('keyproof-evidence-pack-attempt-2');
    expect(again.summary).not.toContain('was not kept');
    expect(bench.service.artifacts.get('keyproof-evidence-pack-attempt-2')?.length).toBeGreaterThan(1000);
    expect(first.summary).toMatch(/The evidence pack was not kept as an artifact: .*already exists/);
  });

  it('is compared with the pack of the last attempt on its base branch', async () => {
    const attempts = [3, 10, 2].map((attempt) =>
      artifact({ id: 5600 + attempt, name: `keyproof-evidence-pack-attempt-${attempt}` }),
    );
    const others = [
      artifact({ id: 9, name: 'keyproof-evidence-pack-attempt-11x' }),
      artifact({ id: 8, name: 'pack-attempt-12' }),
    ];
    api = await startGithubApi(
      replies({
        [`GET ${RUN_ARTIFACTS}`]: {
          body: { total_count: 6, artifacts: [artifact(), ...attempts, ...others] },
        },
      }),
    );
    const end = await step({});
    expect(end.outputs).toMatchObject({ new: '2', fixed: '2' });
    expect(
      api.requests.filter(({ path }) => path.endsWith('/zip')).map(({ path }) => path.split('/').at(-2)),
    ).toEqual(['5610']);
    expect(api.requests.find(({ path }) => path.includes('/runs/'))?.path).toContain('/runs/811/artifacts');
    expect(api.violations).toEqual([]);
  });

  it('from a fork degrades to the summary, and does not ask for what its token may not do', async () => {
    api = await startGithubApi(replies());
    const end = await step({ event: FORK, workspace: main, inputs: { 'fail-on': 'none' } });
    expect(end).toMatchObject({ code: 0, outputs: { new: '0', fixed: '0' } });
    expect(end.summary).toContain(
      'The pull request has no comment: it is from a fork, whose token can only read.',
    );
    expect(api.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describeUnlessProved('code scanning', import.meta.url, ACTION_FILES, () => {
  const uploads: Replies = {
    [`POST ${SARIFS}`]: { status: 202, body: { id: '47177e22-5596-11eb-80a1-c1e54ef945c6' } },
    [`GET ${SARIFS}/{sarif_id}`]: { body: { processing_status: 'complete', errors: null } },
  };

  it('gets results.sarif with paths of the repository, and the lines are annotated, what is new first', async () => {
    api = await startGithubApi(replies(uploads));
    const end = await step({ inputs: SARIF });
    const [upload] = sent('POST', '/code-scanning/sarifs');
    const { sarif, ...stated } = (upload?.body ?? {}) as { [member: string]: string };
    expect(stated).toMatchObject({
      ref: 'refs/pull/7/merge',
      commit_sha: '4b0d2c7f1e6a5d3c9b8a7f6e5d4c3b2a1f0e9d8c',
    });
    const log = JSON.parse(gunzipSync(Buffer.from(sarif ?? '', 'base64')).toString()) as SarifLog;
    expect(log.runs[0].automationDetails.id).toBe('cards/');
    const places = log.runs[0].results.map(({ locations: [place] }) => place.physicalLocation);
    expect(places.map(({ artifactLocation }) => artifactLocation.uri)).toContain('exports/keys.csv');
    // pay-02 is in the third row; a header of one row makes it the third line.
    expect(end.annotations[0]).toMatchObject({
      level: 'error',
      properties: 'title=inv-expiry-set,file=exports/keys.csv,line=3',
    });
    expect(
      end.annotations.every(
        ({ message, properties }) => properties.includes('line=') || /more in the summary/.test(message),
      ),
    ).toBe(true);
    expect(end.outputs['sarif-file']).toBe(join(branch, 'evidence-pack/results.sarif'));
    expect(api.violations).toEqual([]);
  });
});

describeUnlessProved('a pack of the base branch that cannot be had', import.meta.url, ACTION_FILES, () => {
  const ZIP = `GET ${ARTIFACTS}/{artifact_id}/{archive_format}`;
  const expired = { body: { total_count: 1, artifacts: [artifact({ expired: true })] } };

  it.each<[string, Replies, string]>([
    [
      'expired',
      { [`GET ${ARTIFACTS}`]: expired },
      'no run on main has kept an artifact keyproof-evidence-pack that has not expired',
    ],
    [
      'expired since',
      { [ZIP]: { status: 410, body: { message: 'Artifact has expired' } } },
      'of run 811: Artifact has expired',
    ],
    [
      'behind an error of the server',
      { [ZIP]: { status: 502, body: { message: 'Bad gateway' } } },
      'of run 811: Bad gateway',
    ],
  ])('(%s) is named, and nothing is called new, fixed or missing', async (_name, given, reason) => {
    api = await startGithubApi(replies(given));
    const end = await step({});
    expect(end).toMatchObject({ code: 1, outputs: { new: '', fixed: '', missing: '' } });
    expect(
      end.summary.split('\n').filter((line) => line.startsWith('- Not compared with a baseline: ')),
    ).toEqual([expect.stringContaining(reason)]);
  });
});

describeUnlessProved('a service of artifacts that fails', import.meta.url, ACTION_FILES, () => {
  afterEach(() => bench.service.failing.clear());

  it.each([
    ['CreateArtifact', 503, 'Failed to CreateArtifact: '],
    ['PUT', 503, ''],
    ['FinalizeArtifact', 503, 'Failed to FinalizeArtifact: '],
  ])(
    '(%s, %i) leaves the pack unkept, which is said where it is looked for, and changes no result',
    async (what, status, reason) => {
      bench.service.failing.set(what, status);
      api = await startGithubApi(replies());
      const end = await step({ skipsWaits: true });
      expect(end).toMatchObject({ code: 1, outputs: { conclusion: 'failure', new: '2', fixed: '2' } });
      const note = `The evidence pack was not kept as an artifact: ${reason}`;
      const [comment] = sent('POST', '/issues/7/comments');
      for (const text of [end.summary, (comment?.body as { body: string } | undefined)?.body]) {
        expect(text).toContain(note);
        expect(text).toContain('The evidence pack is not kept as an artifact.');
        expect(text).not.toContain('The evidence pack is the artifact');
      }
      expect(end.log).toContain(note);
      expect(end.log).not.toMatch(/\n\s+at /);
    },
  );

  it.each([503, 410, 403])('(%i to a download) leaves unknown what is new', async (status) => {
    bench.service.failing.set('GET', status);
    api = await startGithubApi(replies());
    const end = await step({ skipsWaits: true, inputs: { 'fail-on-new-only': 'true' } });
    expect(end).toMatchObject({ code: 1, outputs: { new: '', fixed: '', missing: '' } });
    expect(end.summary).toContain(
      'Not compared with a baseline: the artifact keyproof-evidence-pack of run 811: ',
    );
    expect(end.summary).toContain('every failure counts.');
    expect(end.summary).not.toContain('### New');
  });
});

describeUnlessProved('a refusal of GitHub', import.meta.url, ACTION_FILES, () => {
  const limited = {
    status: 429,
    headers: { 'retry-after': '1' },
    body: { message: 'You have exceeded a secondary rate limit. Please wait before you try again.' },
  };

  it.each([
    ['403', { status: 403 }, 'the token lacks a right'],
    ['404', { status: 404 }, 'it is not there, or the token may not see it'],
    ['422', { status: 422 }, 'it was refused as invalid'],
    ['a dropped connection', 'drop', 'no answer'],
  ] as const)(
    '(%s) is a note in the summary and fails nothing, and the annotations can be switched off',
    async (_name, reply, reason) => {
      // What is dropped is tried again for seconds: two of three are enough.
      const upload = reply === 'drop' ? { status: 404 } : reply;
      api = await startGithubApi({
        [`GET ${ARTIFACTS}`]: reply,
        [`GET ${COMMENTS}`]: reply,
        [`POST ${SARIFS}`]: upload,
      });
      const end = await step({ inputs: { ...SARIF, 'fail-on': 'none', annotations: 'false' } });
      expect(end).toMatchObject({ code: 0, outputs: { conclusion: 'success', new: '' } });
      expect(end.summary).toContain('Not compared with a baseline: ');
      expect(end.summary).toContain(`No comment was written: ${reason}`);
      expect(end.summary).toContain('results.sarif was not uploaded to code scanning: ');
      expect(end.annotations).toEqual([]);
      expect(api.violations).toEqual([]);
    },
  );

  it('(429) is waited for as long as it says, and then tried again', async () => {
    api = await startGithubApi(replies({ [`POST ${COMMENTS}`]: [limited, { status: 201 }] }));
    const end = await step({});
    expect(sent('POST', '/issues/7/comments')).toHaveLength(2);
    expect(end.summary).not.toContain('The pull request has no comment');
  });
});

describeUnlessProved('a run that cannot audit', import.meta.url, ACTION_FILES, () => {
  it('takes the place of what an earlier run stated, in the comment and the summary', async () => {
    const body = '<!-- keyproof:keyproof -->\n<!-- run 811.1 -->\n**No failure at or above high.**';
    const earlier = { id: 3, user: { type: 'Bot' }, body };
    api = await startGithubApi(
      replies({ [`GET ${COMMENTS}`]: { body: [earlier] }, [`PATCH ${COMMENT}`]: {} }),
    );
    const end = await step({ workspace: wrong });
    expect(end).toMatchObject({ code: 2, outputs: { conclusion: 'error', 'exit-code': '2' } });
    const [patch] = sent('PATCH', '/issues/comments/3');
    const sentence =
      '**Not audited: keyproof.yaml:3: "thresolds" is not a known key; did you mean "thresholds"?';
    expect((patch?.body as { body: string } | undefined)?.body).toContain(sentence);
    expect(end.summary).toContain(sentence);
    expect(end.summary).toContain('what an earlier run stated does not hold for it.');
    expect(api.violations).toEqual([]);
  });

  it('names a token that was stored with a line break, and does not print it', async () => {
    api = await startGithubApi(replies());
    const end = await step({ workspace: main, token: ['ghs', 'north\nbridge'].join('_') });
    expect(end.annotations[0]?.message).toBe(
      'token: it has a space or a line break inside; store the token alone in the secret.',
    );
    expect(end.log + end.summary).not.toContain('bridge\n');
    expect(api.violations).toEqual([]);
  });
});

describeUnlessProved('other events', import.meta.url, ACTION_FILES, () => {
  it('compare with a folder, and write no comment', async () => {
    api = await startGithubApi(replies());
    await step({ workspace: main, event: SCHEDULE });
    const inputs = { baseline: join(main, 'evidence-pack'), 'fail-on-new-only': 'true' };
    const end = await step({ workspace: branch, event: SCHEDULE, inputs });
    expect(end.outputs).toMatchObject({ new: '2', fixed: '2' });
    expect(api.requests).toEqual([]);
    const missing = await step({ event: SCHEDULE, inputs: { baseline: 'nowhere' } });
    expect(missing).toMatchObject({ code: 2, outputs: { conclusion: 'error', 'exit-code': '2' } });
    expect(missing.annotations).toEqual([
      {
        level: 'error',
        properties: '',
        message: 'baseline: nowhere: no such folder; name the folder of a pack, artifact:NAME, or none.',
      },
    ]);
  });

  const ofMain = { baseline: 'artifact:keyproof-evidence-pack' };

  it.each([
    ['merge_group', { event: MERGE_GROUP }, 0],
    ['a pushed tag', { event: TAG, inputs: ofMain }, 0],
    ['schedule', { event: SCHEDULE, inputs: ofMain }, 0],
    ['workflow_run', { event: WORKFLOW_RUN, inputs: ofMain }, 0],
    ['pull_request from a fork', { event: FORK }, 0],
    ['pull_request, closed', { event: CLOSED }, 1],
    ['pull_request, run again', { event: PULL_REQUEST, attempt: '2' }, 1],
  ])(
    '(%s) say what a changed checkout changed, and comment only on a pull request of the repository',
    async (_name, given, comments) => {
      api = await startGithubApi(replies());
      const end = await step(given);
      expect(end).toMatchObject({
        code: 1,
        outputs: { conclusion: 'failure', new: '2', fixed: '2', missing: '0' },
      });
      expect(end.summary).toContain('2 new and 2 fixed since main (run 811)');
      expect(end.summary).toContain('The evidence pack is the artifact `keyproof-evidence-pack`');
      expect(sent('POST', '/issues/7/comments')).toHaveLength(comments);
      expect(api.violations).toEqual([]);
    },
  );

  it.each([TAG, SCHEDULE, WORKFLOW_RUN])(
    '($name, $ref) ask nothing of GitHub, and call nothing new, if no baseline is named',
    async (event) => {
      api = await startGithubApi(replies());
      const end = await step({ event });
      expect(end).toMatchObject({ code: 1, outputs: { new: '', fixed: '', missing: '' } });
      expect(end.summary).toContain('### Worst failures (8)');
      expect(api.requests).toEqual([]);
    },
  );

  it.each([
    ['config', 'none.yaml', /^config: .*none\.yaml: no such file or folder; check the path\.$/],
    ['config', '.', /: cannot be read; check the path given with config\.$/],
    [
      'config',
      'exports/keys.csv',
      /^exports\/keys\.csv:1: the file must hold keys with values \(key: value\); it holds a string\.$/,
    ],
    [
      'paths',
      'exports/*.csv',
      /^paths: exports\/\*\.csv: no such file or folder in the checkout; .* without quotes and wildcards\.$/,
    ],
    ['paths', 'exports\n/nowhere', /^paths: \/nowhere: no such file or folder in the checkout/],
    ['frameworks', 'pci-dss, soc 3', /^There is no framework "soc 3"/],
    ['policies', 'keyproof.yaml', /keyproof\.yaml: is no folder; name the folder that the policies are in/],
    ['policies', 'nowhere', /^policies: .*nowhere: no such file or folder/],
    ['as-of', 'yesterday', /^as-of: "yesterday" is not a date; /],
    ['period', 'Q3', /^period: "Q3" is not a period; /],
    ['baseline', 'artifact: ', /^baseline: artifact: names no artifact; /],
    ['fail-on', 'HIGH', /^fail-on: "HIGH" is not a severity; did you mean "high"/],
    ['fail-on-new-only', 'yes', /^fail-on-new-only: "yes" is not one of its values\. /],
    ['formats', 'sarif, word', /^formats: "word" is not a format\. /],
    [
      'output-dir',
      'exports',
      /^exports: the folder exists and is not an evidence pack; name another with output-dir, or empty it\.$/,
    ],
    ['output-dir', '/', /^\/: the folder exists and is not an evidence pack; /],
    ['annotations', 'off', /^annotations: "off" is not one of its values\. /],
    ['step-summary', '0', /^step-summary: "0" is not one of its values\. /],
    ['working-directory', '/', /^working-directory: \/: is no folder of exports; /],
    ['token', 'a b', /^token: it has a space or a line break inside; /],
    ['workers', '0', /^workers: "0" is not a number of threads from 1 to 64\.$/],
    ['workers', 'x', /^workers: "x" is not a number of threads from 1 to 64\.$/],
    ['duckdb-path', 'nowhere', /^duckdb-path: nowhere holds no duckdb\.node; /],
  ])('refuse the input %s: %j in one sentence', async (name, value, sentence) => {
    const end = await step({ event: PUSH, inputs: { [name]: value } });
    expect(end).toMatchObject({ code: 2, outputs: { conclusion: 'error', 'exit-code': '2' } });
    expect(end.annotations).toEqual([
      { level: 'error', properties: '', message: expect.stringMatching(sentence) },
    ]);
    expect(end.log).not.toMatch(/\n\s+at /);
  });

  it('note that the as-of date lies in the future, and keep no artifact that is called None', async () => {
    bench.service.artifacts.delete('None');
    const end = await step({ event: PUSH, inputs: { 'as-of': '2999-01-01', artifact: 'None' } });
    expect(end.summary).toContain(
      '- The as-of 2999-01-01 lies in the future: the exports cannot show what happens until then.',
    );
    expect(end.summary).toContain('The evidence pack is not kept as an artifact.');
    expect([...bench.service.artifacts.keys()]).not.toContain('None');
  });

  it('say in one sentence what is wrong with an input, and mask the token before anything else', async () => {
    const end = await step({ event: PUSH, inputs: { 'pr-comment': 'sometimes' } });
    expect(end.code).toBe(2);
    expect(end.annotations[0]?.message).toBe(
      'pr-comment: "sometimes" is not one of its values. Use off, on-change, always.',
    );
    const masked = await step({ event: PUSH, token: TOKEN });
    expect(masked.log.indexOf(TOKEN)).toBe('::add-mask::'.length + masked.log.indexOf('::add-mask::'));
    expect(masked.log.split(TOKEN)).toHaveLength(2);
  });

  it('end as the audit does if the summary cannot be written, or has no room left, and say so', async () => {
    const file = join(mkdtempSync(join(bench.runner.home, 'summary-')), 'summary');
    const inputs = { artifact: 'none', 'fail-on': 'none' };
    const run = (env: { [name: string]: string }) =>
      bench.step({ workspace: main, event: PUSH, with: inputs, env });
    const none = await run({ GITHUB_STEP_SUMMARY: join(file, 'none') });
    expect(none).toMatchObject({ code: 0, outputs: { conclusion: 'success' } });
    expect(none.log).toMatch(/The summary was not written: ENOENT/);
    writeFileSync(file, 'x'.repeat(995_000));
    const full = await run({ GITHUB_STEP_SUMMARY: file });
    expect(full).toMatchObject({ code: 0, outputs: { conclusion: 'success' } });
    expect(full.log).toContain('leaves no room, and a runner refuses more than 1 MiB');
    expect(readFileSync(file, 'utf8')).toHaveLength(995_000);
    writeFileSync(file, 'x'.repeat(980_000));
    await run({ GITHUB_STEP_SUMMARY: file });
    expect(readFileSync(file).length).toBeGreaterThan(980_000);
    expect(readFileSync(file).length).toBeLessThan(1_000_000);
  });

  it('say that a folder is missing, and that a checkout is', async () => {
    const missing = await step({ event: PUSH, inputs: { 'working-directory': 'services/cards' } });
    expect(missing).toMatchObject({ code: 2, outputs: { conclusion: 'error', 'exit-code': '2' } });
    expect(missing.annotations[0]?.message).toBe(
      'working-directory: services/cards: no such folder in the checkout; name one of the repository, and put actions/checkout before this step.',
    );
    const empty = await step({ event: PUSH, workspace: mkdtempSync(join(bench.runner.home, 'workspace-')) });
    expect(empty.code).toBe(2);
    expect(empty.annotations[0]?.message).toMatch(/the folder is empty; put actions\/checkout before/);
  });

  it('cannot be given commands by a name in evidence', async () => {
    writeFileSync(join(branch, 'exports/keys.csv'), keysCsv({ '::error file=x::pay-03': '2026-01-01' }));
    const end = await step({ event: PUSH, inputs: { artifact: 'none' } });
    expect(end.outputs['failed']).not.toBe('0');
    expect(end.annotations).toEqual([]);
    writeFileSync(join(branch, 'exports/keys.csv'), keysCsv(CHANGED));
  });
});
