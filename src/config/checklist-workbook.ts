import { readFileSync } from 'node:fs';
import type { Sheet } from 'read-excel-file/node';
import { openPromise } from 'yauzl';
import { type Checklist, KeyproofError } from '../model/index.js';
import { formatCount, plural } from '../text/format.js';
import { checklistOf, type StatedRow, statedRows, withoutIds } from './checklist.js';
import { formulasWithoutResult } from './formulas-without-result.js';

/** Most bytes that a workbook may hold when it is unpacked. */
const LARGEST = 256 * 1024 * 1024;
/** Most cells that a message names. */
const MOST_CELLS = 5;

/**
 * Reads what people wrote in the workbook of a checklist, as keyproof wrote it or as a spreadsheet saved it again: every sheet that has
 * a column ID.
 * @param shown the path to name in messages.
 * @throws KeyproofError if it cannot be read, or no sheet has a column of ids.
 */
export async function loadChecklistWorkbook(file: string, shown: string): Promise<Checklist> {
  const sheets = await sheetsOf(file, shown);
  const tables = sheets.map(({ sheet, data }) => statedRows(data.map(textsOf), `${shown}, sheet ${sheet}`));
  const found = tables.filter((rows): rows is StatedRow[] => rows !== null);
  if (found.length === 0) throw withoutIds(shown);
  const { followUps, notes } = checklistOf(found.flat());
  return { followUps, notes: [...notes, ...formulaNote(await formulasWithoutResult(file), shown)] };
}

/** Returns the sentence on cells that are read as empty because no program stored what their formula gives; none without one. */
function formulaNote(cells: readonly string[], shown: string): string[] {
  if (cells.length === 0) return [];
  const more = cells.length > MOST_CELLS ? ` and ${formatCount(cells.length - MOST_CELLS)} more` : '';
  return [
    `${shown}: ${plural(cells.length, 'formula')} without a stored result, read as empty: ${cells.slice(0, MOST_CELLS).join(', ')}${more}; open the workbook in a spreadsheet program and save it.`,
  ];
}

async function sheetsOf(file: string, shown: string): Promise<Sheet[]> {
  try {
    await checkSize(file);
    // Loaded when there is a workbook: most runs have none.
    const { default: readExcelFile } = await import('read-excel-file/node');
    return await readExcelFile(readFileSync(file));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KeyproofError(
      `${shown}: cannot be read as a workbook (.xlsx): ${reason}; check the path given with --checklist, or save it as CSV (UTF-8).`,
      undefined,
      { cause },
    );
  }
}

/** Throws if the parts of a workbook are larger than any that a person works with: a small file may unpack to a very large one. */
async function checkSize(file: string): Promise<void> {
  const zip = await openPromise(file, { autoClose: false });
  try {
    let bytes = 0;
    for await (const { uncompressedSize } of zip.eachEntry()) bytes += uncompressedSize;
    if (bytes > LARGEST) throw new Error('It is larger than 256 MB when unpacked.');
  } finally {
    zip.close();
  }
}

/** Returns the cells of a row as texts; a date as an ISO day, UTC. */
function textsOf(cells: Sheet['data'][number]): string[] {
  return cells.map((cell) => {
    if (cell === null || cell === undefined) return '';
    return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
  });
}
