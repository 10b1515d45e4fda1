import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Instant, KeyRecord } from '../../src/model/index.js';
import { openStore } from '../../src/store/index.js';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import {
  at,
  conflictsOf,
  day,
  dossierOf,
  type Evidence,
  PLAN,
  partsOf,
  storeOf,
  workFolder,
} from './evidence.js';

/** Fields of a key that two exports state otherwise, and what they state. */
const STATED: { readonly [file: string]: Partial<KeyRecord> } = {
  'a.csv': {
    environment: 'production',
    status: 'active',
    owner: 'ops',
    scopes: ['read'],
    last_rotated: day('2026-03-01'),
    rotation_enabled: true,
    token_ttl_s: 60,
  },
  'b.csv': {
    environment: 'staging',
    status: 'revoked',
    owner: 'payments',
    scopes: ['read', 'write'],
    last_rotated: day('2026-09-01'),
    rotation_enabled: false,
    token_ttl_s: 3600,
  },
};

const FIELDS = Object.keys(STATED['a.csv'] ?? {}).sort() as (keyof KeyRecord)[];

function keysOf(files: typeof STATED): { [file: string]: Evidence } {
  return Object.fromEntries(
    Object.entries(files).map(([file, key]) => [file, { keys: [{ key_id: 'k', ...key }] }]),
  );
}

/** All that is known of a rotation is that it was by a day, and not before another. */
function orEarlier(until: string, from = '1970-01-01'): Instant {
  return {
    state: 'known',
    ms: Date.parse(from),
    tolerance_ms: Date.parse(until) - Date.parse(from),
    day: until,
  };
}

/** How an export was taken. */
function taken(file: string, date: string) {
  return { file, extracted_at: at(`${date}T08:00:00Z`) };
}

describeUnlessProved('records that contradict each other', import.meta.url, STORE_FILES, () => {
  it('leave the field unknown, with both readings, whatever the names of their files', async () => {
    for (const files of [STATED, { 'a.csv': STATED['b.csv'] ?? {}, 'b.csv': STATED['a.csv'] ?? {} }]) {
      const dossier = await dossierOf(await storeOf(keysOf(files)), 'key', 'k');
      expect(FIELDS.map((field) => dossier.key[field])).toEqual(FIELDS.map(() => null));
      expect(dossier.contradictions.map(({ field }) => field)).toEqual(FIELDS);
      expect(dossier.contradictions.find(({ field }) => field === 'token_ttl_s')).toEqual({
        field: 'token_ttl_s',
        joined: false,
        readings: Object.entries(files).map(([file, key]) => ({
          value: key.token_ttl_s,
          source: { file, record: 'row 2', sha256: 'ab'.repeat(32) },
        })),
      });
    }
  });

  it('are no contradiction if they say the same in other words', async () => {
    const store = await storeOf({
      ...keysOf({
        'a.csv': { owner: 'jane', purpose: 'Card payments', scopes: ['b', 'A'], created: day('2026-01-01') },
        'b.csv': {
          owner: 'Jane@bank.example',
          purpose: ' card payments ',
          scopes: ['a', 'B'],
          created: at('2026-01-01T10:00:00Z'),
          last_used: day('2026-09-01'),
          name: 'k one',
        },
        'c.csv': { last_used: day('2026-09-29'), name: 'k two' },
      }),
      'people.csv': { principals: [{ principal_id: 'jane', aliases: ['jane@bank.example'] }] },
      'log.csv': { rotations: [{ key_id: 'k two', step: 'rotated' }] },
    });
    const dossier = await dossierOf(store, 'key', 'k');
    expect(await conflictsOf(store)).toEqual([]);
    expect(dossier.contradictions).toEqual([]);
    expect(dossier.key).toMatchObject({
      created: at('2026-01-01T10:00:00Z'),
      last_used: day('2026-09-29'),
      aliases: ['k one', 'k two'],
    });
    expect(dossier.owner?.found).toBe(true);
    expect(dossier.rotations?.total).toBe(1);
  });

  it.each([
    ['the newest file speaks for now', ['2026-07-31', '2026-09-30'], 'staging'],
    ['whatever its name', ['2026-09-30', '2026-07-31'], 'production'],
    ['two taken at one time contradict each other', ['2026-09-30', '2026-09-30'], null],
    ['one of unknown time may be newer', ['2026-09-30', null], null],
  ])('%s', async (_what, dates, environment) => {
    const extracts = ['a.csv', 'b.csv'].flatMap((file, n) => {
      const date = dates[n];
      return date ? [taken(`exports/${file}`, date)] : [];
    });
    const files = Object.fromEntries(
      Object.entries(keysOf(STATED)).map(([file, evidence]) => [`exports/${file}`, evidence]),
    );
    const store = await storeOf({ ...files, 'extracts.csv': { extracts } });
    const dossier = await dossierOf(store, 'key', 'k');
    expect(dossier.key.environment).toBe(environment);
    expect((await conflictsOf(store)).length > 0).toBe(environment === null);
  });

  it('are settled by what a file states of itself', async () => {
    const dir = await workFolder();
    const store = await openStore(dir);
    const parts = await Promise.all(
      Object.entries(keysOf(STATED)).map(async ([file, evidence]) =>
        (await partsOf(dir, file, evidence)).map((part) => ({
          ...part,
          taken: file === 'a.csv' ? day('2026-09-30') : day('2026-09-29'),
        })),
      ),
    );
    await store.load(parts.flat());
    await store.resolve(PLAN);
    const { key } = await dossierOf(store, 'key', 'k');
    await store.close();
    expect(FIELDS.map((field) => key[field])).toEqual(FIELDS.map((field) => STATED['a.csv']?.[field]));
    expect(key.source.file).toBe('a.csv');
  });

  it.each<[string, [Instant, string | null], [Instant, string | null], Instant]>([
    [
      'an older list',
      [orEarlier('2026-05-01'), '2026-06-01'],
      [orEarlier('2026-09-01'), '2026-09-30'],
      orEarlier('2026-09-01'),
    ],
    [
      'a list of unknown time',
      [orEarlier('2026-09-01'), null],
      [orEarlier('2026-05-01'), null],
      orEarlier('2026-09-01'),
    ],
    [
      'an exact date of that time',
      [day('2026-04-01'), null],
      [orEarlier('2026-09-01'), null],
      day('2026-04-01'),
    ],
    [
      'an exact date of before that time',
      [day('2026-04-01'), '2026-06-01'],
      [orEarlier('2026-09-01'), '2026-09-30'],
      { ...orEarlier('2026-09-01', '2026-04-01'), day: '2026-09-01' },
    ],
  ])(
    'are none between a certificate that was renewed and %s, which says nothing of later',
    async (_what, one, other, last) => {
      const store = await storeOf({
        ...keysOf({ 'a.csv': { last_rotated: one[0] }, 'b.csv': { last_rotated: other[0] } }),
        'extracts.csv': {
          extracts: [one, other].flatMap(([, date], n) =>
            date ? [taken(n === 0 ? 'a.csv' : 'b.csv', date)] : [],
          ),
        },
      });
      expect((await dossierOf(store, 'key', 'k')).key.last_rotated).toEqual(last);
    },
  );

  it('do not hide the date of a rotation log that is later than all of them', async () => {
    const log = (date: string) => ({
      'log.csv': { rotations: [{ key_id: 'k', step: 'rotated' as const, at: at(`${date}T00:00:00Z`) }] },
    });
    const later = await dossierOf(await storeOf({ ...keysOf(STATED), ...log('2026-09-10') }), 'key', 'k');
    expect(later.key.last_rotated).toEqual(at('2026-09-10T00:00:00Z'));
    expect(later.contradictions.map(({ field }) => field)).not.toContain('last_rotated');
    const between = await dossierOf(await storeOf({ ...keysOf(STATED), ...log('2026-05-10') }), 'key', 'k');
    expect(between.key.last_rotated).toBeNull();
    expect(
      between.contradictions
        .find(({ field }) => field === 'last_rotated')
        ?.readings.map(({ value }) => value),
    ).toEqual([at('2026-05-10T00:00:00Z'), day('2026-09-01')]);
  });

  it('do not let somebody who left by one of them go unseen', async () => {
    const store = await storeOf({
      'keys.csv': { keys: [{ key_id: 'k' }] },
      'grants.csv': { grants: [{ key_id: 'k', principal_id: 'jane', action: 'read' }] },
      'a.csv': { principals: [{ principal_id: 'jane', status: 'active', directory: true }] },
      'b.csv': { principals: [{ principal_id: 'jane', status: 'left', directory: true }] },
    });
    const { leavers } = await dossierOf(store, 'key', 'k');
    expect(leavers?.records.map(({ principal }) => [principal.principal_id, principal.status])).toEqual([
      ['jane', null],
    ]);
  });

  it('are found in records that are no subjects too', async () => {
    const store = await storeOf({
      'a.csv': {
        register: [{ item_id: 'r', status: 'open', owner: 'jane' }],
        log_sources: [{ log: 'vault', retention_days: 30 }],
        changes: [{ change_id: 'c', status: 'approved' }],
      },
      'b.csv': {
        register: [{ item_id: 'r', status: 'closed', owner: 'JANE' }],
        log_sources: [{ log: 'vault', retention_days: 400 }],
        changes: [{ change_id: 'c', status: 'rejected' }],
      },
    });
    expect(await conflictsOf(store)).toEqual([
      ['status', ['approved', 'rejected'], ['a.csv', 'b.csv']],
      ['retention_days', ['30.0', '400.0'], ['a.csv', 'b.csv']],
      ['status', ['open', 'closed'], ['a.csv', 'b.csv']],
    ]);
    const organisation = await dossierOf(store, 'organisation', 'Northbridge Bank');
    expect(organisation.log_sources?.records[0]?.retention_days).toBeNull();
  });

  it('are not one of whose inventory was taken before a rotation, or of AWS and a value put by hand', async () => {
    const rotation = { key_id: 'k', step: 'rotated' as const, at: at('2026-09-10T00:00:00Z') };
    const files = (key: Partial<KeyRecord>, more: Evidence = {}): { [file: string]: Evidence } => ({
      'keys.json': { keys: [{ key_id: 'k', last_rotated: day('2026-03-01'), ...key }] },
      'log.json': { rotations: [rotation], ...more },
    });
    const early = { extracts: [taken('keys.json', '2026-08-31')] };
    expect(await conflictsOf(await storeOf(files({})))).toHaveLength(1);
    expect(await conflictsOf(await storeOf(files({}, early)))).toEqual([]);
    const byHand = await storeOf(files({ store: 'aws-sm' }));
    expect(await conflictsOf(byHand)).toEqual([]);
    expect((await dossierOf(byHand, 'key', 'k')).key.last_rotated).toEqual(rotation.at);
    const own = [
      { ...rotation, rotation_id: 'r' },
      { ...rotation, rotation_id: 'r', step: 'started' as const },
    ];
    expect(await conflictsOf(await storeOf(files({ store: 'aws-sm' }, { rotations: own })))).toHaveLength(1);
  });
});

describeUnlessProved('an owner and a purpose', import.meta.url, STORE_FILES, () => {
  it('are those that a record states, if another has none: tags without an owner contradict no register', async () => {
    const store = await storeOf({
      'tags.json': { keys: [{ key_id: 'k', owner: '', purpose: '' }] },
      'register.csv': { keys: [{ key_id: 'k', owner: 'jane', purpose: 'Card payments' }] },
      'other.csv': { keys: [{ key_id: 'k', owner: '' }] },
    });
    const { key, contradictions } = await dossierOf(store, 'key', 'k');
    expect(key).toMatchObject({ owner: 'jane', purpose: 'Card payments' });
    expect(contradictions).toEqual([]);
  });

  it('are none if no record states them, and unknown if two state different ones', async () => {
    const none = await storeOf({
      'a.csv': { keys: [{ key_id: 'k', owner: '' }] },
      'b.csv': { keys: [{ key_id: 'k', owner: '' }] },
    });
    expect((await dossierOf(none, 'key', 'k')).key.owner).toBe('');
    const two = await storeOf({
      'a.csv': { keys: [{ key_id: 'k', owner: '' }] },
      'b.csv': { keys: [{ key_id: 'k', owner: 'jane' }] },
      'c.csv': { keys: [{ key_id: 'k', owner: 'joe' }] },
    });
    expect((await dossierOf(two, 'key', 'k')).key.owner).toBeNull();
    expect(await conflictsOf(two)).toEqual([['owner', ['jane', 'joe'], ['b.csv', 'c.csv']]]);
  });
});

describeUnlessProved('roles of a person', import.meta.url, STORE_FILES, () => {
  const rolesIn = async (files: { [file: string]: Evidence }) => {
    const store = await storeOf(files);
    const { principal, contradictions } = await dossierOf(store, 'principal', 'dev');
    return {
      roles: principal.roles,
      open: contradictions.map(({ field, readings }) => [field, readings.length]),
    };
  };
  const stating = (roles: string[], directory: boolean | null): Evidence => ({
    principals: [{ principal_id: 'dev', roles, directory }],
  });

  it('in systems add to those of a directory, and contradict none', async () => {
    const files = {
      'directory.csv': stating(['developer'], true),
      'iam.json': stating(['readers'], null),
      'review.csv': stating(['Readers', 'on-call'], false),
    };
    const { roles, open } = await rolesIn(files);
    expect(roles).toEqual(expect.arrayContaining(['developer', 'readers', 'on-call']));
    expect(open).toEqual([]);
    expect(await rolesIn({ 'iam.json': stating(['b'], null), 'vault.json': stating(['a'], null) })).toEqual({
      roles: ['a', 'b'],
      open: [],
    });
  });

  it('contradict each other in two directories, each with what systems add', async () => {
    const files = {
      'a.csv': stating(['developer'], true),
      'b.csv': stating(['manager'], true),
      'iam.json': stating(['readers'], null),
    };
    expect(await rolesIn(files)).toEqual({ roles: null, open: [['roles', 2]] });
  });
});

describeUnlessProved('the order of files and rows', import.meta.url, STORE_FILES, () => {
  it('changes no field of any key', async () => {
    const states = fc.constantFrom('active', 'revoked', undefined);
    const dates = fc.constantFrom('2026-03-01', '2026-03-02', '2026-09-01', undefined);
    const record = fc.record({
      key_id: fc.integer({ min: 1, max: 20 }).map((n) => `k${n}`),
      status: states,
      owner: fc.constantFrom('jane', 'JANE', '', undefined),
      date: dates,
      scopes: fc.constantFrom(['a'], ['a', 'b'], undefined),
    });
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(record, { minLength: 60, maxLength: 60 })
          .chain((rows) =>
            fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
          ),
        async ([rows, shuffled]) => {
          expect(await fieldsOf(shuffled, 3)).toEqual(await fieldsOf(rows, 2));
        },
      ),
      { numRuns: 2 },
    );
  });
});

type Row = { key_id: string; date?: string | undefined } & Pick<Partial<KeyRecord>, never> & object;

/** Fields of all keys, their sources aside, from rows spread over so many files. */
async function fieldsOf(rows: readonly Row[], files: number) {
  const evidence: { [file: string]: Evidence } = {};
  for (const [n, { date, ...row }] of rows.entries()) {
    const last_rotated = date === undefined ? null : day(date);
    const file = evidence[`${n % files}.csv`] ?? { keys: [] };
    file.keys?.push({ ...(row as Partial<KeyRecord>), last_rotated });
    evidence[`${n % files}.csv`] = file;
  }
  const dir = await workFolder();
  const store = await openStore(dir);
  const parts = await Promise.all(Object.entries(evidence).map(([file, one]) => partsOf(dir, file, one)));
  await store.load(parts.flat());
  await store.resolve(PLAN);
  const found = await store.query(
    'SELECT * EXCLUDE (ordinal, source, json, bucket) FROM keys ORDER BY key_id',
  );
  const open = await store.query('SELECT id, field, shown FROM contradicted ORDER BY ALL');
  await store.close();
  return { found, open: open.map((one) => JSON.stringify(one).toLowerCase()) };
}
