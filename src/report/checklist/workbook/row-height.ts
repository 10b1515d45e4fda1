import { wrap } from '../../../text/wrap.js';
import type { Cell, Table } from '../../table/table.js';

/** Points that a line of text takes, and those of the tallest row that Excel has. */
const LINE = 15;
const TALLEST = 409;

/**
 * Returns the height of a row, in points, in which no text is cut. Excel fits a row without a height to its text; LibreOffice
 * gives it one line, on the screen and on paper.
 */
export function rowHeight(cells: readonly Cell[], columns: Table['columns']): number {
  const lines = cells.map((cell, place) =>
    typeof cell === 'string' ? linesOf(cell, columns[place]?.width ?? 1) : 1,
  );
  return Math.min(TALLEST, Math.max(...lines) * LINE);
}

function linesOf(text: string, width: number): number {
  const lines = text.split('\n').flatMap((paragraph) => wrap(paragraph, width));
  return lines.reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / width)), 0);
}
