import { parse } from 'csv-parse';
import { UnreadableError } from '../unreadable-error.js';
import type { CsvDialect } from './csv-dialect.js';
import type { ReadEvent, ReadEvents } from './read-event.js';

/** Characters parsed at a time: rows that live longer than they need cost more than all parsing. */
const PIECE = 16 * 1024;
const MAX_ROW = 4 * 1024 * 1024;

/**
 * Rows of a CSV file as records of column name -> cell. Locators are `row N` as a spreadsheet numbers them: the header
 * is row 1, an empty line is a row, a cell with line breaks in quotes stays in its row, a `sep=;` line is none.
 * @throws UnreadableError if a quoted cell is never closed; rows before it were given
 */
export async function* readCsv(chunks: AsyncIterable<string>, dialect: CsvDialect): ReadEvents {
  const parser = parse({
    delimiter: dialect.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_ROW,
  });
  parser.on('error', () => undefined);
  yield headerWarnings(dialect.header);
  let row = 0;
  const step = async (parse: (done: Done) => void): Promise<[ReadEvent[], Error | null]> => {
    const parsed = new Promise<Error | null>((resolve) => parse((error) => resolve(error ?? null)));
    const events: ReadEvent[] = [];
    for (let cells = parser.read(); cells !== null; cells = parser.read()) {
      row += 1;
      if (row > 1) events.push(...readRow(cells, row, dialect.header));
    }
    return [events, await parsed];
  };
  for await (const chunk of fromLine(chunks, dialect.firstLine)) {
    const [events, error] = await step((done) => parser.write(chunk, done));
    yield events;
    if (error) throw broken(error, row);
  }
  const [events, error] = await step((done) => parser.end(done));
  yield events;
  if (error) throw broken(error, row);
}

type Done = (error?: Error | null) => void;

/** Text from a line on, in pieces; lines are counted from 1. */
async function* fromLine(chunks: AsyncIterable<string>, line: number): AsyncGenerator<string> {
  let left = line - 1;
  for await (const chunk of chunks) {
    let at = 0;
    while (left > 0 && at < chunk.length) {
      const end = chunk.indexOf('\n', at);
      at = end === -1 ? chunk.length : end + 1;
      if (end !== -1) left -= 1;
    }
    for (; at < chunk.length; at += PIECE) yield chunk.slice(at, at + PIECE);
  }
}

function readRow(cells: string[], row: number, header: readonly string[]): ReadEvent[] {
  if (cells.every((cell) => cell.trim() === '')) return [];
  const reason = damage(cells, header.length);
  if (reason) return [{ type: 'malformed', record: `row ${row}`, reason }];
  const value: Record<string, unknown> = {};
  for (const [index, name] of header.entries()) {
    if (name !== '' && !Object.hasOwn(value, name)) value[name] = cells[index] ?? '';
  }
  return [{ type: 'record', raw: { record: `row ${row}`, list: '', value } }];
}

function damage(cells: readonly string[], columns: number): string | null {
  const open = cells.find((cell) => cell.startsWith('"') && cell.includes('\n'));
  const lines = open?.split('\n').length ?? 1;
  if (open !== undefined)
    return `a quote is not closed: the cell runs over ${lines} lines; close the quote and audit again`;
  const extra = cells.slice(columns).some((cell) => cell.trim() !== '');
  if (cells.length >= columns && !extra) return null;
  return `the row has ${cells.length} cells, the header has ${columns}`;
}

function headerWarnings(header: readonly string[]): ReadEvent[] {
  const twice = header.filter((name, index) => name !== '' && header.indexOf(name) !== index);
  return [...new Set(twice)].map((name) => ({
    type: 'warning',
    sentence: `column "${name}" is there more than once; the first one is read`,
  }));
}

function broken(error: unknown, row: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'CSV_QUOTE_NOT_CLOSED' && code !== 'CSV_MAX_RECORD_SIZE') return error;
  return new UnreadableError(
    `a quoted cell in row ${row + 1} is never closed: rows from there on are lost; close the quote`,
  );
}
