import { wrap } from '../text/wrap.js';
import type { World } from './world.js';

/** Returns whether text for people is coloured. Follows NO_COLOR and FORCE_COLOR (no-color.org, force-color.org). */
export function takesColor({ env, terminal }: Pick<World, 'env' | 'terminal'>): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  return !NO_COLOR && (Boolean(FORCE_COLOR) || (terminal.isTTY && TERM !== 'dumb'));
}

/** Columns if a stream does not tell. */
const USUAL = 100;

/** Returns the width of a stream in columns. A terminal without a size, as in some containers and CI systems, states 0. */
export function columnsOf({ columns }: { columns?: number }): number {
  return columns || USUAL;
}

/** Returns the width of standard error in columns; undefined if it is no terminal: lines are then not broken. */
export function errColumns({ isTTY, columns }: World['terminal']): number | undefined {
  return isTTY ? columns : undefined;
}

const GAP = 2;
const NARROWEST = 12;

/** A cell that has nothing to say. */
const NOTHING = '-';

/**
 * Aligns text in columns, each as wide as its widest cell, two spaces apart.
 * @param width columns of the terminal; the widest columns are then broken between words so that a row fits. Left out, no
 * cell is broken.
 */
export function columns(rows: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): string {
  const widths = wordWidths(rows, width) ?? fitted(widthsOf(rows, longestLine), [], width);
  return rows.flatMap((row) => rowLines(row, widths)).join('\n');
}

/**
 * Aligns rows under a head. If they do not fit the terminal unless a word is cut, each row is its first cell, and below it the others
 * after the heads of their columns.
 * @param width columns of the terminal; left out, no cell is broken.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): string {
  if (wordWidths([head, ...rows], width) !== null) return columns([head, ...rows], width);
  return rows.flatMap((row) => stackedRow(head, row, width)).join('\n');
}

function stackedRow(
  head: readonly string[],
  [first = '', ...others]: readonly string[],
  width: number,
): string[] {
  const named = others.map((cell, column) => [(head[column + 1] ?? '').toLowerCase(), cell] as const);
  const cells = named.filter(([, cell]) => cell !== NOTHING).map(([name, cell]) => `${name}: ${cell}`);
  return [first, ...wrap(cells.join('; '), width - GAP, '  ').map((line) => `  ${line}`)];
}

/** Returns the widths with which rows fit and no word is cut; null if there are none. */
function wordWidths(rows: readonly (readonly string[])[], width: number): number[] | null {
  const floors = widthsOf(rows, longestWord);
  return total(floors) > width ? null : fitted(widthsOf(rows, longestLine), floors, width);
}

function widthsOf(rows: readonly (readonly string[])[], measure: (cell: string) => number): number[] {
  return (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => measure(row[column] ?? ''))));
}

const longestLine = (cell: string): number => cell.length;

const longestWord = (cell: string): number => Math.max(...cell.split(' ').map((word) => word.length));

const total = (widths: readonly number[]): number => widths.reduce((sum, one) => sum + one + GAP, -GAP);

/** Narrows the widest column that may be narrower, step by step, until a row fits or none may. */
function fitted(widths: readonly number[], floors: readonly number[], width: number): number[] {
  const floorOf = (column: number): number => floors[column] ?? NARROWEST;
  const loose = widths.map((one, column) => (one > floorOf(column) ? one : 0));
  const widest = Math.max(...loose);
  const over = total(widths) - width;
  if (over <= 0 || widest === 0) return [...widths];
  const at = loose.lastIndexOf(widest);
  const second = Math.max(...loose.filter((_, column) => column !== at), 0);
  const narrower = Math.max(second === widest ? widest - 1 : second, widest - over, floorOf(at));
  return fitted(widths.with(at, narrower), floors, width);
}

/** Returns a row as lines; a cell that needs several goes on under itself. */
function rowLines(row: readonly string[], widths: readonly number[]): string[] {
  const cells = row.map((cell, column) => brokenCell(cell, widths[column] ?? 0));
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, column) => (lines[line] ?? '').padEnd(widths[column] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function brokenCell(cell: string, width: number): string[] {
  if (cell.length <= width) return [cell];
  return wrap(cell, width).flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? ['']);
}

/** What a line begins with: spaces, and the mark of an item. */
const BEGIN = /^ *(?:[-!] )?/;

/**
 * Breaks the lines of a text that are longer than the terminal between words; they go on under where their words begin. A longer word,
 * such as a path, keeps its line, so that it can be copied; so does a coloured line, which is made for the width already.
 */
export function fitLines(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => (line.length <= width || line.includes('\u001b') ? [line] : brokenLine(line, width)))
    .join('\n');
}

function brokenLine(line: string, width: number): string[] {
  const [begin = ''] = BEGIN.exec(line) ?? [];
  const room = Math.max(NARROWEST, width - begin.length);
  return wrap(line.slice(begin.length), room).map(
    (part, place) => `${place === 0 ? begin : ' '.repeat(begin.length)}${part}`,
  );
}

/** Returns a value as indented JSON. */
export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
