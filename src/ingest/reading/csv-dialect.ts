import { parse } from 'csv-parse/sync';
import { cleanText } from '../fields/clean-text.js';
import { isBlank, isHeaderLike, isTypeLine } from './table-rows.js';
import { twoRowHead } from './two-row-head.js';

/** How a CSV file is written. */
export type CsvDialect = {
  /** Column separator. */
  delimiter: string;
  /** Whether the first line is `sep=;`, which is no row. */
  separatorLine: boolean;
  /** Row that holds the column names, as a spreadsheet numbers it: later than 1 if titles or empty rows stand above it. */
  headerRow: number;
  /** Row above it that names groups of columns, and columns that are merged over both rows; absent if the head is one row. */
  groupRow?: number;
  /** Column names, cleaned and on one line. */
  header: string[];
  /** Whether rows of text stand above the header. */
  titles: boolean;
  /** Share of the rows looked at that have as many cells as the header, 0 to 1. */
  consistency: number;
  /** Whether rows end with their last cell that holds something, as those of a workbook do; absent: rows have all cells. */
  trimmed?: boolean;
};

/** Ends of a line; files of several programs put together mix them. */
export const LINE_ENDS = ['\r\n', '\n', '\r'];

const DELIMITERS = [',', ';', '\t', '|'];
const ROWS = 30;
/** A row of this many cells or fewer, above a table of more, is a title. */
const TITLE_CELLS = 2;
/** What titles count against a separator, in tenths of evenness. */
const TITLE_PENALTY = 5;
/** Share of the widest row that a header fills at least. */
const HEADER_SHARE = 0.6;

/**
 * Tells the dialect of a CSV file from its beginning: the separator that gives the most even table. A parser left to
 * itself reads a `;` file as one column without an error. Null if no separator gives a header.
 * @param head beginning of the file
 * @param whole whether `head` is the whole file; otherwise its last line may be cut and is not looked at
 * @param headerRow row of the column names, if it is stated
 */
export function sniffCsv(head: string, whole: boolean, headerRow: number | null = null): CsvDialect | null {
  const end = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r'));
  const text = whole ? head : head.slice(0, end + 1);
  const declared = /^"?sep=([^\r\n"])"?[ ,;\t|]*(?:\r\n|\n|\r)/i.exec(text);
  if (declared?.[1]) return dialect(text.slice(declared[0].length), declared[1], true, headerRow);
  const candidates = DELIMITERS.flatMap((delimiter) => dialect(text, delimiter, false, headerRow) ?? []);
  return candidates.sort(betterFirst)[0] ?? null;
}

/** Returns the first rows below the header of a table, as far as its beginning has them. */
export function sampleRows(head: string, { delimiter, separatorLine, headerRow }: CsvDialect): string[][] {
  const text = separatorLine ? head.replace(/^.*(?:\r\n|\n|\r)/, '') : head;
  return firstRows(text, delimiter, headerRow + ROWS).slice(headerRow);
}

function betterFirst(a: CsvDialect, b: CsvDialect): number {
  return rank(b) - rank(a) || a.headerRow - b.headerRow || b.header.length - a.header.length;
}

/** Returns how even a table is. Titles count against a separator: a wrong one makes a title of a header without it. */
function rank({ header, consistency, titles }: CsvDialect): number {
  return header.length > 1 ? Math.round(consistency * 10) + (titles ? 1 : 1 + TITLE_PENALTY) : 0;
}

function dialect(
  text: string,
  delimiter: string,
  separatorLine: boolean,
  stated: number | null,
): CsvDialect | null {
  const rows = firstRows(text, delimiter, ROWS + (stated ?? 0));
  const { at, header, above } = headOf(rows, stated);
  if (header.every((name) => name === '')) return null;
  const filled = rows.slice(at + 1).filter((row) => !row.every(isBlank));
  const even = filled.filter((row) => row.length === header.length).length;
  const consistency = filled.length === 0 ? 1 : even / filled.length;
  const titles = rows.slice(0, above).some((row) => !isTypeLine(row) && !row.every(isBlank));
  const groups = above === at ? {} : { groupRow: above + 1 };
  return { delimiter, separatorLine, headerRow: at + 1, ...groups, header, titles, consistency };
}

/** Returns the names of the columns, the index of the row that they end in, and of the one that they begin in. */
function headOf(rows: readonly string[][], stated: number | null) {
  const named = stated === null ? headerIndex(rows) : stated - 1;
  const upper = stated === null ? named : named - 1;
  const pair = twoRowHead(rows[upper], rows[upper + 1]);
  const at = pair === null ? named : upper + 1;
  const header = (pair ?? rows[at] ?? []).map((name) => cleanText(name).replace(/\s+/g, ' '));
  return { at, header, above: pair === null ? at : upper };
}

/**
 * Returns the index of the header: the first row that is not empty, or the first that fills most of the table if only
 * titles of one or two cells, or the names of groups of columns, stand above it and it looks like names.
 */
function headerIndex(rows: readonly string[][]): number {
  const filled = rows.map((row) => row.filter((cell) => !isBlank(cell)).length);
  const first = rows.findIndex((row, index) => (filled[index] ?? 0) > 0 && !isTypeLine(row));
  const width = Math.max(0, ...filled);
  const found = filled.findIndex((cells, index) => index >= first && cells >= width * HEADER_SHARE);
  const titles = filled.slice(first, found);
  const onlyTitles =
    width > TITLE_CELLS &&
    titles.every((cells, index) => cells <= TITLE_CELLS || isGroupRow(rows[first + index] ?? []));
  return found > first && onlyTitles && isHeaderLike(rows[found] ?? []) ? found : first;
}

/** Returns whether a row names groups of columns, as merged cells above a header do: different names with gaps between them. */
function isGroupRow(row: readonly string[]): boolean {
  const last = row.findLastIndex((cell) => !isBlank(cell));
  return row.slice(0, last).some(isBlank) && isHeaderLike(row);
}

/** Returns the first rows, also those before a row that cannot be read. */
function firstRows(text: string, delimiter: string, count: number): string[][] {
  const rows: string[][] = [];
  const keep = (row: string[]): null => {
    rows.push(row);
    return null;
  };
  try {
    parse(text, {
      delimiter,
      record_delimiter: LINE_ENDS,
      relax_column_count: true,
      relax_quotes: true,
      to: count,
      on_record: keep,
    });
  } catch {
    // Faults in the rest are reported when the rows are read.
  }
  return rows;
}
