import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import { toolVersion } from '../../src/assets/tool-version.js';
import type { JudgedObservation, Observation, Pack, Subject } from '../../src/model/index.js';
import { openCore, openPack, sealPack, writeCore } from '../../src/pack/index.js';
import { type EvidenceStore, openStore } from '../../src/store/index.js';
import { makeAssessment } from '../report/fixture.js';
import { PLAN, storeOf, workFolder } from '../store/evidence.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { anyObservations } from './observation-texts.js';

const assessment = makeAssessment({ findings: 3 });
const unwritten = [
  { format: 'pdf' as const, kind: 'report-not-written' as const, message: 'report.pdf: no browser.' },
];

const observation = (id: string, rest: Partial<Observation> = {}): Observation => ({
  id,
  ruleId: 'rotation-max-age',
  subject: { kind: 'key', id: `key-${id}` },
  outcome: 'pass',
  severity: null,
  violations: [],
  missing: [],
  reasons: [],
  error: null,
  elements: [],
  ...rest,
});

const FAILED = observation('02', {
  outcome: 'fail',
  severity: 'high',
  violations: [
    {
      element: 'rotation-max-age',
      message: 'too old; not "rotated"',
      severity: 'high',
      facts: { days: 412, since: null, roles: ['a; b', ''] },
      records: [
        { file: 'keys.csv', record: 'row 2', sha256: 'ab'.repeat(32) },
        { file: 'k', record: 'r' },
      ],
    },
  ],
  missing: ['key.a; key.b'],
  reasons: ['one; two', 'three'],
});

const folders: string[] = [];
afterAll(() => folders.map((dir) => rmSync(dir, { recursive: true, force: true })));

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'pack [of] * '));
  folders.push(dir);
  return dir;
}

/** Writes a pack of what `fill` puts into table `observations`; its subjects are one key and the organisation. */
async function packFilledBy(fill: (store: EvidenceStore) => Promise<unknown>): Promise<string> {
  const dir = folder();
  const keys = [{ key_id: 'k1', name: 'card-processor', environment: 'production' as const }];
  const store = await storeOf({ 'keys.csv': { keys } });
  await fill(store);
  await writeCore(dir, assessment, store);
  await sealPack(dir, { assessment, incomplete: unwritten });
  return dir;
}

function packOf(observations: readonly Observation[]): Promise<string> {
  return packFilledBy(async (store) => {
    const lines = join(await workFolder(), 'observations.ndjson');
    writeFileSync(lines, observations.map((one) => `${JSON.stringify(one)}\n`).join(''));
    await store.loadObservations([lines]);
  });
}

let sample: Promise<string> | undefined;

/** A copy of a pack with one observation, to be damaged. */
async function copyOfPack(): Promise<string> {
  sample ??= packOf([FAILED]);
  const dir = folder();
  cpSync(await sample, dir, { recursive: true });
  return dir;
}

/** Returns an observation of a pack whose controls were not judged. */
const uncounted = (one: Observation): JudgedObservation => ({ ...one, controls: [] });

async function opened(dir: string): Promise<Pack> {
  const pack = await openPack(dir);
  onTestFinished(() => pack.close());
  return pack;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describeUnlessProved('a pack', import.meta.url, PROGRAM_FILES, () => {
  it('gives back what was written: assessment, manifest, observations and subjects', async () => {
    const pack = await opened(await packOf([observation('01'), FAILED]));
    expect(pack.assessment).toEqual(assessment);
    expect(pack.manifest.incomplete).toEqual(unwritten);
    expect(pack.manifest.outputs.map(({ path }) => path)).toEqual([
      'assessment.json',
      'observations.parquet',
      'subjects.parquet',
    ]);
    expect(await all(pack.observations())).toEqual([observation('01'), FAILED].map(uncounted));
    const [key, organisation] = await all<Subject>(pack.subjects());
    expect(key).toMatchObject({
      kind: 'key',
      id: 'k1',
      label: 'card-processor',
      owner: null,
      facts: { environment: 'production', pci_scope: null },
      source: { file: 'keys.csv', record: 'row 2', sha256: 'ab'.repeat(32) },
    });
    expect(organisation).toMatchObject({ kind: 'organisation', id: PLAN.organisation, source: null });
  });

  it('gives what was asked for, and nothing where there is none', async () => {
    const other = observation('03', { ruleId: 'inv-owner-assigned', outcome: 'fail', severity: 'low' });
    const pack = await opened(await packOf([observation('01'), FAILED, other]));
    expect(await all(pack.observations({ id: '02' }))).toEqual([FAILED].map(uncounted));
    expect(await all(pack.observations({ outcome: 'fail' }))).toEqual([other, FAILED].map(uncounted));
    expect(await all(pack.observations({ outcome: 'fail', severity: 'low' }))).toEqual(
      [other].map(uncounted),
    );
    expect(await all(pack.outcomes('key'))).toEqual([
      { ruleId: 'inv-owner-assigned', subjectId: 'key-03', outcome: 'fail' },
      { ruleId: 'rotation-max-age', subjectId: 'key-01', outcome: 'pass' },
      { ruleId: 'rotation-max-age', subjectId: 'key-02', outcome: 'fail' },
    ]);
    expect(await all(pack.outcomes('route'))).toEqual([]);
    const worstFirst = await all(pack.observations({}, 'worst-first'));
    expect(worstFirst).toEqual([FAILED, other, observation('01')].map(uncounted));
    expect(await all(pack.observations({ severity: 'low' }, 'worst-first'))).toEqual([other].map(uncounted));
    expect(await all(pack.observations({ ruleId: `x' OR 'a' = 'a` }))).toEqual([]);
    expect((await all(pack.subjects({ kind: 'key' }))).map(({ id }) => id)).toEqual(['k1']);
    expect(await all(pack.subjects({ kind: 'key', id: 'k2' }))).toEqual([]);
  });

  it('can be read by two readers at once, and given up half way', async () => {
    const many = Array.from({ length: 5000 }, (_, n) => observation(String(n).padStart(5, '0')));
    const pack = await opened(await packOf(many));
    const ids: string[] = [];
    for await (const one of pack.observations()) {
      if (ids.length < 3) expect(await all(pack.observations({ id: one.id }))).toEqual([one]);
      ids.push(one.id);
      if (ids.length === 2500) break;
    }
    expect(ids).toEqual(many.slice(0, 2500).map(({ id }) => id));
  });

  it('keeps the order of its file however large it is', async () => {
    const dir = await packFilledBy((store) =>
      store.query(`INSERT INTO observations SELECT lpad(n::VARCHAR, 6, '0'), 'a-rule', 'key', lpad(n::VARCHAR, 6, '0'),
        'pass', NULL, '[]', [], [], NULL, [], NULL, NULL, NULL FROM range(260000) t(n)`),
    );
    const pack = await opened(dir);
    let expected = 0;
    for await (const { id } of pack.observations()) {
      if (Number(id) !== expected) throw new Error(`${id} came in place ${expected}`);
      expected += 1;
    }
    expect(expected).toBe(260_000);
  });

  it('leaves nothing behind when it is closed', async () => {
    const pack = await openPack(await copyOfPack());
    const temporary = folder();
    vi.stubEnv('TMPDIR', temporary);
    onTestFinished(() => void vi.unstubAllEnvs());
    await all(pack.observations());
    expect(readdirSync(temporary)).toHaveLength(1);
    await pack.close();
    await pack.close();
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describeUnlessProved('any observation', import.meta.url, PROGRAM_FILES, () => {
  it('is read as it was written', async () => {
    const workDir = await workFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(anyObservations, async (observations) => {
        run += 1;
        const dir = join(workDir, String(run));
        mkdirSync(dir);
        writeFileSync(join(dir, 'lines'), observations.map((one) => `${JSON.stringify(one)}\n`).join(''));
        const store = await openStore(dir);
        try {
          await store.load([]);
          await store.resolve(PLAN);
          await store.loadObservations([join(dir, 'lines')]);
          await store.exportObservations(join(dir, 'observations.parquet'));
        } finally {
          await store.close();
        }
        writeFileSync(join(dir, 'assessment.json'), '{}');
        const core = await openCore(dir);
        try {
          const read = await all(core.observations());
          const byId = (a: Observation, b: Observation) => (a.id < b.id ? -1 : 1);
          expect(read.sort(byId)).toStrictEqual([...observations].sort(byId).map(uncounted));
        } finally {
          await core.close();
        }
      }),
      { numRuns: 25 },
    );
  });
});

describeUnlessProved('what is no pack', import.meta.url, PROGRAM_FILES, () => {
  const refused = async (dir: string) => {
    const error = await openPack(dir).catch((caught: unknown) => caught);
    return error instanceof Error ? error.message.replaceAll(dir, 'PACK') : error;
  };
  const edit = (dir: string, change: (manifest: { [member: string]: unknown }) => object) => {
    const file = join(dir, 'manifest.json');
    writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')))));
  };

  it('is said in a sentence', async () => {
    expect(await refused(await workFolder())).toBe(
      'PACK/manifest.json: cannot be read; name the folder of an evidence pack.',
    );
    const dir = await copyOfPack();
    edit(dir, ({ outputs: _, ...rest }) => rest);
    expect(await refused(dir)).toBe(
      'PACK/manifest.json: is not a keyproof manifest; the pack was changed or written by another tool.',
    );
  });

  it.each([
    ['1.0.0', 'audit again, or use the keyproof that wrote it.'],
    ['1.10.0', 'audit again, or use the keyproof that wrote it.'],
    ['2.0.0', 'audit again, or use the keyproof that wrote it.'],
    ['3.2.0', 'update keyproof.'],
    ['10.0.0', 'update keyproof.'],
  ])('is a pack of version %s', async (version, advice) => {
    const dir = await copyOfPack();
    edit(dir, (manifest) => ({ ...manifest, schemaVersion: version }));
    expect(await refused(dir)).toBe(
      `PACK/manifest.json: this is an evidence pack of version ${version}, written by keyproof ${toolVersion()}, and this keyproof reads version 3.1.0; ${advice}`,
    );
  });

  it.each(['assessment.json', 'observations.parquet', 'subjects.parquet'])(
    'is one without %s',
    async (file) => {
      const dir = await copyOfPack();
      rmSync(join(dir, file));
      expect(await refused(dir)).toBe(
        `PACK/${file}: is missing; take the pack from where it is kept, or audit again.`,
      );
    },
  );

  it.each(['assessment.json', 'observations.parquet', 'subjects.parquet'])(
    'is one whose %s was changed',
    async (file) => {
      const dir = await copyOfPack();
      appendFileSync(join(dir, file), ' ');
      expect(await refused(dir)).toBe(
        `PACK/${file}: was changed after the pack was written; take the pack from where it is kept, or audit again.`,
      );
      await expect(openPack(dir)).rejects.toMatchObject({ exitCode: 5 });
    },
  );
});
