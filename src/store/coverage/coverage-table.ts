import type { Database } from '../../duckdb/database.js';
import { quoteId, quoteText } from '../../duckdb/sql.js';
import { type RecordKind, SUBJECT_TABLES, type SubjectKind, TABLED_SUBJECTS } from '../../model/index.js';
import type { CoverageJudge } from './coverage-judge.js';
import type { Scope } from './scope.js';

/** Name of the table: why nothing may be concluded from silence, by the place of a subject. */
export const COVERAGE_TABLE = 'not_covered';

/** Columns that tell the place of a subject. */
export const PLACE_COLUMNS = ['file', 'system', 'account'] as const;

/** The columns of one kind: `silent` if no record names the subject, `named` if one does; NULL if covered; `lost`: only what is known to be missing. */
export type Named = 'silent' | 'named' | 'lost';

/** Returns the name of a column. */
export function coverageColumn(kind: RecordKind, named: Named): string {
  return `${kind}_${named}`;
}

/** Returns the name of the column of the moment from which logs of a kind cover all time up to the as-of date. */
export function sinceColumn(kind: RecordKind): string {
  return `${kind}_since`;
}

/** Account and Region of an AWS resource name; IAM has no Region and logs in us-east-1. */
const ARN = String.raw`^arn:[^:]*:[^:]*:([^:]*):(\d{12}):`;

/** Name of a vault of Azure in the address of its item. */
const AZURE_VAULT = String.raw`^https://([a-z0-9-]+)\.(?:vault|managedhsm)\.`;

/** Project of a Google resource name. */
const GOOGLE_PROJECT = '^projects/([^/]+)/';

/**
 * Returns expressions of the place of a subject, over its row. Its system is the store of a key, or the repository itself;
 * a subject of another kind has none but that of its file.
 */
export function placeOf(
  subject: SubjectKind,
  row: string,
): { readonly [C in (typeof PLACE_COLUMNS)[number]]: string } {
  const file = `coalesce(${row}.source.file, '')`;
  if (subject === 'repository') return { file, system: namesOf(row), account: `''` };
  if (subject !== 'key') return { file, system: `''`, account: `''` };
  return { file, system: systemOf(row), account: accountOf(`${row}.key_id`) };
}

/** Returns the system of a key, lower case; an id of a gateway's key names its own. */
function systemOf(row: string): string {
  return `CASE WHEN coalesce(${row}.store, '') = '' AND starts_with(${row}.key_id, 'kong:') THEN 'kong' ELSE lower(coalesce(${row}.store, '')) END`;
}

/** Returns the account that the id of a key names: of AWS with the Region, a vault of Azure, a project of Google; '' if none. */
function accountOf(id: string): string {
  const part = (pattern: string, group: number) => `regexp_extract(${id}, ${quoteText(pattern)}, ${group})`;
  return `CASE WHEN ${part(ARN, 2)} <> '' THEN concat(${part(ARN, 2)}, '/', coalesce(nullif(${part(ARN, 1)}, ''), 'us-east-1'))
    ELSE coalesce(nullif(${part(AZURE_VAULT, 1)}, ''), ${part(GOOGLE_PROJECT, 1)}) END`;
}

/** A report names its repository as it likes: its id and other names, one a line. */
function namesOf(row: string): string {
  return `array_to_string(list_transform([${row}.repository_id] || coalesce(${row}.aliases, []), lambda name: lower(name)), chr(10))`;
}

/**
 * Creates the table. Subjects of one file, system and account have one row: its texts are lists of JSON texts separated
 * by commas.
 * @param kinds kinds of record that dossiers of a kind of subject are silent about
 */
export async function createCoverageTable(
  database: Database,
  judge: CoverageJudge,
  kinds: (subject: SubjectKind) => readonly RecordKind[],
): Promise<void> {
  const all = [...new Set(TABLED_SUBJECTS.flatMap(({ kind }) => kinds(kind)))];
  const columns = [
    'subject',
    ...PLACE_COLUMNS,
    ...all.flatMap((kind) => NAMED.map((named) => coverageColumn(kind, named))),
    ...all.map(sinceColumn),
  ];
  await database.run(
    `CREATE OR REPLACE TABLE ${COVERAGE_TABLE} (${columns.map((name) => `${quoteId(name)} VARCHAR`).join(', ')})`,
  );
  for (const { kind: subject } of TABLED_SUBJECTS) {
    if (kinds(subject).length === 0) continue;
    const rows = (await placesOf(database, subject)).map((place) =>
      rowOf({ subject, kinds: kinds(subject) }, place, all, judge),
    );
    if (rows.length > 0) await database.run(`INSERT INTO ${COVERAGE_TABLE} VALUES ${rows.join(', ')}`);
  }
}

const NAMED: readonly Named[] = ['silent', 'named', 'lost'];

type PlaceRow = { readonly [C in (typeof PLACE_COLUMNS)[number]]: string };

async function placesOf(database: Database, subject: SubjectKind): Promise<PlaceRow[]> {
  const own = SUBJECT_TABLES[subject];
  if (own === null) return [];
  const place = placeOf(subject, 's');
  const rows = await database.rows(
    `SELECT DISTINCT ${PLACE_COLUMNS.map((name) => `${place[name]} AS ${name}`).join(', ')} FROM ${own.table} s`,
  );
  return rows.map((row) => ({
    file: String(row['file']),
    system: String(row['system']),
    account: String(row['account']),
  }));
}

function rowOf(
  { subject, kinds }: { subject: SubjectKind; kinds: readonly RecordKind[] },
  place: PlaceRow,
  all: readonly RecordKind[],
  judge: CoverageJudge,
): string {
  const scope = scopeOf(subject, place, judge);
  const texts = all.flatMap((kind) =>
    NAMED.map((named) =>
      kinds.includes(kind) ? sentencesText(sentencesOf(judge, kind, scope, named)) : 'NULL',
    ),
  );
  const since = all.map((kind) =>
    kinds.includes(kind) ? numberText(judge.coveredFrom(kind, scope)) : 'NULL',
  );
  return `(${[subject, place.file, place.system, place.account].map(quoteText).join(', ')}, ${[...texts, ...since].join(', ')})`;
}

function sentencesOf(judge: CoverageJudge, kind: RecordKind, scope: Scope, named: Named): string[] {
  return named === 'lost' ? judge.gaps(kind, scope) : judge.ofSubject(kind, scope, named === 'named');
}

/** What a record states of its system and account stands before what its file states. */
function scopeOf(subject: SubjectKind, place: PlaceRow, judge: CoverageJudge): Scope {
  const own = SUBJECT_TABLES[subject];
  const ofFile = own === null ? { systems: [], accounts: [] } : judge.scopeOf(own.table, place.file);
  return {
    systems: place.system === '' ? ofFile.systems : place.system.split('\n'),
    accounts: place.account === '' ? ofFile.accounts : [place.account],
  };
}

function numberText(value: number | null): string {
  return value === null ? 'NULL' : String(value);
}

/** Returns sentences as SQL: JSON texts separated by commas, NULL if there are none. */
export function sentencesText(sentences: readonly string[]): string {
  if (sentences.length === 0) return 'NULL';
  return quoteText(sentences.map((sentence) => JSON.stringify(sentence)).join(','));
}
