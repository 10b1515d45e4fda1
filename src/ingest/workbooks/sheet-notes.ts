import type { Merge } from './merged-cells.js';
import type { SheetRow } from './sheet-rows.js';

const MOST_NAMED = 10;

/** What a reader of a sheet should know, and cannot see in its records. */
export type SheetNotes = {
  /** Sees a row. */
  see(row: SheetRow): void;
  /** Sentences on how the sheet was read. */
  decisions(): string[];
  /** Sentences on what is missing in it. */
  warnings(): string[];
};

/** Returns notes on a sheet, for the rows that are shown to it. */
export function sheetNotes(name: string, epoch: 1900 | 1904, merged: readonly Merge[]): SheetNotes {
  const hidden = counted();
  const open = counted();
  return {
    see(row) {
      if (row.hidden && row.cells.length > 0) hidden.add(String(row.row));
      if (row.notCalculated !== null) open.add(row.notCalculated);
    },
    decisions: () => [
      `sheet "${name}" of the workbook is read`,
      ...(epoch === 1904 ? ['dates of the workbook count from 1904, as it states'] : []),
      ...(hidden.count() > 0 ? [`hidden rows are read as the others: ${hidden.text()}`] : []),
      ...(merged.length > 0
        ? [
            `merged cells count for each of their rows: rows ${merged.slice(0, MOST_NAMED).map(rowsOf).join(', ')}`,
          ]
        : []),
    ],
    warnings: () =>
      open.count() > 0
        ? [
            `formulas without a stored result are read as #N/A: ${open.text()}; open the workbook in a spreadsheet program and save it`,
          ]
        : [],
  };
}

function rowsOf({ from, to }: Merge): string {
  return `${from} to ${to}`;
}

function counted() {
  const named: string[] = [];
  let count = 0;
  return {
    add(name: string): void {
      count += 1;
      if (named.length < MOST_NAMED) named.push(name);
    },
    count: () => count,
    text: () => `${named.join(', ')}${count > named.length ? ` and ${count - named.length} more` : ''}`,
  };
}
