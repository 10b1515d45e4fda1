import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { documentationPages, pageMarkdown } from '../dist/index.js';

// docs/rules and docs/frameworks hold nothing but what is made here; `--check` fails on a difference, or on a file too many.
const root = new URL('../', import.meta.url);
const folders = ['docs/rules', 'docs/frameworks'];
const check = process.argv.includes('--check');

const pages = new Map((await documentationPages()).map((page) => [page.path, pageMarkdown(page)]));
for (const folder of folders) mkdirSync(new URL(folder, root), { recursive: true });
const there = folders.flatMap((folder) =>
  readdirSync(new URL(folder, root)).map((name) => `${folder}/${name}`),
);
const stale = there.filter((path) => !pages.has(path));
const changed = [...pages.keys()].filter((path) => !there.includes(path) || read(path) !== pages.get(path));

if (check && stale.length + changed.length > 0) {
  console.error(`Out of date: ${[...changed, ...stale].join(', ')}. Run npm run generate.`);
  process.exit(1);
}
if (!check) {
  for (const path of changed) writeFileSync(new URL(path, root), pages.get(path));
  for (const path of stale) rmSync(new URL(path, root), { recursive: true });
}

function read(path) {
  return readFileSync(new URL(path, root), 'utf8');
}
