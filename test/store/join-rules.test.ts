import { expect, it } from 'vitest';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { at, dossierOf, type Evidence, storeOf } from './evidence.js';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/sepa';

async function read(keys: NonNullable<Evidence['keys']>, named: readonly string[], more: Evidence = {}) {
  const store = await storeOf({
    'keys.json': { keys },
    'log.json': {
      events: named.map((key_id, n) => ({
        event_id: `e${n}`,
        log: 'trail',
        key_id,
        at: at('2026-08-01T00:00:00Z'),
      })),
      ...more,
    },
  });
  const { unknown_keys, undecided_keys } = await dossierOf(store, 'organisation', 'Northbridge Bank');
  const joins = await store.joins();
  return {
    unknown: unknown_keys?.records.map((one) => [one.key_id, one.seen_in, one.count]),
    undecided: undecided_keys?.records.map((one) => [one.key_id, one.seen_in, one.candidates, one.count]),
    joins: joins.map(({ kind, rule, records }) => [kind, rule, records]),
  };
}

describeUnlessProved('records are joined to keys', import.meta.url, STORE_FILES, () => {
  it('by rules that are counted', async () => {
    const keys = [{ key_id: `${ARN}-a1B2c3`, name: 'prod/sepa', aliases: ['k8s:prod/sepa'] }];
    const { joins, unknown } = await read(keys, [
      `${ARN}-a1B2c3`,
      ARN,
      ARN,
      'prod/sepa',
      'k8s:prod/sepa',
      'ghost',
    ]);
    expect(joins).toEqual([
      ['events', 'id', 1],
      ['events', 'alias', 1],
      ['events', 'name', 1],
      ['events', 'arn-without-suffix', 2],
      ['events', 'unknown', 1],
    ]);
    expect(unknown).toEqual([['ghost', 'events', 1]]);
  });

  it('not where a name fits several keys: these are named with the record', async () => {
    const keys = [
      { key_id: 'k1', name: 'sepa' },
      { key_id: 'k2', aliases: ['sepa'] },
    ];
    const { joins, unknown, undecided } = await read(keys, ['sepa', 'sepa'], {
      routes: [{ route_id: 'r1', upstream_credential: 'sepa' }],
    });
    expect(joins).toEqual([['events', 'ambiguous', 2]]);
    expect(unknown).toEqual([]);
    expect(undecided).toEqual([
      ['sepa', 'events', ['k1', 'k2'], 2],
      ['sepa', 'routes', ['k1', 'k2'], 1],
    ]);
  });

  it('not where only one side calls a Google project by its number', async () => {
    const keys = [{ key_id: 'projects/nb-prod/secrets/sepa' }, { key_id: 'projects/4711/secrets/swift' }];
    const { unknown, undecided } = await read(keys, [
      'projects/4711/secrets/sepa',
      'projects/nb-prod/secrets/swift',
      'projects/nb-prod/secrets/ghost',
      'projects/nb-dev/secrets/sepa',
    ]);
    expect(undecided).toEqual([
      ['projects/4711/secrets/sepa', 'events', ['projects/nb-prod/secrets/sepa'], 1],
      ['projects/nb-prod/secrets/swift', 'events', ['projects/4711/secrets/swift'], 1],
    ]);
    expect(unknown).toEqual([
      ['projects/nb-prod/secrets/ghost', 'events', 1],
      ['projects/nb-dev/secrets/sepa', 'events', 1],
    ]);
  });

  it('not two keys of the inventory of which one calls its Google project by its number, which is said without any log', async () => {
    const listed = ['nb-prod/secrets/sepa', '4711/secrets/sepa', '4711/secrets/swift'];
    const { undecided } = await read(
      listed.map((name) => ({ key_id: `projects/${name}` })),
      [],
    );
    expect(undecided).toEqual([['projects/4711/secrets/sepa', 'keys', ['projects/nb-prod/secrets/sepa'], 1]]);
  });

  it.each([
    [
      'another name in its record',
      { key_id: 'projects/nb-prod/secrets/x', aliases: ['projects/4711/secrets/x'] },
    ],
    [
      'the address of a service account',
      { key_id: 'projects/4711/serviceAccounts/pay@nb-prod.iam.gserviceaccount.com/keys/0a1b' },
    ],
  ])('by a Google project of which %s proves number and id', async (_what, proof) => {
    const twice = ['nb-prod', '4711'].map((project) => ({ key_id: `projects/${project}/secrets/sepa` }));
    const { joins, undecided, unknown } = await read(
      [proof, ...twice, { key_id: 'projects/4711/secrets/swift' }],
      ['projects/nb-prod/secrets/swift', 'projects/4711/secrets/sepa', 'projects/4712/secrets/sepa'],
    );
    expect(joins).toEqual([
      ['events', 'same-key', 1],
      ['events', 'google-project', 1],
      ['events', 'unknown', 1],
    ]);
    expect(undecided?.map(([name]) => name)).toEqual(['projects/4712/secrets/sepa']);
    expect(unknown).toEqual([]);
  });

  it('not by a Google project to which records give two numbers', async () => {
    const proofs = ['4711', '4712'].map((number) => ({
      key_id: `projects/nb-prod/secrets/x${number}`,
      aliases: [`projects/${number}/secrets/x${number}`],
    }));
    const { undecided } = await read(
      [...proofs, { key_id: 'projects/nb-prod/secrets/sepa' }],
      ['projects/4711/secrets/sepa'],
    );
    expect(undecided?.map(([name]) => name)).toEqual(['projects/4711/secrets/sepa']);
  });

  it('nor is a partial ARN of the inventory of which several secrets have the whole', async () => {
    const keys = [
      { key_id: ARN },
      { key_id: `${ARN}-a1B2c3`, name: 'prod/sepa' },
      { key_id: `${ARN}-d4E5f6`, name: 'prod/sepa' },
    ];
    const { undecided } = await read(keys, [ARN]);
    expect(undecided).toEqual([[ARN, 'keys', [`${ARN}-a1B2c3`, `${ARN}-d4E5f6`], 1]]);
  });
});
