import { cleanText } from '../fields/clean-text.js';
import { absenceOf } from '../fields/placeholders.js';
import { parseEnum } from '../fields/values.js';

/** Why a row of a table is no record. */
export type RowReason =
  | 'title above the header'
  | 'type line of PowerShell'
  | 'header row repeated'
  | 'heading or footnote: a row with one cell'
  | 'totals row';

const TOTAL =
  /^(?:(?:grand|sub)[ -]?)?(?:totals?|sum|summe|gesamt(?:summe|anzahl)?|zwischensumme|anzahl|somme|nombre total|suma|razem|totale|totaal|soma|count)(?:[\s:(]|$)/i;
const AMOUNT = /^[\d.,'%\s-]+$/;
const ENVIRONMENTS = ['production', 'staging', 'development', 'test', 'sandbox'];
/** A table of fewer columns has no headings or footnotes, only totals: one cell may be all that a record has. */
const TABLE_COLUMNS = 4;
const LONGEST_NAME = 60;

const BLANK = /^[\s\p{Cc}\p{Cf}]*$/u;

/** Returns whether a cell holds nothing that is seen. */
export function isBlank(cell: string): boolean {
  const first = cell.charCodeAt(0);
  return !(first > 0x20 && first < 0x7f) && BLANK.test(cell);
}

/** Returns whether a row is what `Export-Csv` of Windows PowerShell writes above the header. */
export function isTypeLine(row: readonly string[]): boolean {
  return row[0]?.startsWith('#TYPE ') ?? false;
}

/** Returns whether a row looks like column names: different words, no addresses, no numbers, no dates. */
export function isHeaderLike(row: readonly string[]): boolean {
  const names = row.map(cleanText).filter((name) => name !== '');
  const different = new Set(names).size === names.length;
  return (
    different &&
    names.every((name) => name.length <= LONGEST_NAME && /\p{L}/u.test(name) && !/@|^\d/.test(name))
  );
}

/**
 * Returns why a row below the header is no record; null if it may be one. A single cell is a heading or a footnote if
 * it is a sentence, a plain word or an environment; anything that may be an id is kept, because a key must not be lost.
 */
export function reasonToLeaveOut(cells: readonly string[], header: readonly string[]): RowReason | null {
  if (isHeader(cells, header)) return 'header row repeated';
  const at = cells.findIndex((cell) => !isBlank(cell));
  const first = cleanText(cells[at] ?? '');
  const rest = cells.slice(at + 1);
  if (columnsOf(header) >= TABLE_COLUMNS && rest.every(isBlank))
    return isHeading(first) ? 'heading or footnote: a row with one cell' : null;
  const isAmount = (cell: string): boolean => isBlank(cell) || AMOUNT.test(cleanText(cell));
  return header.length > 1 && TOTAL.test(first) && rest.every(isAmount) ? 'totals row' : null;
}

function columnsOf(header: readonly string[]): number {
  return header.reduce((count, name) => (name === '' ? count : count + 1), 0);
}

function isHeader(cells: readonly string[], header: readonly string[]): boolean {
  return (
    header.length > 1 &&
    cells.length >= header.length &&
    header.every((name, index) => cleanText(cells[index] ?? '').replace(/\s+/g, ' ') === name)
  );
}

function isHeading(text: string): boolean {
  if (absenceOf(text) !== null || TOTAL.test(text)) return true;
  return /\s/.test(text) || !/[\d\-_/.:@]/.test(text) || parseEnum(text, ENVIRONMENTS).ok;
}
