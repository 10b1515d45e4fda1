import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { create } from 'tar';
import { zipOf } from '../support/zip.js';
import { filesIn, sha256, withHashes } from './write-anew.js';

/** What becomes of the text of a file of a bank, whose path is given from its folder of exports. */
export type Change = (text: string, path: string) => string;

/** Copies a bank, and changes its exports and its keyproof.yaml; what lists the hashes of exports lists the new ones. */
export function changedBank(bank: string, folder: string, change: Change): void {
  cpSync(bank, folder, { recursive: true });
  const exports = join(folder, 'exports');
  const files = filesIn(exports);
  const hashes = new Map(files.map((file) => [sha256(file), file]));
  for (const file of files) rewrite(file, (text) => change(text, relative(exports, file)));
  for (const file of files) rewrite(file, (text) => withHashes(text, hashes));
  rewrite(join(folder, 'keyproof.yaml'), (text) => change(text, 'keyproof.yaml'));
}

/** Puts a copy of all exports beside them, in a folder that comes before theirs. */
export function copyExports(folder: string): void {
  cpSync(join(folder, 'exports'), join(folder, 'copy'), { recursive: true });
  renameSync(join(folder, 'copy'), join(folder, 'exports/a copy'));
}

/** Puts an archive of all exports in their place. */
export async function packExports(bank: string, folder: string, name: 'exports.zip' | 'exports.tar.gz') {
  cpSync(bank, folder, { recursive: true });
  const exports = join(folder, 'exports');
  const files = filesIn(exports);
  const entries = files.map((path) => ({ name: relative(exports, path), content: readFileSync(path) }));
  if (name === 'exports.zip') writeFileSync(join(folder, name), zipOf(entries));
  else await create({ cwd: folder, file: join(folder, name), gzip: true }, ['exports']);
  rmSync(exports, { recursive: true });
}

const DATE = /(?<![0-9A-Za-z])(20\d\d-\d\d-\d\d)(?=[T ",'\s}|_]|$)/gm;
const GERMAN_DATE = /(?<!\d)(\d\d)\.(\d\d)\.(20\d\d)(?!\d)/g;

/** Returns a text with every date some days later. */
export function daysLater(text: string, days: number): string {
  return text
    .replace(DATE, (_, date: string) => later(date, days))
    .replace(GERMAN_DATE, (_, day: string, month: string, year: string) =>
      later(`${year}-${month}-${day}`, days).split('-').reverse().join('.'),
    );
}

/** Returns a date some days later. */
export function later(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

function rewrite(path: string, change: (text: string) => string): void {
  const bytes = readFileSync(path);
  const isGzip = path.endsWith('.gz');
  const text = (isGzip ? gunzipSync(bytes) : bytes).toString();
  const changed = change(text);
  if (changed !== text) writeFileSync(path, isGzip ? gzipSync(changed) : changed);
}
