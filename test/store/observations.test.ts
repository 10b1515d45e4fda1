import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Instant, KeyLife, Observation, RotationRecord, SubjectKind } from '../../src/model/index.js';
import { openCore } from '../../src/pack/index.js';
import { type EvidenceStore, openStore, type StoreOptions } from '../../src/store/index.js';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { at, day, dossierOf, PLAN, storeOf, workFolder } from './evidence.js';

const source = (record: string) => ({ file: 'exports/keys.csv', record, sha256: 'cd'.repeat(32) });

function observation(
  id: string,
  ruleId: string,
  subject: [SubjectKind, string],
  rest: Partial<Observation> = {},
): Observation {
  const [kind, subjectId] = subject;
  return {
    id,
    ruleId,
    subject: { kind, id: subjectId },
    outcome: 'pass',
    severity: null,
    violations: [],
    missing: [],
    reasons: [],
    error: null,
    elements: [],
    ...rest,
  };
}

const FAILED: Partial<Observation> = {
  outcome: 'fail',
  severity: 'high',
  violations: [
    {
      element: 'a-rule',
      message: 'too old, by "far"',
      facts: { days: 412 },
      records: [source('row 2'), source('row 3')],
    },
    { element: 'a-rule', message: 'second', facts: {}, records: [source('row 2')] },
  ],
};

const OBSERVATIONS: Observation[] = [
  observation('01', 'b-rule', ['key', 'k2']),
  observation('02', 'a-rule', ['key', 'k1'], FAILED),
  observation('03', 'a-rule', ['key', 'k0'], {
    outcome: 'no-evidence',
    missing: ['key.owner', 'key.purpose'],
  }),
  observation('04', 'c-rule', ['vendor', 'V-1'], {
    ...FAILED,
    severity: 'critical',
    violations: [{ element: 'c-rule', message: '=HYPERLINK("x")', facts: {}, records: [] }],
  }),
  observation('05', 'a-rule', ['incident', 'i'], { outcome: 'error', error: 'too slow' }),
  observation('06', 'a-rule', ['route', 'r'], { outcome: 'not-applicable', reasons: ['internal'] }),
];

async function withObservations(
  observations: readonly Observation[],
  options: StoreOptions = {},
): Promise<EvidenceStore> {
  const dir = await workFolder();
  const paths = await Promise.all(
    [observations.slice(0, 3), observations.slice(3)].map(async (part, n) => {
      const path = join(dir, `o[${n}]*.ndjson`);
      await writeFile(path, part.map((line) => `${JSON.stringify(line)}\n`).join(''));
      return path;
    }),
  );
  const store = await storeOf(
    { 'keys.csv': { keys: [{ key_id: 'k1', environment: 'production' }] } },
    {},
    options,
  );
  await store.loadObservations(paths);
  return store;
}

describeUnlessProved('observations of an audit', import.meta.url, STORE_FILES, () => {
  describe('observations', () => {
    it('are counted by queries with bound values', async () => {
      const store = await withObservations(OBSERVATIONS);
      const rows = await store.query(
        'SELECT "ruleId", count(*) AS n, max(len(missing)) AS missing FROM observations WHERE "ruleId" = ? GROUP BY ALL',
        ['a-rule'],
      );
      expect(rows).toEqual([{ ruleId: 'a-rule', n: 4, missing: 2 }]);
    });

    it('come back as plain values', async () => {
      const store = await withObservations([]);
      expect(
        await store.query(`SELECT 9007199254740991 AS safe, 9007199254740993 AS unsafe, [1::BIGINT] AS list,
        {'a': 2::BIGINT, 'b': NULL} AS struct, 1.5::DOUBLE AS double, sum(n) AS hugeint FROM range(3) r(n)`),
      ).toEqual([
        {
          safe: Number.MAX_SAFE_INTEGER,
          unsafe: 9007199254740993n,
          list: [1],
          struct: { a: 2, b: null },
          double: 1.5,
          hugeint: 3,
        },
      ]);
    });

    it('load nothing from no file', async () => {
      const store = await storeOf({});
      await store.loadObservations([]);
      expect(await store.query('SELECT count(*) AS n FROM observations')).toEqual([{ n: 0 }]);
    });
  });

  describe('observations.parquet', () => {
    async function exported(store: EvidenceStore): Promise<string> {
      const path = join(await workFolder(), 'observations.parquet');
      await store.exportObservations(path);
      return path;
    }

    it('has one flat row an observation, sorted by rule, kind and subject', async () => {
      const file = await asyncBufferFromFile(await exported(await withObservations(OBSERVATIONS)));
      const rows = await parquetReadObjects({ file });
      expect(rows.map((row) => row['id'])).toEqual(['05', '03', '02', '06', '01', '04']);
      expect(rows[1]).toEqual({
        id: '03',
        rule_id: 'a-rule',
        subject_kind: 'key',
        subject_id: 'k0',
        outcome: 'no-evidence',
        severity: null,
        violations: [],
        missing: ['key.owner', 'key.purpose'],
        reasons: [],
        error: null,
        elements: [],
        controls: [],
        waiver: null,
        first_seen: null,
      });
      expect(rows[2]?.['violations']).toEqual([
        {
          element: 'a-rule',
          message: 'too old, by "far"',
          severity: null,
          facts: '{"days":412}',
          records: [source('row 2'), source('row 3')],
        },
        { element: 'a-rule', message: 'second', severity: null, facts: '{}', records: [source('row 2')] },
      ]);
    });

    it('is readable when there is nothing in it', async () => {
      const file = await asyncBufferFromFile(await exported(await withObservations([])));
      expect(Number((await parquetMetadataAsync(file)).num_rows)).toBe(0);
    });

    it('has the same bytes whatever the order of arrival and the number of threads', async () => {
      const many = Array.from({ length: 130_000 }, (_, n) =>
        observation(
          String(n).padStart(16, '0'),
          `rule-${n % 7}`,
          ['key', `k${n % 1000}`],
          n % 3 === 0 ? FAILED : {},
        ),
      );
      const one = await exported(await withObservations(many, { threads: 1 }));
      const other = await exported(await withObservations([...many].reverse(), { threads: 4 }));
      expect((await readFile(other)).equals(await readFile(one))).toBe(true);
    });
  });

  describe('subjects.parquet', () => {
    it('has every subject with what it is called, whose it is, its state, its facts and its record', async () => {
      const facts = { pci_scope: 'cde', icfr_relevant: true, customer_credential: false } as const;
      const store = await storeOf(
        {
          'exports/keys.csv': {
            keys: [
              {
                key_id: 'k2',
                name: 'card-processor',
                owner: 'payments; cards',
                status: 'active',
                environment: 'production',
                ...facts,
              },
              { key_id: 'k1' },
            ],
            routes: [{ route_id: '/pay', environment: 'sandbox' }],
          },
        },
        { applicability: { personal_data: true } },
      );
      const path = join(await workFolder(), 'subjects.parquet');
      await store.exportSubjects(path);
      const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) });
      const unknown = {
        evidence: [],
        label: null,
        owner: null,
        status: null,
        pci_scope: null,
        icfr_relevant: null,
        personal_data: true,
        carries_pan: null,
        protects_stored_account_data: null,
        tpp_aspsp_interface: null,
        customer_credential: null,
        critical_or_important_function: null,
        environment: null,
        account_kind: null,
        interactive_login_capable: null,
        external: null,
        scope: [{ fact: 'personal_data', by: 'default', key: null, rule: null }],
        life: undefined,
      };
      const bare = {
        store: null,
        storage: null,
        tier: null,
        created: undefined,
        rotated: undefined,
        used: undefined,
        expires: undefined,
        revoked: undefined,
        rotations: [],
        exposures: [],
        access: undefined,
        accessTotal: 0,
      };
      const from = (record: string) => ({ file: 'exports/keys.csv', record, sha256: 'ab'.repeat(32) });
      expect(rows).toEqual([
        { ...unknown, kind: 'key', id: 'k1', life: bare, source: from('row 3') },
        {
          ...unknown,
          ...facts,
          kind: 'key',
          id: 'k2',
          life: bare,
          label: 'card-processor',
          owner: 'payments; cards',
          status: 'active',
          environment: 'production',
          scope: [
            { fact: 'pci_scope', by: 'record', key: null, rule: null },
            { fact: 'icfr_relevant', by: 'record', key: null, rule: null },
            { fact: 'personal_data', by: 'default', key: null, rule: null },
            { fact: 'customer_credential', by: 'record', key: null, rule: null },
          ],
          source: from('row 2'),
        },
        { ...unknown, kind: 'organisation', id: PLAN.organisation, source: undefined },
        { ...unknown, kind: 'route', id: '/pay', environment: 'sandbox', source: from('row 2') },
      ]);
    });
  });

  it('has room for the evidence of many subjects in little memory', async () => {
    const keys = Array.from({ length: 8000 }, (_, n) => ({ key_id: `k${n}`, name: `key ${n}` }));
    const store = await storeOf({ 'keys.csv': { keys } }, {}, { inMemory: false, memoryLimitMb: 150 });
    const dir = await workFolder();
    await store.keepEvidenceHashes(await store.writeBuckets(await workFolder('buckets-'), PLAN));
    await store.exportSubjects(join(dir, 'subjects.parquet'));
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(join(dir, 'subjects.parquet')) });
    const evidence = rows
      .filter(({ kind }) => kind === 'key')
      .map((row) => row['evidence'] as { member: string }[]);
    expect(evidence).toHaveLength(8000);
    const members = evidence[0]?.map(({ member }) => member) ?? [];
    expect(members).toContain('rotations');
    expect(members).toEqual([...members].sort());
  });

  it('has room for keys on which hundreds have rights', async () => {
    const ids = Array.from({ length: 60 }, (_, n) => `k${n}`);
    const role = 'a role with a name as long as those that directories of groups export '.repeat(5);
    const grants = ids.flatMap((key_id) =>
      Array.from({ length: 250 }, (_, n) => ({
        grant_id: `${key_id}-${n}`,
        principal_id: `p${n}`,
        key_id,
        role,
      })),
    );
    const evidence = { 'keys.csv': { keys: ids.map((key_id) => ({ key_id })) }, 'grants.csv': { grants } };
    const store = await storeOf(evidence, {}, { inMemory: false, memoryLimitMb: 200 });
    await store.keepEvidenceHashes(await store.writeBuckets(await workFolder('buckets-'), PLAN));
    const file = join(await workFolder(), 'subjects.parquet');
    await store.exportSubjects(file);
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
    const hashed = rows.filter(({ kind, evidence: of }) => kind === 'key' && (of as unknown[]).length > 0);
    expect(hashed).toHaveLength(60);
  });

  it('has room for a key whose log never ends, and keeps the first different values in their order', async () => {
    const scopes = (n: number) => [
      `scope-${String(n % 7)}`,
      `scope of application ${n % 400} and of what it calls`,
    ];
    const events = Array.from({ length: 200_000 }, (_, n) => ({
      key_id: 'k1',
      event_id: `e${n}`,
      at: at('2026-09-01T00:00:00Z'),
      category: 'use' as const,
      actor: `service-${String(n % 60).padStart(2, '0')}@northbridge.example`,
      source_ip: `10.1.${n % 250}.${n % 200}`,
      workload: `workload that settles payments ${n % 3}`,
      scopes: scopes(n),
    }));
    const evidence = { 'keys.csv': { keys: [{ key_id: 'k1' }] }, 'log.ndjson': { events } };
    const store = await storeOf(evidence, {}, { inMemory: false, memoryLimitMb: 130 });
    const { events: log } = await dossierOf(store, 'key', 'k1');
    expect(log).toMatchObject({
      total: 200_000,
      workloads: [0, 1, 2].map((n) => `workload that settles payments ${n}`),
    });
    const actors = Array.from(
      { length: 50 },
      (_, n) => `service-${String(n).padStart(2, '0')}@northbridge.example`,
    );
    expect(log?.actors).toEqual(actors);
    expect(log?.source_ips).toHaveLength(250);
    expect(log?.scopes_used).toEqual(
      [...new Set(Array.from({ length: 2_800 }, (_, n) => scopes(n)).flat())].sort().slice(0, 250),
    );
  });

  describe('the life of a key', () => {
    const NEVER: Instant = { state: 'never', ms: null, tolerance_ms: 0 };
    const step = (name: RotationRecord['step'], iso: string, rotation: string | null) => ({
      key_id: 'k1',
      rotation_id: rotation,
      step: name,
      at: at(iso),
      status: 'success' as const,
    });
    const leak = (key: string, iso: string | null, repository: string) => ({
      key_id: key,
      repository_id: repository,
      path: `src/${key}.ts`,
      kind: 'secret' as const,
      first_seen: iso === null ? null : at(iso),
    });

    it('has its dates, its rotations once each, and every dated place where its secret was found', async () => {
      const store = await storeOf({
        'keys.csv': {
          keys: [
            {
              key_id: 'k1',
              store: 'aws-sm',
              storage: 'secrets-manager',
              risk_tier: 'high',
              created: day('2025-01-01'),
              last_rotated: at('2025-06-01T00:00:00Z'),
              expires: NEVER,
            },
            { key_id: 'k2', last_rotated: at('2026-02-02T00:00:00Z') },
          ],
          rotations: [
            step('deployed', '2026-02-01T10:00:00Z', 'first'),
            step('verified', '2026-02-01T11:00:00Z', 'first'),
            step('rotated', '2026-05-01T10:00:00Z', null),
          ],
          secret_findings: [
            leak('k1', '2026-06-01T00:00:00Z', 'payments'),
            leak('k1', '2026-01-01T00:00:00Z', 'payments'),
            leak('k1', null, 'payments'),
            leak('k2', '2026-01-01T00:00:00Z', 'cards'),
          ],
        },
      });
      const dir = await workFolder();
      await store.exportSubjects(join(dir, 'subjects.parquet'));
      await writeFile(join(dir, 'assessment.json'), '{}');
      const core = await openCore(dir);
      onTestFinished(() => core.close());
      const lives: (KeyLife | null)[] = [];
      for await (const { life } of core.subjects({ kind: 'key' })) lives.push(life);
      const rotated = Date.parse('2026-05-01T10:00:00Z');
      expect(lives).toEqual([
        {
          store: 'aws-sm',
          storage: 'secrets-manager',
          tier: 'high',
          created: day('2025-01-01'),
          rotated: at('2026-05-01T10:00:00Z'),
          used: null,
          expires: NEVER,
          revoked: null,
          rotations: [rotated, Date.parse('2026-02-01T11:00:00Z')],
          exposures: [
            {
              from: Date.parse('2026-01-01T00:00:00Z'),
              replaced: Date.parse('2026-02-01T10:00:00Z'),
              place: 'payments',
            },
            { from: Date.parse('2026-06-01T00:00:00Z'), replaced: null, place: 'payments' },
          ],
          access: null,
          accessTotal: 0,
        },
        expect.objectContaining({
          rotations: [],
          exposures: [
            {
              from: Date.parse('2026-01-01T00:00:00Z'),
              replaced: Date.parse('2026-02-02T00:00:00Z'),
              place: 'cards',
            },
          ],
        }),
      ]);
    });
  });

  describe('a store', () => {
    it('opens in an empty folder and leaves it empty', async () => {
      const { readdir } = await import('node:fs/promises');
      const dir = await workFolder();
      const store = await openStore(dir);
      onTestFinished(() => store.close());
      await store.load([]);
      expect(await readdir(dir)).toHaveLength(1);
      await store.close();
      expect(await readdir(dir)).toEqual([]);
    });
  });
});
