import { getCellAddress, sanitizeTextContent } from 'write-excel-file/utility';
import type { Table } from '../../table/table.js';
import { printableText } from '../../text/printable.js';

/** Characters of width that a sheet of A4, landscape, holds at two thirds of the size of type, which is about 7 points. */
const PAGE_WIDTH = 210;

/** Most characters of a classification at the foot: Excel holds 255 in a footer, its codes included. */
const MOST_CLASSIFICATION = 60;

/** Returns the number of pages beside each other on which a sheet is printed so that it can be read; each repeats the columns that stay in sight. */
export function pagesWide({ columns, frozen }: Pick<Table, 'columns' | 'frozen'>): number {
  const widths = columns.map(({ width }) => width);
  const repeated = sum(widths.slice(0, frozen));
  return Math.max(1, Math.ceil((sum(widths) - repeated) / (PAGE_WIDTH - repeated)));
}

/** Returns what each printed page repeats: the head, and the columns that stay in sight. */
export function repeatedRange({ frozen }: Pick<Table, 'frozen'>): string[] {
  if (frozen === 0) return ['$1:$1'];
  const last = getCellAddress(0, frozen - 1).replace(/\d+$/, '');
  return [`$A:$${last}`, '$1:$1'];
}

/** Returns the foot of each printed page: the classification, the name of the sheet, and the page of how many. */
export function pageFoot(classification: string): string {
  const text = printableText(classification, MOST_CLASSIFICATION).replaceAll('&', '&&');
  const foot = `&L${text}&C&A&RPage &P of &N`;
  return `<headerFooter><oddFooter>${sanitizeTextContent(foot)}</oddFooter></headerFooter>`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
