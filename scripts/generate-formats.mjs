import { readFileSync, writeFileSync } from 'node:fs';
import { ADAPTERS } from '../dist/ingest/adapters/index.js';

// The table of formats in docs/formats.md, between its marks, says what the adapters say of themselves.
const file = new URL('../docs/formats.md', import.meta.url);
const page = readFileSync(file, 'utf8');
const text = between(between(page, 'formats', table()), 'limits', limits());
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (page !== text) {
  console.error('Out of date: the table of docs/formats.md. Run npm run generate.');
  process.exit(1);
}

function between(page, name, table) {
  const [begin, end] = [`<!-- ${name}: npm run generate -->`, `<!-- /${name} -->`];
  const [before, rest] = page.split(begin);
  return `${before}${begin}\n${table}\n${end}${rest.split(end)[1]}`;
}

function limits() {
  const rows = ADAPTERS.filter(({ proves }) => proves).map(
    ({ id, proves, cannot }) => `| \`${id}\` | ${proves} | ${cannot} |`,
  );
  return ['| Adapter | Proves | Cannot prove |\n|---|---|---|', ...rows].join('\n');
}

function table() {
  const head = '| Adapter (`as:`) | Export | Files | Recognised by | Gives |\n|---|---|---|---|---|';
  return [head, ...ADAPTERS.map(row)].join('\n');
}

function row({ id, title, formats, recognisedBy, produces }) {
  const gives =
    id === 'canonical' ? 'every kind' : produces.map((kind) => kind.replaceAll('_', ' ')).join(', ');
  const files = formats.map((format) => format.toUpperCase()).join(', ');
  return `| \`${id}\` | ${title} | ${files} | ${recognisedBy} | ${gives} |`;
}
