import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, it, vi } from 'vitest';
import { uploadSarif, upsertComment } from '../../src/github/index.js';
import { prepareSarif } from '../../src/github/prepare-sarif.js';
import { renderFormats } from '../../src/report/index.js';
import { makeAssessment } from '../report/fixture.js';
import { memorySink, packOf } from '../report/pack-of.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type GithubApi, type Replies, type SeenRequest, startGithubApi } from '../support/github-api.js';
import { validateSarif } from '../support/sarif-multitool.js';
import { describeUnlessProved } from '../support/verdict.js';

const INPUTS = [...PROGRAM_FILES, 'test/support/github/*.json'];

let api: GithubApi | undefined;

afterEach(async () => {
  await api?.close();
});

/** Starts the mock. @returns how to reach it, with seconds of a millisecond. */
async function github(replies: Replies) {
  api = await startGithubApi(replies);
  return { access: { baseUrl: api.url, token: 'token', secondMs: 1 }, api };
}

/** Returns the body of a request. */
function sentIn(request: SeenRequest | undefined): unknown {
  if (request === undefined) throw new Error('There was no such request.');
  return request.body;
}

const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const comment = { repository: 'northbridge/ledger', issue: 12, key: 'v1/ledger', body: '3 new findings' };
const MARKER = '<!-- keyproof:v1/ledger -->\n';

describeUnlessProved('the comment', import.meta.url, INPUTS, () => {
  it('is created if none is there', async () => {
    const { access, api } = await github({
      [`GET ${COMMENTS}`]: { body: [] },
      [`POST ${COMMENTS}`]: { status: 201 },
    });
    expect(await upsertComment(access, comment)).toEqual({ state: 'created', note: null });
    expect(api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /repos/northbridge/ledger/issues/12/comments',
      'POST /repos/northbridge/ledger/issues/12/comments',
    ]);
    expect(api.requests[1]?.body).toEqual({ body: `${MARKER}3 new findings` });
    expect(api.violations).toEqual([]);
  });

  it('is updated in place, also on a later page, and not mistaken for one that quotes it', async () => {
    const { access, api } = await github({
      [`GET ${COMMENTS}`]: ({ query, headers }: SeenRequest) =>
        query['page'] === '2'
          ? { body: [{ id: 77, body: `${MARKER.replace('\n', '\r\n')}2 new findings` }] }
          : {
              body: [{ id: 76, body: `> ${MARKER}2 new findings` }],
              headers: {
                link: `<http://${headers['host']}/repos/northbridge/ledger/issues/12/comments?per_page=100&page=2>; rel="next"`,
              },
            },
      'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': { status: 200 },
    });
    expect(await upsertComment(access, comment)).toEqual({ state: 'updated', note: null });
    expect(api.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      path: '/repos/northbridge/ledger/issues/comments/77',
      body: { body: `${MARKER}3 new findings` },
    });
    expect(api.violations).toEqual([]);
  });

  it('is left as it is if it says the same', async () => {
    const { access, api } = await github({
      [`GET ${COMMENTS}`]: { body: [{ id: 77, body: `${MARKER}3 new findings` }] },
    });
    expect(await upsertComment(access, comment)).toEqual({ state: 'unchanged', note: null });
    expect(api.requests).toHaveLength(1);
  });

  it('of another step of the same run is not written over, that of an earlier attempt is', async () => {
    const { access, api } = await github({
      [`GET ${COMMENTS}`]: { body: [{ id: 77, body: `${MARKER}<!-- run 812.1 -->\nof the first step` }] },
      'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': { status: 200 },
    });
    const second = await upsertComment(access, { ...comment, run: '812.1' });
    expect(second).toMatchObject({
      state: 'taken',
      note: expect.stringContaining('sarif-category of its own'),
    });
    expect(await upsertComment(access, { ...comment, run: '812.2' })).toEqual({
      state: 'updated',
      note: null,
    });
    expect(api.requests.at(-1)?.body).toEqual({ body: `${MARKER}<!-- run 812.2 -->\n3 new findings` });
  });

  it('of a later run stays', async () => {
    const { access, api } = await github({
      [`GET ${COMMENTS}`]: { body: [{ id: 77, body: `${MARKER}<!-- run 813.1 -->\nof the later run` }] },
    });
    expect(await upsertComment(access, { ...comment, run: '812.3' })).toEqual({
      state: 'later',
      note: 'The comment of the pull request is that of a later run, and stays.',
    });
    expect(api.requests).toHaveLength(1);
  });

  it('is one again if two runs created one each at once, and no other bot or person loses one', async () => {
    const [app, other] = [
      { id: 41898282, type: 'Bot' },
      { id: 5, type: 'Bot' },
    ];
    const { access, api } = await github({
      [`GET ${COMMENTS}`]: {
        body: [
          { id: 76, user: { id: 9, type: 'User' }, body: `${MARKER}of a person` },
          { id: 77, user: app, body: `${MARKER}first` },
          { id: 78, user: app, body: `${MARKER}second` },
          { id: 79, user: app, body: `${MARKER}third` },
          { id: 80, user: other, body: `${MARKER}of another app` },
        ],
      },
      'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': { status: 200 },
      'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': [
        { status: 404, body: { message: 'Not Found' } },
        { status: 204 },
      ],
    });
    const token = ['ghs', 'northbridge'].join('_');
    expect((await upsertComment({ ...access, token }, comment)).state).toBe('updated');
    expect(api.requests.slice(1).map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
      'DELETE 78',
      'DELETE 79',
      'PATCH 77',
    ]);
    expect(api.violations).toEqual([]);
  });

  it.each(['drop', 502, 500] as const)(
    'is not created twice if it is there and only the answer is lost (%s)',
    async (lost) => {
      const kept: object[] = [];
      const { access, api } = await github({
        [`GET ${COMMENTS}`]: () => ({ body: kept }),
        [`POST ${COMMENTS}`]: ({ body }: SeenRequest) => {
          kept.push({ id: 77, ...(body as { body: string }) });
          return lost === 'drop' ? lost : { status: lost, text: '<html>Bad gateway</html>' };
        },
      });
      expect(await upsertComment(access, comment)).toEqual({ state: 'created', note: null });
      expect(api.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
    },
  );

  it('is created again if it is not there, and updated if another run has created it meanwhile', async () => {
    const other = [{ id: 76, body: `${MARKER}<!-- run 811.1 -->\nof another run` }];
    const run = async (seen: object[]) => {
      const { access, api } = await github({
        [`GET ${COMMENTS}`]: [{ body: [] }, { body: seen }],
        [`POST ${COMMENTS}`]: ['drop', { status: 201 }],
        'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': { status: 200 },
      });
      const { state } = await upsertComment(access, { ...comment, run: '812.1' });
      await api.close();
      return [state, ...api.requests.map(({ method }) => method)];
    };
    expect(await run([])).toEqual(['created', 'GET', 'POST', 'GET', 'POST']);
    expect(await run(other)).toEqual(['updated', 'GET', 'POST', 'GET', 'PATCH']);
  });

  it('is cut to what GitHub takes', async () => {
    const { access, api } = await github({
      [`GET ${COMMENTS}`]: { body: [] },
      [`POST ${COMMENTS}`]: { status: 201 },
    });
    await upsertComment(access, { ...comment, body: '👩'.repeat(70_000) });
    const { body } = sentIn(api.requests[1]) as { body: string };
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.length).toBeGreaterThan(65_500);
    expect(body).toMatch(/cut here: GitHub takes no longer comment\.$/);
    expect(body).not.toMatch(/\p{Cs}/u);
  });

  it.each([
    [
      403,
      'Resource not accessible by integration',
      /^No comment was written: the token lacks a right \(403\)\. The job needs/,
    ],
    [404, 'Not Found', /it is not there, or the token may not see it \(404\)/],
    [422, 'Validation Failed', /it was refused as invalid \(422\)\.$/],
  ])('that is refused with %i is a sentence', async (status, message, sentence) => {
    const { access } = await github({
      [`GET ${COMMENTS}`]: { body: [] },
      [`POST ${COMMENTS}`]: { status, body: { message } },
    });
    const { state, note } = await upsertComment(access, comment);
    expect(state).toBe('refused');
    expect(note).toMatch(sentence);
  });

  it('is written after a rate limit and a lost connection', async () => {
    const { access, api } = await github({
      [`GET ${COMMENTS}`]: [
        {
          status: 429,
          headers: { 'retry-after': '1' },
          body: { message: 'You have exceeded a secondary rate limit.' },
        },
        'drop',
        { body: [] },
      ],
      [`POST ${COMMENTS}`]: { status: 201 },
    });
    expect((await upsertComment(access, comment)).state).toBe('created');
    expect(api.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'POST']);
  });

  it('goes through the proxy that the environment names, and not to a host that it excepts', async () => {
    const { access } = await github({
      [`GET ${COMMENTS}`]: { body: [] },
      [`POST ${COMMENTS}`]: { status: 201 },
    });
    const proxy = await startProxy();
    const baseUrl = access.baseUrl.replace('127.0.0.1', 'localhost');
    vi.stubEnv('http_proxy', proxy.url);
    vi.stubEnv('no_proxy', '127.0.0.1');
    await upsertComment(access, comment);
    expect(proxy.hosts).toEqual([]);
    expect((await upsertComment({ ...access, baseUrl }, comment)).state).toBe('created');
    expect(proxy.hosts[0]).toBe(new URL(baseUrl).host);
    vi.unstubAllEnvs();
    proxy.close();
  });

  it('that no connection carries is a sentence', async () => {
    const { access } = await github({ [`GET ${COMMENTS}`]: 'drop' });
    expect((await upsertComment(access, comment)).note).toMatch(
      /^No comment was written: no answer \(\w+\)\.$/,
    );
  });
});

/** Starts a proxy that carries connections to where they go. @returns with the hosts that it was asked for. */
async function startProxy() {
  const hosts: string[] = [];
  const server = createServer().on('connect', ({ url = '' }, client) => {
    hosts.push(url);
    const target = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    client.on('error', () => target.destroy());
    target.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, hosts, close: () => void server.close() };
}

const SARIFS = '/repos/{owner}/{repo}/code-scanning/sarifs';

async function resultsSarif(): Promise<string> {
  const sink = memorySink();
  await renderFormats(packOf(makeAssessment({ findings: 10 })), ['sarif'], sink);
  return sink.files.get('results.sarif') ?? '';
}

const upload = {
  repository: 'northbridge/ledger',
  exports: 'evidence/2026 q3',
  category: 'keyproof-exports',
  commit: 'a'.repeat(40),
  ref: 'refs/heads/main',
};

describeUnlessProved('the upload', import.meta.url, INPUTS, () => {
  it('is gzip as base64, and is waited for', async () => {
    const { access, api } = await github({
      [`POST ${SARIFS}`]: { status: 202, body: { id: 's1' } },
      [`GET ${SARIFS}/{sarif_id}`]: [
        { body: { processing_status: 'pending' } },
        { body: { processing_status: 'complete', errors: null } },
      ],
    });
    const sarif = await resultsSarif();
    expect(await uploadSarif(access, { ...upload, sarif })).toEqual({ state: 'complete', notes: [] });
    expect(api.violations).toEqual([]);
    const [sent, ...asked] = api.requests;
    expect(asked.map(({ path }) => path)).toEqual(
      Array(2).fill('/repos/northbridge/ledger/code-scanning/sarifs/s1'),
    );
    const { sarif: packed, ...rest } = sentIn(sent) as { sarif: string };
    expect(rest).toEqual({ commit_sha: upload.commit, ref: upload.ref, tool_name: 'keyproof' });
    const text = gunzipSync(Buffer.from(packed, 'base64')).toString('utf8');
    const { runs } = JSON.parse(text);
    expect(runs[0].automationDetails).toEqual({ id: 'keyproof-exports/' });
    expect(runs[0].results).toHaveLength(JSON.parse(sarif).runs[0].results.length);
    for (const { locations } of runs[0].results) {
      const { artifactLocation, region } = locations[0].physicalLocation;
      expect(artifactLocation.uri).toMatch(/^evidence\/2026%20q3\/exports\//);
      expect(region.startLine).toBeGreaterThanOrEqual(1);
    }
    expect(validateSarif(text).filter((problem) => !problem.includes('SARIF2005'))).toEqual([]);
  });

  it.each([
    [
      403,
      /not uploaded to code scanning: the token lacks a right \(403\)\. The job needs `permissions: security-events: write`/,
    ],
    [404, /it is not there, or the token may not see it \(404\)/],
    [413, /it is too large \(413\)\.$/],
    [503, /it is not available \(503\)\.$/],
  ])('that is refused with %i is a sentence', async (status, sentence) => {
    const { access } = await github({ [`POST ${SARIFS}`]: { status, body: { message: 'Refused' } } });
    const { state, notes } = await uploadSarif(access, { ...upload, sarif: await resultsSarif() });
    expect(state).toBe('refused');
    expect(notes.join()).toMatch(sentence);
  });

  it.each([
    [
      'failed',
      { processing_status: 'failed', errors: ['rejecting SARIF'] },
      'GitHub could not process results.sarif: rejecting SARIF.',
    ],
    [
      'pending',
      { processing_status: 'pending' },
      'GitHub has not processed results.sarif after 4 seconds; its alerts appear when it has.',
    ],
  ])('that stays %s is a sentence', async (state, body, note) => {
    const { access } = await github({
      [`POST ${SARIFS}`]: { status: 202, body: { id: 's1' } },
      [`GET ${SARIFS}/{sarif_id}`]: { body },
    });
    const sarif = await resultsSarif();
    expect(await uploadSarif(access, { ...upload, sarif, waitSeconds: 4 })).toEqual({ state, notes: [note] });
  });

  it('has the worst results that fit, places of its own repository, and none without a file', () => {
    const at = (uri: string, uriBaseId: string, startLine?: number) => ({
      physicalLocation: {
        artifactLocation: { uri, uriBaseId },
        ...(startLine === undefined ? {} : { region: { startLine } }),
      },
    });
    const results = [
      {
        locations: [at('src/a.ts', 'REPOSITORY northbridge/ledger', 12)],
        relatedLocations: [at('x.json', 'EXPORTS')],
      },
      {
        locations: [at('src/b.ts', 'REPOSITORY northbridge/other', 3)],
        relatedLocations: [at('x.json', 'EXPORTS', 7)],
      },
      { locations: [{ logicalLocations: [] }] },
    ];
    const text = JSON.stringify({ version: '2.1.0', runs: [{ results }] });
    const read = ({ sarif }: { sarif: string }) =>
      JSON.parse(gunzipSync(Buffer.from(sarif, 'base64')).toString('utf8')).runs[0].results.map(
        ({
          locations: [{ physicalLocation }],
        }: { locations: { physicalLocation: unknown }[] } & { locations: [{ physicalLocation: unknown }] }) =>
          physicalLocation,
      );
    expect(prepareSarif(text, { ...upload, exports: null })).toMatchObject({ results: 1 });
    const whole = prepareSarif(text, { ...upload, exports: '.' });
    expect(whole).toMatchObject({ results: 2, leftOut: 1 });
    expect(read(whole)).toEqual([
      { artifactLocation: { uri: 'src/a.ts' }, region: { startLine: 12 } },
      { artifactLocation: { uri: 'x.json' }, region: { startLine: 7 } },
    ]);
    const size = Buffer.from(whole.sarif, 'base64').length;
    const cut = prepareSarif(text, { ...upload, exports: '.' }, size - 1);
    expect(cut).toMatchObject({ results: 1, leftOut: 2 });
    expect(read(cut)).toHaveLength(1);
  });
});
