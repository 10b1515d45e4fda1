import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWorkFolder } from '../assets/work-folder.js';
import { type Database, openDatabase } from '../duckdb/database.js';
import { quoteId, quotePath, quoteText } from '../duckdb/sql.js';
import {
  type Assessment,
  type CorePack,
  EXIT,
  type JudgedObservation,
  KeyproofError,
  type Manifest,
  type Pack,
  SEVERITIES,
  type Severity,
  type Subject,
  type SubjectOutcome,
} from '../model/index.js';
import { CORE } from './core.js';
import { readManifest, sha256OfFile } from './manifest.js';
import { observationOf, subjectOf, subjectOutcomeOf } from './rows.js';

/**
 * Opens an evidence pack. Its core is compared with the manifest first, so that a changed pack is not read.
 * @throws KeyproofError if the folder is no pack, is of a version that this keyproof does not read, or its core is incomplete
 * or was changed.
 */
export async function openPack(dir: string): Promise<Pack> {
  const manifest = readManifest(dir);
  if (manifest.redacted)
    throw new KeyproofError(
      `${dir}: holds reports without names of people and no core that could be read again; name the pack that they were made of.`,
    );
  for (const file of Object.values(CORE)) await checkCore(dir, file, manifest);
  return { ...(await openCore(dir)), manifest };
}

async function checkCore(dir: string, file: string, { outputs }: Manifest): Promise<void> {
  const path = join(dir, file);
  const expected = outputs.find((output) => output.path === file);
  if (!existsSync(path) || expected === undefined)
    throw new KeyproofError(
      `${path}: is missing; take the pack from where it is kept, or audit again.`,
      EXIT.verification,
    );
  if ((await sha256OfFile(path)) !== expected.sha256)
    throw new KeyproofError(
      `${path}: was changed after the pack was written; take the pack from where it is kept, or audit again.`,
      EXIT.verification,
    );
}

/** Opens the core pack in a folder that is being filled and has no manifest yet. */
export async function openCore(dir: string): Promise<CorePack> {
  const tables = lazyTables();
  return {
    assessment: JSON.parse(await readFile(join(dir, CORE.assessment), 'utf8')) as Assessment,
    observations: (
      { id, ruleId, outcome, severity } = {},
      order = 'by-rule',
    ): AsyncIterable<JudgedObservation> => {
      const severities = order === 'by-rule' || severity !== undefined ? [severity] : WORST_FIRST;
      const file = join(dir, CORE.observations);
      return tables.read(
        severities.map((one) => selectFrom(file, { id, rule_id: ruleId, outcome, severity: one })),
        observationOf,
      );
    },
    outcomes: (kind): AsyncIterable<SubjectOutcome> => {
      const from = selectFrom(join(dir, CORE.observations), { subject_kind: kind }, OUTCOME_COLUMNS);
      return tables.read([from], subjectOutcomeOf);
    },
    subjects: ({ kind, id } = {}): AsyncIterable<Subject> =>
      tables.read([selectFrom(join(dir, CORE.subjects), { kind, id }, SUBJECT_COLUMNS)], subjectOf),
    close: tables.close,
  };
}

type Row = { [column: string]: unknown };
/** Values that columns are to have: null asks for none, undefined for any. */
type Wanted = { [column: string]: string | null | undefined };

/** Returns a database that is opened when a table is first read; most readers need only the assessment. */
function lazyTables() {
  let opened: Promise<{ database: Database; workDir: string }> | undefined;
  return {
    async *read<T>(selects: readonly string[], of: (row: Row) => T): AsyncGenerator<T> {
      opened ??= openTables();
      const { database } = await opened;
      for (const select of selects)
        for await (const rows of database.streamJson(select)) yield* rows.map((row) => of(row as Row));
    },
    async close(): Promise<void> {
      if (opened === undefined) return;
      const { database, workDir } = await opened;
      await database.close();
      await rm(workDir, { recursive: true, force: true });
    },
  };
}

async function openTables(): Promise<{ database: Database; workDir: string }> {
  const workDir = await makeWorkFolder();
  return { database: await openDatabase(workDir, { inMemory: true }), workDir };
}

/**
 * Severities by which observations are read one after the other if the worst are asked for first. The file is sorted by rule and
 * subject and DuckDB keeps that order, so that nothing is sorted in memory.
 */
const WORST_FIRST: readonly (Severity | null)[] = [...SEVERITIES, null];

const OUTCOME_COLUMNS = 'rule_id, subject_id, outcome';

/** All but the hashes of what each subject was judged by: only two packs are compared by them, and they are most of a row. */
const SUBJECT_COLUMNS = `COLUMNS(name -> name <> 'evidence')`;

function selectFrom(path: string, wanted: Wanted, columns = '*'): string {
  const conditions = Object.entries(wanted).flatMap(([column, value]) =>
    value === undefined ? [] : [`${quoteId(column)} ${value === null ? 'IS NULL' : `= ${quoteText(value)}`}`],
  );
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `SELECT to_json(t) FROM (SELECT ${columns} FROM read_parquet(${quotePath(path)})${where}) t`;
}
