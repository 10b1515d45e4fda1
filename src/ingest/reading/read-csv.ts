import { BOUNDS, passed } from '../bounds.js';
import { UnreadableError } from '../unreadable-error.js';
import type { CsvDialect } from './csv-dialect.js';
import { csvRows } from './csv-rows.js';
import type { ReadEvent, ReadEvents } from './read-event.js';
import { isBlank, isTypeLine, type RowReason, reasonToLeaveOut } from './table-rows.js';

/**
 * Rows of a CSV file as records of column name -> cell. Locators are `row N` as a spreadsheet numbers them: an empty line
 * is a row, a title is one, a cell with line breaks in quotes stays in its row, a `sep=;` line is none. Titles, headings,
 * totals, footnotes and repeated headers are left out with a reason.
 * @throws UnreadableError if a quoted cell is never closed or a row is too long; rows before it were given
 */
export async function* readCsv(chunks: AsyncIterable<string>, dialect: CsvDialect): ReadEvents {
  yield headerEvents(dialect);
  let row = dialect.separatorLine ? -1 : 0;
  const watch = lineWatch();
  const read = rowReader(dialect);
  const found: ReadEvent[] = [];
  for await (const { rows, error } of csvRows(watched(chunks, watch, found), dialect.delimiter)) {
    for (const cells of rows) {
      row += 1;
      if (watch.rowsDiffer(cells)) found.push({ type: 'lines-differ' });
      const event = read(cells, row);
      if (event) found.push(event);
    }
    yield found.splice(0);
    if (error) throw broken(error, row);
  }
}

/** Passes chunks on, after a look at their line ends. */
async function* watched(
  chunks: AsyncIterable<string>,
  watch: ReturnType<typeof lineWatch>,
  found: ReadEvent[],
): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    if (watch.textDiffers(chunk)) found.push({ type: 'lines-differ' });
    yield chunk;
  }
}

/** Returns a reader of the rows of a table: what a row is; null if nothing. */
function rowReader(dialect: CsvDialect): (cells: string[], row: number) => ReadEvent | null {
  const { header, headerRow, groupRow, trimmed = false } = dialect;
  const columns = header.flatMap((name, index) =>
    name !== '' && header.indexOf(name) === index ? [{ name, index }] : [],
  );
  return (cells, row) => {
    if (row < 1 || row === headerRow || row === groupRow || cells.every(isBlank)) return null;
    const record = `row ${row}`;
    if (row < headerRow)
      return leftOut(record, cells, isTypeLine(cells) ? 'type line of PowerShell' : 'title above the header');
    const reason = damage(cells, header.length);
    if (reason) return { type: 'malformed', record, reason };
    const noRecord = reasonToLeaveOut(cells, header);
    if (noRecord) return leftOut(record, cells, noRecord);
    const value: Record<string, unknown> = {};
    for (const { name, index } of columns) value[name] = cells[index] ?? '';
    const lacks = !trimmed && cells.length < header.length;
    return {
      type: 'record',
      raw: { record, list: '', value, ...(lacks ? { missing: header.slice(cells.length) } : {}) },
    };
  };
}

function leftOut(record: string, cells: readonly string[], reason: RowReason): ReadEvent {
  return { type: 'left-out', record, text: cells.find((cell) => !isBlank(cell)) ?? '', reason };
}

/** Tells once that a row runs over several lines, or that a carriage return alone ends one, which is no line. */
function lineWatch() {
  let differ = false;
  let last = '';
  const isFirst = (now: boolean): boolean => {
    const first = now && !differ;
    differ ||= now;
    return first;
  };
  return {
    rowsDiffer: (cells: readonly string[]) => isFirst(!differ && cells.some((cell) => cell.includes('\n'))),
    textDiffers(chunk: string) {
      const ended = last === '\r' && !chunk.startsWith('\n');
      last = chunk.at(-1) ?? last;
      return isFirst(!differ && (ended || /\r[^\n]/.test(chunk)));
    },
  };
}

function damage(cells: readonly string[], columns: number): string | null {
  const open = cells.find((cell) => cell.startsWith('"') && /[\r\n]/.test(cell));
  const lines = open?.split(/\r\n|\n|\r/).length ?? 1;
  if (open !== undefined)
    return `a quote is not closed: the cell runs over ${lines} lines; close the quote and audit again`;
  const extra = cells.length > columns && cells.slice(columns).some((cell) => !isBlank(cell));
  return extra ? sizesDiffer(cells.length, columns) : null;
}

/** Returns a sentence on a row whose cells are not as many as the columns. */
export function sizesDiffer(cells: number, columns: number): string {
  return `the row has ${cells} cells, the header has ${columns}`;
}

function headerEvents({ header, headerRow, groupRow }: CsvDialect): ReadEvent[] {
  const twice = header.filter((name, index) => name !== '' && header.indexOf(name) !== index);
  const warnings: ReadEvent[] = [...new Set(twice)].map((name) => ({
    type: 'warning',
    sentence: `column "${name}" is there more than once; the first one is read`,
  }));
  const rows =
    groupRow === undefined
      ? `row ${headerRow} holds the column names`
      : `rows ${groupRow} and ${headerRow} hold the column names`;
  return headerRow === 1 ? warnings : [...warnings, { type: 'decision', sentence: rows }];
}

function broken(error: unknown, row: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'CSV_MAX_RECORD_SIZE') {
    return new UnreadableError(`row ${row + 1} and those after it are lost: ${passed(BOUNDS.csvRow)}`);
  }
  if (code !== 'CSV_QUOTE_NOT_CLOSED') return error;
  return new UnreadableError(
    `a quoted cell in row ${row + 1} is never closed: rows from there on are lost; close the quote`,
  );
}
