import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Observation, SubjectKind } from '../../src/model/index.js';
import { openStore, type Store, type StoreOptions } from '../../src/store/index.js';
import { storeOf, workFolder } from './evidence.js';

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
    ...rest,
  };
}

const FAILED: Partial<Observation> = {
  outcome: 'fail',
  severity: 'high',
  violations: [
    { message: 'too old, by "far"', facts: { days: 412 }, records: [source('row 2'), source('row 3')] },
    { message: 'second', facts: {}, records: [source('row 2')] },
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
    violations: [{ message: '=HYPERLINK("x")', facts: {}, records: [] }],
  }),
  observation('05', 'a-rule', ['incident', 'i'], { outcome: 'error', error: 'too slow' }),
  observation('06', 'a-rule', ['route', 'r'], { outcome: 'not-applicable', reasons: ['internal'] }),
];

async function withObservations(
  observations: readonly Observation[],
  options: StoreOptions = {},
): Promise<Store> {
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
  async function exported(store: Store): Promise<string> {
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
      violations: 0,
      violations_json: '[]',
      missing: 'key.owner; key.purpose',
      reasons: '',
      error: null,
    });
    expect(JSON.parse(String(rows[2]?.['violations_json']))).toEqual(FAILED.violations);
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

describe('findings.csv', () => {
  const texts = {
    'a-rule': { title: '@Title', controls: 'PCI DSS 3.6.1; SOC 2 CC6.1', remediation: 'Rotate,\nthen tell.' },
  };

  async function exported(store: Store): Promise<string> {
    const path = join(await workFolder(), 'findings.csv');
    await store.exportFindings(path, texts);
    return await readFile(path, 'utf8');
  }

  it('lists every failed observation, worst first, with the first record and no formula', async () => {
    const csv = await exported(await withObservations(OBSERVATIONS));
    expect(csv.split('\r\n')[0]).toBe(
      'finding_id,rule_id,title,severity,subject_kind,subject_id,environment,message,source_file,source_record,source_sha256,records,controls,remediation',
    );
    expect(parse(csv, { columns: true, record_delimiter: '\r\n' })).toEqual([
      {
        finding_id: '04',
        rule_id: 'c-rule',
        title: '',
        severity: 'critical',
        subject_kind: 'vendor',
        subject_id: 'V-1',
        environment: '',
        message: `'=HYPERLINK("x")`,
        source_file: '',
        source_record: '',
        source_sha256: '',
        records: '0',
        controls: '',
        remediation: '',
      },
      {
        finding_id: '02',
        rule_id: 'a-rule',
        title: `'@Title`,
        severity: 'high',
        subject_kind: 'key',
        subject_id: 'k1',
        environment: 'production',
        message: 'too old, by "far"; second',
        source_file: 'exports/keys.csv',
        source_record: 'row 2',
        source_sha256: 'cd'.repeat(32),
        records: '2',
        controls: 'PCI DSS 3.6.1; SOC 2 CC6.1',
        remediation: 'Rotate,\nthen tell.',
      },
    ]);
  });

  it('is a header where nothing failed', async () => {
    expect((await exported(await withObservations([]))).split('\r\n')).toHaveLength(2);
  });

  it.each(['=1', '+1', '-1', '@a', '\tx', '\rx'])('guards a cell that begins like %j', async (subjectId) => {
    const csv = await exported(
      await withObservations([observation('x', 'a-rule', ['key', subjectId], FAILED)]),
    );
    expect(parse(csv, { columns: true, record_delimiter: '\r\n' })).toMatchObject([
      { subject_id: `'${subjectId}` },
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
