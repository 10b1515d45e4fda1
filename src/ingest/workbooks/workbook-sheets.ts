import { posix } from 'node:path';
import { UnreadableError } from '../unreadable-error.js';
import { readAllXml } from './read-xml.js';
import type { WorkbookParts } from './workbook-parts.js';

/** One sheet of a workbook. */
export type Sheet = {
  /** Name on its tab. */
  name: string;
  /** Part that holds it. */
  part: string;
  /** Whether its tab is hidden. */
  hidden: boolean;
};

/** What a workbook states about itself. */
export type Workbook = {
  /** Sheets with cells, in the order of their tabs; no charts and macros. */
  sheets: Sheet[];
  /** Year that its dates count from. */
  epoch: 1900 | 1904;
};

const WORKBOOK = 'xl/workbook.xml';
const NO_WORKBOOK = 'it is no workbook: open it in a spreadsheet program and save it as .xlsx';

/**
 * Reads which sheets a workbook has.
 * @throws UnreadableError if it is none
 */
export async function readWorkbook(parts: WorkbookParts): Promise<Workbook> {
  if (!parts.has(WORKBOOK)) throw new UnreadableError(NO_WORKBOOK);
  const named: { name: string; id: string; hidden: boolean }[] = [];
  let epoch: Workbook['epoch'] = 1900;
  await readAllXml(parts.bytes(WORKBOOK), {
    open(element, attribute) {
      if (element === 'workbookPr' && /^(1|true|on)$/.test(attribute('date1904') ?? '')) epoch = 1904;
      if (element !== 'sheet') return;
      const hidden = (attribute('state') ?? 'visible') !== 'visible';
      named.push({ name: attribute('name') ?? '', id: attribute('id') ?? '', hidden });
    },
  });
  const targets = await sheetTargets(parts);
  const sheets = named.flatMap(({ name, id, hidden }) => {
    const part = targets.get(id);
    return part !== undefined && parts.has(part) ? [{ name, part, hidden }] : [];
  });
  return { sheets, epoch };
}

/** Returns the parts that hold cells, by the id that the workbook gives them. */
async function sheetTargets(parts: WorkbookParts): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await readAllXml(parts.bytes('xl/_rels/workbook.xml.rels'), {
    open(element, attribute) {
      if (element !== 'Relationship' || !attribute('Type')?.endsWith('/worksheet')) return;
      const target = attribute('Target') ?? '';
      targets.set(
        attribute('Id') ?? '',
        posix.join(target.startsWith('/') ? '' : 'xl', target).replace(/^\//, ''),
      );
    },
  });
  return targets;
}
