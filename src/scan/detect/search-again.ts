import { PAIRED_LINES } from './assignments.js';
import { type Searched, search, type TextFile } from './detect-in-files.js';

/** A version of a file that was searched. */
export type Version = {
  /** Its bytes, UTF-8. */
  bytes: Uint8Array;
  /** What was found in it. */
  searched: Searched;
};

const NEWLINE = 10;
const CHUNK = 4_096;

/**
 * Looks into a version of a file by looking only into the lines in which it differs from another version; what was found in the
 * lines before and after is taken from there. Gives what `search` gives; null if a private key, which is more than one line, may
 * stand in the other version.
 */
export function searchAgain(file: TextFile, { bytes: old, searched: before }: Version): Searched | null {
  if (before.hasKeyWords) return null;
  const { bytes } = file;
  const from = linesBefore(bytes, commonStart(old, bytes));
  const same = suffixOfLines(bytes, commonEnd(old, bytes, from));
  const line = 1 + newlines(bytes, 0, from);
  const middle = search(file, { from, to: bytes.length - same, line });
  const firstAfter = line + newlines(old, from, old.length - same);
  const moved = line + newlines(bytes, from, bytes.length - same) - firstAfter;
  return {
    lines: joined(before.lines, middle.lines, { line, firstAfter, moved }).map(asKnown(middle.lines)),
    keys: middle.keys,
    allows: joined(before.allows, middle.allows, { line, firstAfter, moved }),
    hasKeyWords: middle.hasKeyWords,
  };
}

/** Marks lines of the other version: the library is asked there, and what it finds is in `found`, which both have. */
function asKnown(own: Searched['lines']): (line: Searched['lines'][number]) => Searched['lines'][number] {
  const mine = new Set(own);
  return (line) => (mine.has(line) ? line : { ...line, forLibrary: false });
}

type Cut = { line: number; firstAfter: number; moved: number };

function joined<T extends { line: number }>(
  before: readonly T[],
  middle: readonly T[],
  { line, firstAfter, moved }: Cut,
): T[] {
  const after = before.filter((each) => each.line >= firstAfter);
  return [
    ...before.filter((each) => each.line < line),
    ...middle,
    ...after.map((each) => ({ ...each, line: each.line + moved })),
  ];
}

function commonStart(a: Uint8Array, b: Uint8Array): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at + CHUNK <= most && Buffer.compare(a.subarray(at, at + CHUNK), b.subarray(at, at + CHUNK)) === 0)
    at += CHUNK;
  while (at < most && a[at] === b[at]) at += 1;
  return at;
}

/** Returns how many bytes at the end are the same, none of them before `from`. */
function commonEnd(a: Uint8Array, b: Uint8Array, from: number): number {
  const most = Math.min(a.length, b.length) - from;
  const part = (bytes: Uint8Array, same: number) =>
    bytes.subarray(bytes.length - same - CHUNK, bytes.length - same);
  let same = 0;
  while (same + CHUNK <= most && Buffer.compare(part(a, same), part(b, same)) === 0) same += CHUNK;
  while (same < most && a[a.length - 1 - same] === b[b.length - 1 - same]) same += 1;
  return same;
}

/** Returns the start of the lines before that of an offset: what a line means may depend on the next ones. */
function linesBefore(bytes: Uint8Array, at: number): number {
  let start = at === 0 ? 0 : bytes.lastIndexOf(NEWLINE, at - 1) + 1;
  for (let line = 0; line < PAIRED_LINES && start > 0; line += 1)
    start = start < 2 ? 0 : bytes.lastIndexOf(NEWLINE, start - 2) + 1;
  return start;
}

/** Returns the length of the whole lines among the last bytes of a file. */
function suffixOfLines(bytes: Uint8Array, same: number): number {
  const end = bytes.indexOf(NEWLINE, bytes.length - same);
  return same === 0 || end === -1 ? 0 : bytes.length - end - 1;
}

function newlines(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) if (bytes[at] === NEWLINE) count += 1;
  return count;
}
