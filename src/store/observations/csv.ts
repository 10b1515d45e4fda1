/**
 * One line of CSV after RFC 4180: CRLF, quotes doubled. A text cell that a spreadsheet would take for a formula (it
 * begins with = + - @, a tab or a carriage return) gets a leading apostrophe, as OWASP "CSV Injection" advises.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
