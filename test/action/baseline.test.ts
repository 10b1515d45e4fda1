import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { compareWithBaseline } from '../../src/action/baseline.js';
import type { ActionInputs } from '../../src/action/inputs.js';
import { type Publication, publishPack } from '../../src/action/publish.js';
import type { RunEvent } from '../../src/action/run-event.js';
import { toolVersion } from '../../src/assets/tool-version.js';
import { type GithubApi, startGithubApi } from '../support/github-api.js';
import { packOfQuarter } from '../support/small-bank-packs.js';
import { artifact } from './pull-request-bench.js';

const workspace = mkdtempSync(join(tmpdir(), 'keyproof-baselines-'));
const event = { mergesInto: 'main', branch: 'main', owner: 'northbridge', repo: 'ledger', workspace };
const INPUTS = {
  baseline: 'earlier',
  artifact: 'keyproof-evidence-pack',
  token: 'token',
  workingDirectory: '.',
  failOnNewOnly: false,
};
let pack: string;
let api: GithubApi | undefined;
/** Port of every API of this file: a library keeps the address that it met first. */
let port = 0;
const ARTIFACTS = 'GET /repos/{owner}/{repo}/actions/artifacts';

beforeAll(async () => {
  pack = (await packOfQuarter({ keys: [{ key_id: 'pay-01' }], asOf: '2026-09-30' })).pack;
});
afterEach(async () => {
  await api?.close();
  api = undefined;
  vi.unstubAllEnvs();
  rmSync(join(workspace, 'earlier'), { recursive: true, force: true });
});
afterAll(() => rmSync(workspace, { recursive: true }));

const compare = (inputs: object = {}, given: object = {}) =>
  compareWithBaseline(pack, { ...INPUTS, ...inputs } as ActionInputs, { ...event, ...given } as RunEvent);

/** Puts a copy of the pack where the input names it. @returns a function that gives the path of a file in it. */
function earlier(): (file: string) => string {
  cpSync(pack, join(workspace, 'earlier'), { recursive: true });
  return (file) => join(workspace, 'earlier', file);
}

function edit(file: string, change: (manifest: { [name: string]: unknown }) => object): void {
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')))));
}

describe('a baseline', () => {
  it('that can be read is compared with', async () => {
    earlier();
    expect(await compare({ failOnNewOnly: true })).toMatchObject({
      changes: { since: 'the baseline' },
      note: null,
    });
  });

  it('of a version that is not read is named with the keyproof that wrote it', async () => {
    edit(earlier()('manifest.json'), (manifest) => ({ ...manifest, schemaVersion: '2.0.0' }));
    expect(await compare()).toEqual({
      changes: null,
      note: `Not compared with a baseline: baseline: earlier: manifest.json: this is an evidence pack of version 2.0.0, written by keyproof ${toolVersion()}, and this keyproof reads version 3.1.0; audit again, or use the keyproof that wrote it.`,
    });
  });

  it.each<[string, (path: (file: string) => string) => void, string]>([
    [
      'no pack',
      (path) => rmSync(path('manifest.json')),
      'manifest.json: cannot be read; name the folder of an evidence pack.',
    ],
    [
      'half a manifest',
      (path) => writeFileSync(path('manifest.json'), '{"schemaVersion": "3.1'),
      'manifest.json: cannot be read; name the folder of an evidence pack.',
    ],
    [
      'without a file',
      (path) => rmSync(path('observations.parquet')),
      'observations.parquet: is missing; take the pack from where it is kept, or audit again.',
    ],
    [
      'changed',
      (path) => appendFileSync(path('subjects.parquet'), 'x'),
      'subjects.parquet: was changed after the pack was written; take the pack from where it is kept, or audit again.',
    ],
  ])('that is %s is one sentence, in which every failure counts', async (_, spoil, reason) => {
    spoil(earlier());
    expect(await compare({ failOnNewOnly: true })).toEqual({
      changes: null,
      note: `Not compared with a baseline: baseline: earlier: ${reason} Without a baseline fail-on-new-only changes nothing: every failure counts.`,
    });
  });

  it.each([
    [403, 'Resource not accessible by integration'],
    [404, 'Not Found'],
  ])('that may not be downloaded (%i) is named, and leaves no folder behind', async (status, message) => {
    api = await startGithubApi(
      {
        [ARTIFACTS]: { body: { total_count: 1, artifacts: [artifact()] } },
        'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': {
          body: { total_count: 1, artifacts: [artifact()] },
        },
        [`${ARTIFACTS}/{artifact_id}/{archive_format}`]: { status, body: { message } },
      },
      port,
    );
    port = Number(new URL(api.url).port);
    vi.stubEnv('GITHUB_API_URL', api.url);
    vi.stubEnv('TMPDIR', workspace);
    const { changes, note } = await compare({ baseline: null });
    expect(changes).toBeNull();
    expect(note).toMatch(
      new RegExp(
        `^Not compared with a baseline: the artifact keyproof-evidence-pack of run 811: ${message}[^\\n]*$`,
      ),
    );
    expect(readdirSync(workspace)).toEqual([]);
    expect(api.requests).toHaveLength(3);
  });

  it('that a push has not is no reason to be silent about fail-on-new-only', async () => {
    const push = { mergesInto: null };
    expect((await compare({ baseline: null }, push)).note).toBeNull();
    expect((await compare({ baseline: null, failOnNewOnly: true }, push)).note).toBe(
      'Without a baseline fail-on-new-only changes nothing: every failure counts.',
    );
  });

  it('that is an artifact without a name is refused', async () => {
    await expect(compare({ baseline: 'artifact: ' })).rejects.toThrow(
      'baseline: artifact: names no artifact; write artifact:NAME, the folder of a pack, or none.',
    );
  });
});

describe('GitHub Enterprise Server', () => {
  it('has no artifact to compare with, and a folder can be named', async () => {
    vi.stubEnv('GITHUB_SERVER_URL', 'https://github.northbridge.example');
    expect(await compare({ baseline: null })).toEqual({
      changes: null,
      note: 'Not compared with a baseline: GitHub Enterprise Server keeps no artifacts of this kind; name the folder of a pack as baseline.',
    });
    earlier();
    expect((await compare()).changes).not.toBeNull();
  });

  it('keeps no pack, and the folder is named', async () => {
    vi.stubEnv('GITHUB_SERVER_URL', 'https://github.northbridge.example');
    const env = { ACTIONS_RUNTIME_TOKEN: 'token' };
    expect(await publishPack({ inputs: INPUTS, env } as unknown as Publication)).toEqual({
      artifact: null,
      notes: [
        'The evidence pack was not kept as an artifact: GitHub Enterprise Server has none of this kind; the output pack-path names its folder, for a later step to keep.',
      ],
    });
  });
});
