import { csvFile } from '../../text/csv.js';
import type { Column, ColumnKind } from './column.js';

/** A value of a table; null is an empty cell. */
export type Cell = string | number | null;

/** A table with its cells filled in. */
export type Table = {
  /** Name of its sheet. */
  name: string;
  /** What it is for, one sentence. */
  about: string;
  /** Columns, without what fills them. */
  columns: { name: string; width: number; kind: ColumnKind }[];
  /** Number of columns at the start that stay in sight. */
  frozen: number;
  /** Rows, a cell a column. */
  rows: Cell[][];
  /** What is left out and where all of it is; null if nothing is. */
  note: string | null;
};

/** Fills the columns of a table with items, one a row. */
export function tableOf<T>(
  { name, about, frozen, note }: Pick<Table, 'name' | 'about' | 'frozen'> & Partial<Pick<Table, 'note'>>,
  columns: readonly Column<T>[],
  items: readonly T[],
): Table {
  return {
    name,
    about,
    columns: columns.map(({ name, width, kind = 'text' }) => ({ name, width, kind })),
    frozen,
    rows: items.map((item) => columns.map(({ value }) => value(item))),
    note: note ?? null,
  };
}

/** Returns a table as CSV (UTF-8 with BOM, CRLF). */
export function csvOf<T>(columns: readonly Column<T>[], items: readonly T[]): string {
  return csvFile(
    columns.map(({ name }) => name),
    items.map((item) => columns.map(({ value }) => value(item))),
  );
}
