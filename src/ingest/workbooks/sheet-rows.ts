import { BOUNDS, passed } from '../bounds.js';
import { UnreadableError } from '../unreadable-error.js';
import { columnOf, type Merge, mergeFiller } from './merged-cells.js';
import type { NumberStyle } from './number-styles.js';
import { numberText } from './number-text.js';
import { readXml } from './read-xml.js';
import { textCollector } from './shared-texts.js';

/** What the cells of a sheet need to be read. */
export type SheetBook = {
  /** Texts that cells name by number. */
  texts: readonly string[];
  /** How numbers are shown, by style. */
  styles: readonly NumberStyle[];
  /** Year that dates count from. */
  epoch: 1900 | 1904;
  /** Merged cells of the sheet. */
  merged: readonly Merge[];
};

/** One row of a sheet. */
export type SheetRow = {
  /** Number of the row, as the spreadsheet shows it. */
  row: number;
  /** Texts of its cells, from the first column to the last that holds something. */
  cells: string[];
  /** Whether it is hidden, by a filter or by hand. */
  hidden: boolean;
  /** Address of a formula without a stored result, such as `B3`; null if there is none. */
  notCalculated: string | null;
};

/** What an error of a spreadsheet is; a formula without a result is read as one. */
const NO_RESULT = '#N/A';

/**
 * Reads the rows of a sheet as they come.
 * @throws UnreadableError if it is damaged, or has more rows or columns than a spreadsheet can have
 */
export async function* readSheetRows(
  bytes: AsyncIterable<Buffer>,
  book: SheetBook,
): AsyncGenerator<SheetRow[]> {
  const rows: SheetRow[] = [];
  const listener = rowListener(book, (row) => rows.push(row));
  for await (const _ of readXml(bytes, listener)) yield rows.splice(0);
}

type Cell = { column: number; address: string; type: string; style: number; formula: boolean; value: string };

function rowListener(book: SheetBook, give: (row: SheetRow) => void) {
  const collect = textCollector();
  const filled = mergeFiller(book.merged);
  let row: SheetRow = { row: 0, cells: [], hidden: false, notCalculated: null };
  let cell: Cell | null = null;
  let column = -1;
  let inValue = false;
  return {
    open(name: string, attribute: (name: string) => string | null): void {
      collect.open(name);
      if (name === 'row') {
        const number = Number(attribute('r') ?? row.row + 1);
        row = {
          row: within(number, BOUNDS.sheetRows),
          cells: [],
          hidden: isTrue(attribute('hidden')),
          notCalculated: null,
        };
        column = -1;
      }
      if (name === 'c') {
        const address = attribute('r') ?? '';
        column = within(columnOf(address) ?? column + 1, BOUNDS.sheetColumns);
        const style = Number(attribute('s') ?? '0');
        cell = { column, address, type: attribute('t') ?? 'n', style, formula: false, value: '' };
      }
      if (name === 'v') inValue = true;
      if (name === 'f' && cell) cell.formula = true;
    },
    text(text: string): void {
      collect.text(text);
      if (inValue && cell) cell.value += text;
    },
    close(name: string): void {
      collect.close(name);
      if (name === 'v') inValue = false;
      if (name === 'c' && cell) {
        if (cell.formula && cell.value === '' && cell.type !== 'str') row.notCalculated ??= cell.address;
        put(row.cells, cell.column, cellText(cell, collect.take(), book));
        cell = null;
      }
      if (name === 'row') give({ ...row, cells: trimmed(filled(row.row, row.cells)) });
    },
  };
}

function cellText(cell: Cell, inline: string, { texts, styles, epoch }: SheetBook): string {
  const { type, value } = cell;
  if (type === 'inlineStr') return inline;
  if (value === '') return cell.formula && type !== 'str' ? NO_RESULT : '';
  if (type === 's') return texts[Number(value)] ?? NO_RESULT;
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  return type === 'n' ? numberText(value, styles[cell.style] ?? 'plain', epoch) : value;
}

function put(cells: string[], column: number, text: string): void {
  while (cells.length < column) cells.push('');
  cells[column] = text;
}

function trimmed(cells: string[]): string[] {
  const last = cells.findLastIndex((cell) => cell !== '');
  return cells.slice(0, last + 1);
}

function isTrue(text: string | null): boolean {
  return text === '1' || text === 'true';
}

function within(number: number, bound: typeof BOUNDS.sheetRows | typeof BOUNDS.sheetColumns): number {
  if (number >= 0 && number <= bound.limit) return number;
  throw new UnreadableError(passed(bound));
}
