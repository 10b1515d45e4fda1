const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\r\n]/;

type Cell = string | number | null;

/**
 * Writes one cell of CSV (RFC 4180), quoted if needed. Text that a spreadsheet would run as a formula (it begins with
 * = + - @, a tab or a carriage return) gets a leading apostrophe, as OWASP "CSV Injection" advises.
 */
export function csvField(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Writes one line of CSV with its line end (CRLF). */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvField).join(',')}\r\n`;
}

/** Begins a CSV file; without it Excel reads UTF-8 as the local code page. */
export const BYTE_ORDER_MARK = '\ufeff';

/** Writes a CSV file, its byte-order mark first. */
export function csvFile(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `${BYTE_ORDER_MARK}${[header, ...rows].map(csvLine).join('')}`;
}
