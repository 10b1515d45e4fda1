import type { SheetRow } from './sheet-rows.js';

/** First line of the text of a sheet: it states the separator, so that none is guessed, and is no row. */
const SEPARATOR_LINE = 'sep=,\n';

/**
 * Yields the rows of a sheet as CSV, so that a sheet is read exactly as a CSV export is. A row that the sheet leaves out is an
 * empty line: the rows keep their numbers.
 * @param see hears every row
 */
export async function* sheetCsv(
  rows: AsyncIterable<SheetRow[]>,
  see: (row: SheetRow) => void,
): AsyncGenerator<Buffer> {
  let last = 0;
  yield Buffer.from(SEPARATOR_LINE);
  for await (const batch of rows) {
    let text = '';
    for (const row of batch) {
      see(row);
      text += `${'\n'.repeat(Math.max(0, row.row - last - 1))}${row.cells.map(csvCell).join(',')}\n`;
      last = Math.max(last, row.row);
    }
    if (text !== '') yield Buffer.from(text);
  }
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
