import { gzipSync } from 'node:zlib';

/**
 * Rows as CSV. `columns` maps a header to the function that takes the cell out of a row.
 * @param options `delimiter`, `bom` and `eol` as the writing program has them: Excel with German settings uses `;`, a BOM and CRLF.
 */
export function csv(columns, rows, { delimiter = ',', bom = false, eol = '\n' } = {}) {
  const line = (cells) => cells.map((cell) => csvCell(cell, delimiter)).join(delimiter);
  const body = rows.map((row) => line(Object.values(columns).map((cell) => cell(row))));
  return `${bom ? '\uFEFF' : ''}${[line(Object.keys(columns)), ...body].join(eol)}${eol}`;
}

function csvCell(value, delimiter) {
  const text = value === null || value === undefined ? '' : String(value);
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One JSON object a line; members that are null are left out. */
export const ndjson = (rows) => rows.map((row) => `${JSON.stringify(withoutNulls(row))}\n`).join('');

/** JSON indented as the AWS CLI prints it. */
export const prettyJson = (value) => `${JSON.stringify(value, null, 4)}\n`;

/** A YAML document: a list of flat maps whose values are scalars or lists of scalars. */
export function yaml(rows, comment) {
  const items = rows.map((row) => `- ${Object.entries(withoutNulls(row)).map(yamlMember).join('\n  ')}\n`);
  return `# ${comment}\n${items.join('')}`;
}

function yamlMember([name, value]) {
  if (!Array.isArray(value)) return `${name}: ${yamlScalar(value)}`;
  return `${name}: [${value.map(yamlScalar).join(', ')}]`;
}

function yamlScalar(value) {
  if (typeof value !== 'string') return String(value);
  return /^[A-Za-z][A-Za-z0-9 /_.-]*$/.test(value) && !/^(yes|no|on|off|true|false|null|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value);
}

/** The members of an object that are neither null nor undefined. */
export const withoutNulls = (row) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined));

/** gzip with a fixed modification time and operating system byte, so that the same content gives the same bytes. */
export function gzip(text) {
  const bytes = gzipSync(Buffer.from(text), { level: 9 });
  bytes.fill(0, 4, 8);
  bytes[9] = 255;
  return bytes;
}
