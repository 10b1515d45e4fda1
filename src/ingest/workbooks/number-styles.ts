import { readAllXml } from './read-xml.js';
import type { WorkbookParts } from './workbook-parts.js';

/** How a number is shown: as a date, with zeros before it up to a number of digits, or as it is. */
export type NumberStyle = 'date' | 'plain' | { digits: number };

/** Formats that every spreadsheet program knows by number and that show a date or a time. */
const BUILT_IN_DATES = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const;

/** Reads how the numbers of each style are shown, by the index that cells name. */
export async function readStyles(parts: WorkbookParts): Promise<NumberStyle[]> {
  const styles: NumberStyle[] = [];
  if (!parts.has('xl/styles.xml')) return styles;
  const codes = new Map<number, string>();
  let inCells = false;
  await readAllXml(parts.bytes('xl/styles.xml'), {
    open(element, attribute) {
      if (element === 'cellXfs') inCells = true;
      const id = Number(attribute('numFmtId') ?? '0');
      if (element === 'numFmt') codes.set(id, attribute('formatCode') ?? '');
      if (element === 'xf' && inCells) styles.push(styleOf(id, codes.get(id)));
    },
    close(element) {
      if (element === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

function styleOf(id: number, code: string | undefined): NumberStyle {
  if (code === undefined)
    return BUILT_IN_DATES.some(([from, to]) => id >= from && id <= to) ? 'date' : 'plain';
  const bare = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';')[0] ?? '';
  if (/^0{2,15}$/.test(bare)) return { digits: bare.length };
  return /[dmyhs]/i.test(bare.replace(/\[[^\]]*\]|general|e[+-]/gi, '')) ? 'date' : 'plain';
}
