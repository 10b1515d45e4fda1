const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\r\n]/;

/** A CSV field (RFC 4180): quoted where needed; text that a spreadsheet would run as a formula gets a leading apostrophe. */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A CSV file with CRLF line ends and a byte-order mark, without which Excel reads UTF-8 as the local code page. */
export function csvFile(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const lines = [header, ...rows].map((row) => row.map(csvField).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}
