import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { isObject } from '../../src/text/is-object.js';

/**
 * Copies a bank, and writes its exports anew as other tools and people would: records and the members of each in reverse
 * order, times with the offset of another zone, line ends of Windows, tables in UTF-16. What lists the hashes of exports
 * lists the new ones.
 */
export function writeAnew(bank: string, folder: string): void {
  cpSync(bank, folder, { recursive: true });
  const files = filesIn(join(folder, 'exports'));
  const hashes = new Map(files.map((file) => [sha256(file), file]));
  for (const file of files) writeText(file, anew(file, textOf(file)));
  for (const file of files) writeText(file, withHashes(textOf(file), hashes));
}

function anew(path: string, text: string): string {
  const dated = inAnotherZone(text).replace(/\r\n/g, '\n');
  const written = WRITERS.find(([ending]) => ending.test(path))?.[1](dated) ?? dated;
  return written.replaceAll('\n', '\r\n');
}

const WRITERS: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/\.(?:json|sarif)(?:\.gz)?$/, (text) => JSON.stringify(reversed(JSON.parse(text)), null, 2)],
  [/\.(?:ndjson|jsonl)(?:\.gz)?$/, reversedLines],
  [/\.csv$/, reversedRows],
];

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.every(isObject) ? value.map(reversed).reverse() : value;
  if (!isObject(value)) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, member]) => [name, reversed(member)]));
}

function reversedLines(text: string): string {
  const lines = text.trim().split('\n').reverse();
  return `${lines.map((line) => JSON.stringify(reversed(JSON.parse(line)))).join('\n')}\n`;
}

/** A table with a cell of several lines stays in its order. */
function reversedRows(text: string): string {
  if (/"[^"]*\n[^"]*"/.test(text)) return text;
  const [head, ...rows] = text.trimEnd().split('\n');
  return `${[head, ...rows.reverse()].join('\n')}\n`;
}

/** 05:30 before UTC, in which a day begins at another moment. */
function inAnotherZone(text: string): string {
  return text.replace(/\b(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z/g, (_, time: string, fraction = '') => {
    const local = new Date(Date.parse(`${time}Z`) + 330 * 60_000);
    return `${local.toISOString().slice(0, 19)}${fraction}+05:30`;
  });
}

/** Names each file by its new hash; the lists themselves have one that nothing lists. */
export function withHashes(text: string, hashes: ReadonlyMap<string, string>): string {
  return text.replace(/\b[0-9a-f]{64}\b/g, (hash) => {
    const file = hashes.get(hash);
    return file === undefined ? hash : sha256(file);
  });
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  if (path.endsWith('.gz')) return gunzipSync(bytes).toString();
  return isUtf16(path) && bytes[0] === 0xff ? bytes.toString('utf16le') : bytes.toString();
}

function writeText(path: string, text: string): void {
  const marked = `\ufeff${text.replace(/^\ufeff/, '')}`;
  const bytes = isUtf16(path) ? Buffer.from(marked, 'utf16le') : Buffer.from(text);
  writeFileSync(path, path.endsWith('.gz') ? gzipSync(bytes) : bytes);
}

function isUtf16(path: string): boolean {
  return path.endsWith('.csv');
}

/** Returns the SHA-256 of a file. */
export function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Returns the paths of all files in a folder. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
