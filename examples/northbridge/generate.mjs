#!/usr/bin/env node
/**
 * Writes the exports of Northbridge Bank, a bank that does not exist, and the list of what is wrong in them.
 * `node examples/northbridge/generate.mjs` writes; `--check` compares and exits 1 where one differs.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { createBank } from './generator/bank.mjs';
import { bankFiles } from './generator/files.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** Contents of what this program writes, by path relative to this folder, forward slashes. */
const files = Object.entries(bankFiles(createBank())).map(([path, content]) => [path, Buffer.from(content)]);

process.exitCode = process.argv.includes('--check') ? check() : write();

function write() {
  rmSync(join(here, 'exports'), { recursive: true, force: true });
  for (const [path, content] of files) {
    mkdirSync(dirname(join(here, path)), { recursive: true });
    writeFileSync(join(here, path), content);
  }
  const bytes = files.reduce((sum, [, content]) => sum + content.length, 0);
  console.error(`${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
  return 0;
}

function check() {
  const expected = new Set(files.map(([path]) => path));
  const extra = exported().filter((path) => !expected.has(path));
  const different = files.filter((file) => !isWritten(file)).map(([path]) => path);
  const problems = [
    ...extra.map((path) => `not generated: ${path}`),
    ...different.map((path) => `differs: ${path}`),
  ];
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? 0 : 1;
}

/** Compressed files are compared by what they hold: processors compress the same text to different bytes. */
function isWritten([path, content]) {
  const found = contentOf(path);
  if (content.equals(found)) return true;
  return path.endsWith('.gz') && inflated(content) === inflated(found);
}

function inflated(bytes) {
  try {
    return gunzipSync(bytes).toString();
  } catch {
    return null;
  }
}

function exported() {
  const entries = readdirSync(join(here, 'exports'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(here, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function contentOf(path) {
  try {
    return readFileSync(join(here, path));
  } catch {
    return Buffer.alloc(0);
  }
}
