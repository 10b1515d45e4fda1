import { parse } from 'csv-parse/sync';

/** How a CSV file is written. */
export type CsvDialect = {
  /** Column separator. */
  delimiter: string;
  /** Line of the file, from 1, that holds the column names: 2 if line 1 is `sep=;`. */
  firstLine: number;
  /** Column names, trimmed. */
  header: string[];
  /** Share of the rows looked at that have as many cells as the header, 0 to 1. */
  consistency: number;
};

const DELIMITERS = [',', ';', '\t', '|'];
const ROWS = 30;

/**
 * Tells the dialect of a CSV file from its beginning: the separator that gives the most even table. A parser left to
 * itself reads a `;` file as one column without an error. Null if no separator gives a header.
 * @param head beginning of the file
 * @param whole whether `head` is the whole file; otherwise its last line may be cut and is not looked at
 */
export function sniffCsv(head: string, whole: boolean): CsvDialect | null {
  const text = whole ? head : head.slice(0, head.lastIndexOf('\n') + 1);
  const declared = /^sep=(.)\r?\n/i.exec(text);
  if (declared?.[1]) return dialect(text.slice(declared[0].length), declared[1], 2);
  const candidates = DELIMITERS.flatMap((delimiter) => dialect(text, delimiter, 1) ?? []);
  return candidates.sort(betterFirst)[0] ?? null;
}

function betterFirst(a: CsvDialect, b: CsvDialect): number {
  return rank(b) - rank(a) || b.header.length - a.header.length;
}

function rank({ header, consistency }: CsvDialect): number {
  return header.length > 1 ? Math.round(consistency * 10) + 1 : 0;
}

function dialect(text: string, delimiter: string, firstLine: number): CsvDialect | null {
  const rows = firstRows(text, delimiter);
  const header = rows[0]?.map((name) => name.trim()) ?? [];
  if (header.every((name) => name === '')) return null;
  const filled = rows.slice(1).filter((row) => row.some((cell) => cell !== ''));
  const even = filled.filter((row) => row.length === header.length).length;
  return { delimiter, firstLine, header, consistency: filled.length === 0 ? 1 : even / filled.length };
}

/** The first rows, also those before a row that cannot be read. */
function firstRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  const keep = (row: string[]): null => {
    rows.push(row);
    return null;
  };
  try {
    parse(text, { delimiter, relax_column_count: true, relax_quotes: true, to: ROWS, on_record: keep });
  } catch {
    // What is wrong with the rest is said when the rows are read.
  }
  return rows;
}
