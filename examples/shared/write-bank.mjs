import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * Writes what a generator made; with `--check` among the arguments it compares instead, and sets exit code 1 if one differs.
 * @param here folder of the bank
 * @param contents content by path relative to that folder, forward slashes
 */
export function writeBank(here, contents) {
  const files = Object.entries(contents).map(([path, content]) => [path, Buffer.from(content)]);
  process.exitCode = process.argv.includes('--check') ? check(here, files) : write(here, files);
}

function write(here, files) {
  rmSync(join(here, 'exports'), { recursive: true, force: true });
  for (const [path, content] of files) {
    mkdirSync(dirname(join(here, path)), { recursive: true });
    writeFileSync(join(here, path), content);
  }
  const bytes = files.reduce((sum, [, content]) => sum + content.length, 0);
  console.error(`${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
  return 0;
}

function check(here, files) {
  const expected = new Set(files.map(([path]) => path));
  const extra = exported(here).filter((path) => !expected.has(path));
  const different = files.filter((file) => !isWritten(here, file)).map(([path]) => path);
  const problems = [
    ...extra.map((path) => `not generated: ${path}`),
    ...different.map((path) => `differs: ${path}`),
  ];
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? 0 : 1;
}

/** Compressed files are compared by what they hold: processors compress the same text to different bytes. */
function isWritten(here, [path, content]) {
  const found = contentOf(here, path);
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

function exported(here) {
  const entries = readdirSync(join(here, 'exports'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(here, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function contentOf(here, path) {
  try {
    return readFileSync(join(here, path));
  } catch {
    return Buffer.alloc(0);
  }
}
