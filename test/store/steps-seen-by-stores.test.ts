import { expect, it } from 'vitest';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { at, dossierOf, storeOf } from './evidence.js';

const key_id = 'kv/payments/sepa';

/** The pipeline's rotation r1: generated at 10:00, stored at 10:01, in place at 10:06. */
const PIPELINE = [
  ['generated', '10:00'],
  ['stored', '10:01'],
  ['deployed', '10:06'],
].map(([step, time]) => ({
  key_id,
  rotation_id: 'r1',
  step: step as 'stored',
  status: 'success' as const,
  at: at(`2026-09-01T${time}:00Z`),
}));

/** What a store logs of a new value: it knows no rotation. */
const seen = (time: string) => ({
  key_id,
  step: 'rotated' as const,
  status: 'success' as const,
  at: at(`2026-09-01T${time}Z`),
  actor: 'approle',
});

async function stepsOf(pipeline: typeof PIPELINE, time: string) {
  const store = await storeOf({
    'keys.csv': { keys: [{ key_id }] },
    'pipeline.ndjson': { rotations: pipeline },
    'vault-audit.ndjson': { rotations: [seen(time)] },
  });
  const { rotations } = await dossierOf(store, 'key', key_id);
  return rotations?.records.find(({ actor }) => actor === 'approle');
}

describeUnlessProved('a new value that a store logs', import.meta.url, STORE_FILES, () => {
  it('is the step of the pipeline at that moment, with its own actor', async () => {
    expect(await stepsOf(PIPELINE, '10:01:09')).toMatchObject({ rotation_id: 'r1', step: 'stored' });
  });

  it('is a rotation of its own if the pipeline stored nothing then', async () => {
    expect(await stepsOf(PIPELINE, '10:20:00')).toMatchObject({ rotation_id: null, step: 'rotated' });
  });

  it('is a rotation of its own if the rotation of the pipeline put nothing in place', async () => {
    expect(await stepsOf(PIPELINE.slice(0, 2), '10:01:09')).toMatchObject({
      rotation_id: null,
      step: 'rotated',
    });
  });
});

describeUnlessProved('a pending value that CloudTrail logs', import.meta.url, STORE_FILES, () => {
  const pending = { ...seen('10:01:09'), step: 'generated' as const, rotation_id: 'r1' };

  async function stepsIn(logs: { [file: string]: typeof PIPELINE }) {
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id }] },
      ...Object.fromEntries(Object.entries(logs).map(([file, rotations]) => [file, { rotations }])),
      'trail.json': { rotations: [pending], events: [{ event_id: 'e1', key_id, category: 'rotate' }] },
    });
    const { rotations } = await dossierOf(store, 'key', key_id);
    return rotations?.records ?? [];
  }

  async function stepOf(pipeline: typeof PIPELINE) {
    const steps = await stepsIn({ 'pipeline.ndjson': pipeline });
    return steps.find(({ actor }) => actor === 'approle')?.step;
  }

  it('is the storing of the secret that the pipeline states to have generated', async () => {
    expect(await stepOf(PIPELINE)).toBe('stored');
  });

  it('leaves the pipeline its own steps, of which a log a day has some each', async () => {
    const [generated, ...others] = PIPELINE;
    const steps = await stepsIn({ '01.ndjson': generated ? [generated] : [], '02.ndjson': others });
    const own = steps.filter(({ actor }) => actor !== 'approle').map(({ step }) => step);
    expect(own.sort()).toEqual(['deployed', 'generated', 'stored']);
  });

  it('is its making if no other log states it', async () => {
    expect(await stepOf(PIPELINE.slice(1))).toBe('generated');
  });
});

describeUnlessProved('an actor of whom a log does not state the kind', import.meta.url, STORE_FILES, () => {
  it('is what the directory says, under any of its names', async () => {
    const read = (actor: string) => ({ event_id: actor, key_id, category: 'read-secret' as const, actor });
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id }] },
      'directory.csv': {
        principals: [
          { principal_id: 'wl-sepa', kind: 'workload', aliases: ['arn:aws:sts::1:assumed-role/sepa/task'] },
          { principal_id: 'jane', kind: 'human' },
        ],
      },
      'trail.json': {
        events: [read('arn:aws:sts::1:assumed-role/sepa/task'), read('jane'), read('somebody')],
      },
    });
    const { events } = await dossierOf(store, 'key', key_id);
    expect(events?.unknown_reads).toBe(1);
    expect(events?.human_reads).toHaveLength(1);
  });
});
