import { readFileSync, writeFileSync } from 'node:fs';
import { ADAPTERS } from '../dist/ingest/adapters/index.js';
import { BOUNDS } from '../dist/ingest/bounds.js';

// The tables of docs/formats.md, each between its marks: formats and their limits as the adapters describe them, and bounds.
const TABLES = { formats: formatsTable, limits: limitsTable, bounds: boundsTable };
const file = new URL('../docs/formats.md', import.meta.url);
const page = readFileSync(file, 'utf8');
const text = Object.entries(TABLES).reduce(withTable, page);
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (page !== text) {
  console.error('Out of date: a table of docs/formats.md. Run npm run generate.');
  process.exit(1);
}

function withTable(text, [name, table]) {
  const [begin, end] = [`<!-- ${name}: npm run generate -->`, `<!-- /${name} -->`];
  const [before, rest] = text.split(begin);
  return `${before}${begin}\n${table()}\n${end}${rest.split(end)[1]}`;
}

function boundsTable() {
  const rows = Object.values(BOUNDS).map(
    ({ of, shown, costs }) => `| ${of.replace(/,$/, '')} | ${shown} | ${costs} |`,
  );
  return ['| What | Most | Passing it costs |', '|---|---|---|', ...rows].join('\n');
}

function limitsTable() {
  const rows = ADAPTERS.map(({ id, proves, cannot }) => `| \`${id}\` | ${proves} | ${cannot} |`);
  return ['| Adapter | Proves | Cannot prove |\n|---|---|---|', ...rows].join('\n');
}

function formatsTable() {
  const head = '| Adapter (`as:`) | Export | Files | Recognised by | Gives |\n|---|---|---|---|---|';
  return [head, ...ADAPTERS.map(row)].join('\n');
}

function row({ id, title, formats, recognisedBy, produces }) {
  const gives =
    id === 'canonical' ? 'every kind' : produces.map((kind) => kind.replaceAll('_', ' ')).join(', ');
  const files = formats.map((format) => format.toUpperCase()).join(', ');
  return `| \`${id}\` | ${title} | ${files} | ${recognisedBy} | ${gives} |`;
}
