import type { Database } from '../../duckdb/database.js';
import { emptyTable, quoteId, quotePath, quoteText, quoteTexts } from '../../duckdb/sql.js';
import type { Instant, RecordKind, RecordPart } from '../../model/index.js';
import { compareText } from '../../text/compare-text.js';
import { columnsOf, columnTypes, SQL_TYPES, TABLES } from '../columns.js';
import { spelled } from '../terms/key-spelling.js';

/**
 * Creates one `raw_<kind>` table a record kind and fills it from the parts, files in the order of their paths, so
 * that row ids do not depend on which worker finished first. Table `supplied` keeps what was given at all.
 * @throws Error naming the input file whose records cannot be loaded.
 */
export async function loadParts(database: Database, parts: readonly RecordPart[]): Promise<void> {
  const ordered = [...parts].sort((a, b) => compareText(a.file, b.file) || compareText(a.path, b.path));
  await database.run('BEGIN', ...createTables(), ...recordSupplied(ordered));
  for (const part of ordered) if (part.count > 0) await loadPart(database, part);
  await database.run('COMMIT');
  await database.checkpoint();
}

function createTables(): string[] {
  return [...TABLES.keys()].map((kind) => emptyTable(`raw_${kind}`, columnTypes(kind)));
}

function recordSupplied(parts: readonly RecordPart[]): string[] {
  const rows = parts.map(
    (part) =>
      `(${quoteText(part.kind)}, ${quoteText(part.file)}, ${Number(part.count)}, ${takenOf(part.taken ?? null)}, ${quoteTexts(part.constants ?? [])}::VARCHAR[])`,
  );
  const create = `CREATE TABLE supplied (kind VARCHAR, file VARCHAR, records BIGINT, taken ${SQL_TYPES.instant}, constants VARCHAR[])`;
  return rows.length === 0 ? [create] : [create, `INSERT INTO supplied VALUES ${rows.join(', ')}`];
}

function takenOf(taken: Instant | null): string {
  if (taken?.state !== 'known') return 'NULL';
  return `{'state': 'known', 'ms': ${Number(taken.ms)}, 'tolerance_ms': ${Number(taken.tolerance_ms)}, 'day': NULL}`;
}

async function loadPart(database: Database, part: RecordPart): Promise<void> {
  try {
    await database.run(insertPart(part));
  } catch (cause) {
    throw new Error(`The ${part.kind} read from ${part.file} cannot be loaded.`, { cause });
  }
}

function insertPart(part: RecordPart): string {
  const columns = columnsOf(part.kind);
  const selected = columns.map((column) => (column.kind === 'source' ? sourceOf(part) : spelled(column)));
  return `INSERT INTO raw_${part.kind} SELECT ${selected.join(', ')} FROM read_json(${quotePath(part.path)},
    format = 'newline_delimited', auto_detect = false, columns = ${structOfTypes(part.kind)})`;
}

function sourceOf(part: RecordPart): string {
  const file = `coalesce("source"."file", ${quoteText(part.file)})`;
  return `{'file': ${file}, 'record': "source"."record", 'sha256': ${quoteText(part.sha256)}}`;
}

function structOfTypes(kind: RecordKind): string {
  const types = Object.entries(columnTypes(kind));
  return `{${types.map(([name, type]) => `${quoteId(name)}: ${quoteText(type)}`).join(', ')}}`;
}
