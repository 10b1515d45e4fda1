import { formatCount, start } from '../../../text/format.js';
import { printableText } from '../../text/printable.js';

/** Most characters that Excel holds in a cell. */
export const MOST_CHARACTERS = 32_767;

/** Most characters that a cell of ours shows: longer ones make a row that no screen holds. */
const MOST_SHOWN = 2000;

/** Text that Excel reads as one character: `_x202E_` would turn the reading direction. */
const ESCAPE = /_(?=x[\da-f]{4}_)/gi;

/** Returns a text as a cell of a sheet holds it: printable, within Excel's limit, and never read as an escape. */
export function cellText(text: string): string {
  const safe = printableText(text, MOST_SHOWN).replaceAll('\ufffd', '[U+FFFD]').replace(ESCAPE, '_x005F_');
  return named(safe.length > MOST_CHARACTERS ? cut(safe) : safe);
}

function cut(text: string): string {
  const shown = start(text, MOST_CHARACTERS - 100);
  return `${shown} … (${formatCount(text.length - shown.length)} characters more)`;
}

/** Returns a text that is no member of every object: write-excel-file looks texts up in one, and would write the member instead. */
function named(text: string): string {
  return text in {} ? `${text} ` : text;
}
