import type { Database } from '../duckdb/database.js';
import { quoteId } from '../duckdb/sql.js';
import type { InputFile, PopulationRow, RecordKind } from '../model/index.js';
import { columnNames, TABLES } from './columns.js';
import { isOpen } from './resolve/key-times.js';

/** Dates on which something will end or be due, not dates on which it happened. */
const FUTURE = ['expires', 'certification_expires', 'contract_expires', 'effective_from', 'next_review'];

/**
 * Returns the population of every kind that was supplied: a part of it was loaded, or a file states that it produced
 * it.
 */
export async function populationOf(
  database: Database,
  files: readonly InputFile[],
): Promise<PopulationRow[]> {
  const loaded = await database.rows('SELECT kind, file, records FROM supplied');
  const rows: PopulationRow[] = [];
  for (const kind of TABLES.keys()) {
    const parts = loaded.filter((part) => part['kind'] === kind);
    const paths = new Set([
      ...parts.map((part) => String(part['file'])),
      ...files.filter((file) => file.produced[kind] !== undefined).map((file) => file.path),
    ]);
    if (paths.size === 0) continue;
    rows.push({
      kind,
      files: paths.size,
      records: sum(parts.map((part) => Number(part['records']))),
      rejected: sum(files.filter((file) => paths.has(file.path)).map((file) => file.rejected)),
      ...(await distinctAndRange(database, kind)),
    });
  }
  return rows;
}

async function distinctAndRange(
  database: Database,
  kind: RecordKind,
): Promise<Pick<PopulationRow, 'distinct' | 'range'>> {
  const dates = columnNames(kind, 'instant')
    .filter((name) => !FUTURE.includes(name))
    .map((name) => momentOf(quoteId(name)));
  const bound = (pick: 'least' | 'greatest', all: 'min' | 'max') =>
    dates.length === 0 ? 'NULL' : `${all}(${pick}(${dates.join(', ')}))`;
  const [row] = await database.rows(
    `SELECT count(*) AS records, ${bound('least', 'min')} AS first, ${bound('greatest', 'max')} AS last
     FROM ${kind} ${kind === 'repositories' ? 'WHERE listed' : ''}`,
  );
  const first = row?.['first'];
  const last = row?.['last'];
  const range =
    typeof first === 'number' && typeof last === 'number' ? { firstMs: first, lastMs: last } : null;
  return { distinct: Number(row?.['records'] ?? 0), range };
}

/** Returns the moment of a date; of one that is known only to be no later than a moment, that one. */
function momentOf(instant: string): string {
  return `${instant}."ms" + CASE WHEN ${isOpen(instant)} THEN ${instant}."tolerance_ms" ELSE 0 END`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
