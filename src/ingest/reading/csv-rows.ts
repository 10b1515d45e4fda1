import { type Parser, parse } from 'csv-parse';
import { isObject } from '../../text/is-object.js';
import { BOUNDS } from '../bounds.js';
import { LINE_ENDS } from './csv-dialect.js';

/** Characters parsed at a time: rows that live longer than they need cost more than all parsing. */
const PIECE = 16 * 1024;
/** Characters of a line that has not ended, from which on the parser gets it. */
const LONGEST_LINE = 256 * 1024;
/** More characters than csv-parse waits for before it reads one. */
const AHEAD = 16;
const LINE_END = /\r\n|\n|\r/;

/** Rows of one piece of text; `error` is what csv-parse says of the text after them. */
export type RowBatch = { rows: string[][]; error: Error | null };

/**
 * Returns the rows of CSV text, piece by piece. Plain lines are split, which takes a fraction of the time; from a piece on in which a
 * quote runs over lines, or stands inside a cell, csv-parse reads until it is outside quotes at the end of a line again.
 */
export async function* csvRows(chunks: AsyncIterable<string>, delimiter: string): AsyncGenerator<RowBatch> {
  let parser: Parser | null = null;
  let line = '';
  let given = '';
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      const text = line + chunk.slice(at, at + PIECE);
      const end = text.lastIndexOf('\n') + 1;
      const whole = end === 0 && text.length > LONGEST_LINE ? text : text.slice(0, end);
      line = text.slice(whole.length);
      if (whole === '') continue;
      const mayBeSplit = end > 0 && (!parser || isBetweenRows(parser, given));
      const rows = mayBeSplit ? splitRows(whole, delimiter) : null;
      if (rows) {
        if (parser) yield await rowsOf(parser, null);
        parser = null;
        given = '';
        yield { rows, error: null };
        continue;
      }
      parser ??= newParser(delimiter);
      given = (given + whole).slice(-AHEAD);
      yield await rowsOf(parser, whole);
    }
  }
  const last = parser ? null : splitRows(line, delimiter);
  if (last) {
    yield { rows: last, error: null };
    return;
  }
  parser ??= newParser(delimiter);
  yield await rowsOf(parser, line);
  yield await rowsOf(parser, null);
}

function newParser(delimiter: string): Parser {
  const parser = parse({
    delimiter,
    record_delimiter: LINE_ENDS,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: BOUNDS.csvRow.limit,
  });
  parser.on('error', () => undefined);
  return parser;
}

/** Gives a parser text, or (null) its end, and returns the rows that this completes. */
async function rowsOf(parser: Parser, text: string | null): Promise<RowBatch> {
  const parsed = new Promise<Error | null>((resolve) => {
    const done = (error?: Error | null): void => resolve(error ?? null);
    if (text === null) parser.end(done);
    else parser.write(text, done);
  });
  const rows: string[][] = [];
  for (let cells = parser.read(); cells !== null; cells = parser.read()) rows.push(cells);
  return { rows, error: await parsed };
}

/**
 * Returns whether a parser is between two rows, by the end of what it was given; false if it does not say. It may not have read the
 * last few characters, so that there must be no quote in them.
 */
function isBetweenRows(parser: Parser, given: string): boolean {
  if (!given.endsWith('\n') || given.includes('"')) return false;
  const state: unknown = Reflect.get(parser, 'state');
  return isObject(state) && state['quoting'] === false;
}

/** Returns the rows of whole lines; null if a quote in them is not the first or last of a cell that ends on its line. */
function splitRows(text: string, delimiter: string): string[][] | null {
  const lines = text.includes('\r') ? text.split(LINE_END) : text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (!text.includes('"')) return lines.map((line) => line.split(delimiter));
  const rows: string[][] = [];
  for (const line of lines) {
    const cells = line.includes('"') ? quotedCells(line, delimiter) : line.split(delimiter);
    if (cells === null) return null;
    rows.push(cells);
  }
  return rows;
}

function quotedCells(line: string, delimiter: string): string[] | null {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const isQuoted = line[at] === '"';
    const end = isQuoted ? endOfQuoted(line, at) : endOfPlain(line, at, delimiter);
    const cell = line.slice(isQuoted ? at + 1 : at, isQuoted ? end - 1 : end);
    if (end < 0 || (end < line.length && line[end] !== delimiter)) return null;
    if (!isQuoted && cell.includes('"')) return null;
    cells.push(isQuoted && cell.includes('"') ? cell.replaceAll('""', '"') : cell);
    if (end === line.length) return cells;
    at = end + 1;
  }
}

function endOfPlain(line: string, at: number, delimiter: string): number {
  const end = line.indexOf(delimiter, at);
  return end < 0 ? line.length : end;
}

/** Returns where a quoted cell ends, after its closing quote; -1 if it does not on this line. */
function endOfQuoted(line: string, from: number): number {
  for (let quote = line.indexOf('"', from + 1); quote >= 0; quote = line.indexOf('"', quote + 2)) {
    if (line[quote + 1] !== '"') return quote + 1;
  }
  return -1;
}
