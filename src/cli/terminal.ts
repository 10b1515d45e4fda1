import { wrap } from '../text/wrap.js';
import type { World } from './world.js';

/** Returns whether text for people is coloured. Follows NO_COLOR and FORCE_COLOR (no-color.org, force-color.org). */
export function takesColor({ env, terminal }: Pick<World, 'env' | 'terminal'>): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  return !NO_COLOR && (Boolean(FORCE_COLOR) || (terminal.isTTY && TERM !== 'dumb'));
}

const GAP = 2;
const NARROWEST = 12;

/**
 * Aligns text in columns, each as wide as its widest cell, two spaces apart.
 * @param width columns of the terminal; the widest columns are then broken between words so that a row fits. Left out, no
 * cell is broken.
 */
export function columns(rows: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): string {
  const natural = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const widths = fitted(natural, width);
  return rows.flatMap((row) => rowLines(row, widths)).join('\n');
}

/** Narrows the widest column, step by step, until a row fits or every column is as narrow as it may be. */
function fitted(widths: readonly number[], width: number): number[] {
  const total = widths.reduce((sum, one) => sum + one + GAP, -GAP);
  const widest = Math.max(...widths);
  if (total <= width || widest <= NARROWEST) return [...widths];
  const at = widths.lastIndexOf(widest);
  const second = Math.max(NARROWEST, ...widths.filter((_, column) => column !== at));
  const narrower = Math.max(second === widest ? widest - 1 : second, widest - (total - width), NARROWEST);
  return fitted(widths.with(at, narrower), width);
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

/** Returns a value as indented JSON. */
export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
