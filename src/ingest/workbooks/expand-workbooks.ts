import { open } from 'node:fs/promises';
import { basename } from 'node:path/posix';
import { didYouMean } from '../../model/index.js';
import { redactSecrets } from '../../secrets/redact.js';
import type { ListedEntry } from '../archives/unpack-archives.js';
import type { FoundFile } from '../discover.js';
import { UnreadableError } from '../unreadable-error.js';
import { hasRows } from './open-sheet.js';
import { openParts, type WorkbookParts } from './workbook-parts.js';
import { readWorkbook, type Sheet } from './workbook-sheets.js';

/** Files to read, with the sheets of workbooks in place of the workbooks. */
export type Expanded = {
  /** Files; one of a workbook names the sheet. */
  files: FoundFile[];
  /** Workbooks that cannot be read, and sheets that are not read. */
  listed: ListedEntry[];
};

const NAMED = /\.xls[xm]$/i;
const HIDDEN = 'a hidden sheet: name it in keyproof.yaml (sources, sheet) if it should be read';
const OTHER = 'keyproof.yaml names another sheet of the workbook';
const NOTHING = 'no sheet of the workbook holds anything that is not hidden';

/**
 * Finds the sheets of the workbooks among files. A workbook with one sheet that is not empty keeps its path; of several,
 * each is read by itself, as `register.xlsx/Keys`.
 */
export async function expandWorkbooks(found: readonly FoundFile[]): Promise<Expanded> {
  const expanded: Expanded = { files: [], listed: [] };
  for (const file of found) {
    if (!(await isWorkbook(file))) expanded.files.push(file);
    else await expand(file, expanded);
  }
  return expanded;
}

async function isWorkbook({ absolute, path }: FoundFile): Promise<boolean> {
  return NAMED.test(basename(path)) && (await beginsAsZip(absolute));
}

async function beginsAsZip(path: string): Promise<boolean> {
  const file = await open(path).catch(() => null);
  if (file === null) return false;
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'PK\u0003\u0004';
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

async function expand(file: FoundFile, { files, listed }: Expanded): Promise<void> {
  const list = (path: string, state: ListedEntry['state'], reason: string): number =>
    listed.push({ path, absolute: file.absolute, state, reason });
  try {
    const { read, leftOut } = await chosenSheets(file);
    const alone = read.length === 1;
    for (const { name } of read) {
      const path = alone ? file.path : pathOf(file, name);
      files.push({ ...file, path, named: file.named && alone, sheet: name });
    }
    for (const { sheet, reason } of leftOut) list(pathOf(file, sheet.name), 'not-used', reason);
    if (read.length === 0) list(file.path, 'unreadable', NOTHING);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    list(file.path, 'unreadable', error.message);
  }
}

/** Returns the path of a sheet. Its name is text of the file, and may hold a secret as any other. */
function pathOf({ path }: FoundFile, name: string): string {
  return redactSecrets(`${path}/${name.replace(/[/\\\p{Cc}]/gu, '_')}`);
}

type Chosen = { read: Sheet[]; leftOut: { sheet: Sheet; reason: string }[] };

async function chosenSheets({ absolute, spec }: FoundFile): Promise<Chosen> {
  const parts = await openParts(absolute);
  try {
    const { sheets } = await readWorkbook(parts);
    return spec?.sheet === undefined ? await visibleSheets(parts, sheets) : statedSheet(sheets, spec.sheet);
  } finally {
    parts.close();
  }
}

async function visibleSheets(parts: WorkbookParts, sheets: readonly Sheet[]): Promise<Chosen> {
  const filled: Sheet[] = [];
  for (const sheet of sheets) if (await hasRows(parts, sheet)) filled.push(sheet);
  return {
    read: filled.filter(({ hidden }) => !hidden),
    leftOut: filled.filter(({ hidden }) => hidden).map((sheet) => ({ sheet, reason: HIDDEN })),
  };
}

function statedSheet(sheets: readonly Sheet[], name: string): Chosen {
  const names = sheets.map((sheet) => sheet.name);
  if (!names.includes(name))
    throw new UnreadableError(
      `keyproof.yaml names the sheet "${name}", which the workbook lacks${didYouMean(name, names)} Its sheets are ${names.join(', ')}`,
    );
  return {
    read: sheets.filter((sheet) => sheet.name === name),
    leftOut: sheets.filter((sheet) => sheet.name !== name).map((sheet) => ({ sheet, reason: OTHER })),
  };
}
