import { DuckDBInstance } from '@duckdb/node-api';
import {
  type Observation,
  type PopulationRow,
  type RecordKind,
  SCOPE_FACT_NAMES,
  SEVERITIES,
  SUBJECT_FACTS,
  type SubjectKind,
} from '../../src/model/index.js';
import type { Store } from '../../src/store/index.js';
import { kindsOf } from '../../src/store/kinds-behind.js';

/** One subject with the facts that are known of it. */
export type TestSubject = { kind: SubjectKind; id: string; [fact: string]: string | boolean };

const ELEMENTS =
  'STRUCT(element VARCHAR, outcome VARCHAR, severity VARCHAR, missing VARCHAR[], reasons VARCHAR[])[]';

/** The read side of a store, filled by hand. */
export type MemoryStore = Store & { run(sql: string): Promise<void> };

/** A store in memory with the two tables that an assessment reads; statements may fill them as well. */
export async function memoryStore(
  subjects: readonly TestSubject[],
  observations: readonly Observation[],
  supplied: readonly RecordKind[] = [],
): Promise<MemoryStore> {
  // A second thread costs more than it does for so few rows.
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const run = async (sql: string) => void (await connection.run(sql));
  const facts = Object.entries(SUBJECT_FACTS).map(
    ([name, values]) => `"${name}" ${typeof values[0] === 'boolean' ? 'BOOLEAN' : 'VARCHAR'}`,
  );
  const origins = SCOPE_FACT_NAMES.map((name) => `"${name}_by" VARCHAR`);
  await run(
    `CREATE TABLE stated (kind VARCHAR, id VARCHAR, owner VARCHAR, assumed VARCHAR[] DEFAULT [], ${[...facts, ...origins].join(', ')})`,
  );
  const names = Object.keys(SUBJECT_FACTS).map((name) => `"${name}"`);
  await run(
    `CREATE VIEW subjects AS SELECT *, (hash(assumed, ${names.join(', ')}) % 2147483647)::INTEGER AS fact_set FROM stated`,
  );
  await run(`CREATE VIEW fact_sets AS SELECT DISTINCT fact_set, assumed, ${names.join(', ')} FROM subjects`);
  await run(`CREATE TABLE observations (id VARCHAR, "ruleId" VARCHAR, kind VARCHAR, "subjectId" VARCHAR,
    outcome VARCHAR, severity VARCHAR, violations VARCHAR, missing VARCHAR[], reasons VARCHAR[], error VARCHAR,
    elements ${ELEMENTS}, waiver VARCHAR, first_seen VARCHAR, items VARCHAR)`);
  for (const subject of subjects) {
    const names = Object.keys(subject).map((name) => `"${name}"`);
    await run(
      `INSERT INTO stated (${names.join(', ')}) VALUES (${Object.values(subject).map(sql).join(', ')})`,
    );
  }
  const rows = observations.map((one) => {
    const values = [one.id, one.ruleId, one.subject.kind, one.subject.id, one.outcome, one.severity];
    const lists = `${list(one.missing)}, ${list(one.reasons)}`;
    return `(${values.map(sql).join(', ')}, ${sql(JSON.stringify(one.violations))}, ${lists}, ${sql(one.error)}, ${sql(JSON.stringify(one.elements))}::JSON::${ELEMENTS}, NULL, NULL, NULL)`;
  });
  if (rows.length > 0) await run(`INSERT INTO observations VALUES ${rows.join(', ')}`);
  return {
    run,
    query: async <T>(statement: string, params: readonly (string | number | boolean | null)[] = []) => {
      const reader = await connection.runAndReadAll(statement, [...params]);
      return reader.getRowObjectsJson().map(numbers) as T[];
    },
    joins: async () => [],
    population: async () => supplied.map(populationRow),
    kindsBehind: async () => kindsOf,
    comparePrevious: never,
    keepControls: async () => undefined,
    exportObservations: never,
    exportSubjects: never,
    close: async () => connection.closeSync(),
  };
}

function never(): never {
  throw new Error('an assessment only reads');
}

function sql(value: string | boolean | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'boolean' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

function list(values: readonly string[]): string {
  return `[${values.map(sql).join(', ')}]::VARCHAR[]`;
}

/** BIGINT arrives as text in this reading; the real store gives numbers. */
function numbers(row: { [column: string]: unknown }): { [column: string]: unknown } {
  const counts = [
    'count',
    'subjects',
    'record',
    'rule',
    'keys',
    'default',
    'unstated',
    'failed',
    'tested',
    'undecided',
    'checks',
    ...SEVERITIES,
  ].filter((name) => name in row);
  return { ...row, ...Object.fromEntries(counts.map((name) => [name, Number(row[name])])) };
}

function populationRow(kind: RecordKind): PopulationRow {
  return { kind, files: 1, records: 1, distinct: 1, rejected: 0, range: null };
}
