import { parse } from 'csv-parse';
import { BOUNDS } from '../bounds.js';
import { UnreadableError } from '../unreadable-error.js';
import { type CsvDialect, LINE_ENDS } from './csv-dialect.js';
import type { ReadEvent, ReadEvents } from './read-event.js';
import { isBlank, isTypeLine, reasonToLeaveOut } from './table-rows.js';

/** Characters parsed at a time: rows that live longer than they need cost more than all parsing. */
const PIECE = 16 * 1024;

/**
 * Rows of a CSV file as records of column name -> cell. Locators are `row N` as a spreadsheet numbers them: an empty line
 * is a row, a title is one, a cell with line breaks in quotes stays in its row, a `sep=;` line is none. Titles, headings,
 * totals, footnotes and repeated headers are left out with a reason.
 * @throws UnreadableError if a quoted cell is never closed; rows before it were given
 */
export async function* readCsv(chunks: AsyncIterable<string>, dialect: CsvDialect): ReadEvents {
  const parser = parse({
    delimiter: dialect.delimiter,
    record_delimiter: LINE_ENDS,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: BOUNDS.csvRow.limit,
  });
  parser.on('error', () => undefined);
  yield headerEvents(dialect);
  let row = dialect.separatorLine ? -1 : 0;
  const watch = lineWatch();
  const step = async (parse: (done: Done) => void): Promise<[ReadEvent[], Error | null]> => {
    const parsed = new Promise<Error | null>((resolve) => parse((error) => resolve(error ?? null)));
    const events: ReadEvent[] = [];
    for (let cells = parser.read(); cells !== null; cells = parser.read()) {
      row += 1;
      events.push(...watch.cells(cells), ...readRow(cells, row, dialect));
    }
    return [events, await parsed];
  };
  for await (const chunk of pieces(chunks)) {
    yield watch.text(chunk);
    const [events, error] = await step((done) => parser.write(chunk, done));
    yield events;
    if (error) throw broken(error, row);
  }
  const [events, error] = await step((done) => parser.end(done));
  yield events;
  if (error) throw broken(error, row);
}

function readRow(
  cells: string[],
  row: number,
  { header, headerRow, trimmed = false }: CsvDialect,
): ReadEvent[] {
  if (row < 1 || row === headerRow || cells.every(isBlank)) return [];
  const record = `row ${row}`;
  const [text = ''] = cells.filter((cell) => !isBlank(cell));
  if (row < headerRow)
    return [
      {
        type: 'left-out',
        record,
        text,
        reason: isTypeLine(cells) ? 'type line of PowerShell' : 'title above the header',
      },
    ];
  const reason = damage(cells, header.length);
  if (reason) return [{ type: 'malformed', record, reason }];
  const leftOut = reasonToLeaveOut(cells, header);
  if (leftOut) return [{ type: 'left-out', record, text, reason: leftOut }];
  const lacking = trimmed ? {} : missing(cells, header);
  return [{ type: 'record', raw: { record, list: '', value: named(cells, header), ...lacking } }];
}

/** Tells once, by an event, that a row runs over several lines, or that a carriage return alone ends one, which is no line. */
function lineWatch() {
  let differ = false;
  let last = '';
  const found = (now: boolean): ReadEvent[] => {
    if (differ || !now) return [];
    differ = true;
    return [{ type: 'lines-differ' }];
  };
  return {
    cells: (cells: readonly string[]) => found(!differ && cells.some((cell) => cell.includes('\n'))),
    text(chunk: string) {
      const ended = last === '\r' && !chunk.startsWith('\n');
      last = chunk.at(-1) ?? last;
      return found(!differ && (ended || /\r[^\n]/.test(chunk)));
    },
  };
}

type Done = (error?: Error | null) => void;

/** Returns a text in pieces. */
async function* pieces(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE) yield chunk.slice(at, at + PIECE);
  }
}

function named(cells: readonly string[], header: readonly string[]): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [index, name] of header.entries()) {
    if (name !== '' && !Object.hasOwn(value, name)) value[name] = cells[index] ?? '';
  }
  return value;
}

function missing(cells: readonly string[], header: readonly string[]): { missing?: string[] } {
  return cells.length < header.length ? { missing: header.slice(cells.length) } : {};
}

function damage(cells: readonly string[], columns: number): string | null {
  const open = cells.find((cell) => cell.startsWith('"') && /[\r\n]/.test(cell));
  const lines = open?.split(/\r\n|\n|\r/).length ?? 1;
  if (open !== undefined)
    return `a quote is not closed: the cell runs over ${lines} lines; close the quote and audit again`;
  const extra = cells.slice(columns).some((cell) => !isBlank(cell));
  return extra ? sizesDiffer(cells.length, columns) : null;
}

/** Returns a sentence on a row whose cells are not as many as the columns. */
export function sizesDiffer(cells: number, columns: number): string {
  return `the row has ${cells} cells, the header has ${columns}`;
}

function headerEvents({ header, headerRow }: CsvDialect): ReadEvent[] {
  const twice = header.filter((name, index) => name !== '' && header.indexOf(name) !== index);
  const warnings: ReadEvent[] = [...new Set(twice)].map((name) => ({
    type: 'warning',
    sentence: `column "${name}" is there more than once; the first one is read`,
  }));
  return headerRow === 1
    ? warnings
    : [...warnings, { type: 'decision', sentence: `row ${headerRow} holds the column names` }];
}

function broken(error: unknown, row: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'CSV_QUOTE_NOT_CLOSED' && code !== 'CSV_MAX_RECORD_SIZE') return error;
  return new UnreadableError(
    `a quoted cell in row ${row + 1} is never closed: rows from there on are lost; close the quote`,
  );
}
