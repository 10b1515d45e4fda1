import { CONTENT_BOUNDS, type ContentBounds } from '../reading/bounded-bytes.js';
import { hashFile, type Input, inputOf } from '../reading/open-input.js';
import { UnreadableError } from '../unreadable-error.js';
import { readMerges } from './merged-cells.js';
import { readStyles } from './number-styles.js';
import { readSharedTexts } from './shared-texts.js';
import { sheetCsv } from './sheet-csv.js';
import { type SheetNotes, sheetNotes } from './sheet-notes.js';
import { readSheetRows, type SheetRow } from './sheet-rows.js';
import { openParts, type WorkbookParts } from './workbook-parts.js';
import { readWorkbook, type Sheet } from './workbook-sheets.js';

/**
 * Opens a sheet of a workbook as the text of a CSV file. Its hash is that of the workbook.
 * @throws UnreadableError if the workbook or its styles cannot be read
 */
export async function openSheet(
  path: string,
  name: string,
  bounds: ContentBounds = CONTENT_BOUNDS,
): Promise<Input> {
  const parts = await openParts(path, bounds);
  try {
    const opened = await openRows(parts, name);
    return await inputOf(sheetCsv(opened.rows, opened.notes.see), {
      encoding: 'utf-8',
      gzipped: false,
      sha256: () => hashFile(path),
      sheet: opened.notes,
    });
  } catch (error) {
    parts.close();
    throw error;
  }
}

async function openRows(
  parts: WorkbookParts,
  name: string,
): Promise<{ rows: AsyncGenerator<SheetRow[]>; notes: SheetNotes }> {
  const { sheets, epoch } = await readWorkbook(parts);
  const { part } = sheetOf(sheets, name);
  const merged = await readMerges(parts.bytes(part));
  const book = { texts: await readSharedTexts(parts), styles: await readStyles(parts), epoch, merged };
  return {
    rows: closing(parts, readSheetRows(parts.bytes(part), book)),
    notes: sheetNotes(name, epoch, merged),
  };
}

function sheetOf(sheets: readonly Sheet[], name: string): Sheet {
  const sheet = sheets.find((candidate) => candidate.name === name);
  if (sheet) return sheet;
  throw new UnreadableError(
    `the workbook has no sheet "${name}"; its sheets are ${sheets.map((one) => one.name).join(', ')}`,
  );
}

async function* closing<T>(parts: WorkbookParts, rows: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* rows;
  } finally {
    parts.close();
  }
}

/** Returns whether a sheet has a row with something in it. */
export async function hasRows(parts: WorkbookParts, { part }: Sheet): Promise<boolean> {
  const book = { texts: [], styles: [], epoch: 1900 as const, merged: [] };
  for await (const rows of readSheetRows(parts.bytes(part), book)) {
    if (rows.some(({ cells }) => cells.length > 0)) return true;
  }
  return false;
}
