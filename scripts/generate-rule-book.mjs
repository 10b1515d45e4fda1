import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { buildFrameworks, buildRuleBook } from '../dist/index.js';

// rule-book/ holds what an audit loads in place of compiling policies/ and parsing frameworks/: the module, what is in it, its data
// with the default thresholds, and the frameworks. policies/data.json is the same data for plain `opa test policies`. `--check` fails on a byte that differs.
const root = new URL('../', import.meta.url);
const check = process.argv.includes('--check');
const { wasm, catalog, data } = await buildRuleBook();

const files = {
  'rule-book/policies.wasm': Buffer.from(wasm),
  'rule-book/catalog.json': text(catalog),
  'rule-book/data.json': text(data),
  'rule-book/frameworks.json': Buffer.from(`${JSON.stringify(buildFrameworks())}\n`),
  'policies/data.json': text(data),
};
const stale = Object.entries(files).filter(([path, bytes]) => !read(path)?.equals(bytes));
if (check && stale.length > 0) {
  console.error(`Out of date: ${stale.map(([path]) => path).join(', ')}. Run npm run generate.`);
  process.exit(1);
}
mkdirSync(new URL('rule-book/', root), { recursive: true });
for (const [path, bytes] of stale) writeFileSync(new URL(path, root), bytes);

function text(value) {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

function read(path) {
  try {
    return readFileSync(new URL(path, root));
  } catch {
    return undefined;
  }
}
