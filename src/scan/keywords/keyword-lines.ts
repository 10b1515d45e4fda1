import type { KeywordTable } from './keyword-table.js';

/** A line, or a part of a long line, in which a keyword stands. */
export type KeywordLine = {
  /** Text of it. */
  text: string;
  /** Number of the line, counted from 1. */
  line: number;
  /** Bytes of the line before the text; 0 unless the line is long. */
  skipped: number;
  /** Offset of the text in the file, bytes. */
  offset: number;
  /** Whether the text is a part of a long line. */
  part: boolean;
  /** Ids of the keywords in it. */
  keywords: ReadonlySet<number>;
};

/** Longer lines are cut into windows around the keywords, bytes. */
const LONG_LINE = 2_000;
const BEFORE = 120;
const AFTER = 600;
/** Windows of one line that are looked at. */
const MOST_WINDOWS = 2_000;
const NEWLINE = 10;

type Hit = { at: number; state: number };

/** A part of a file that begins and ends with whole lines. */
export type LineRange = {
  /** Offset of its first byte. */
  from: number;
  /** Offset after its last byte. */
  to: number;
  /** Number of its first line. */
  line: number;
};

/** Returns the lines of a text file, or of a part of it, in which keywords stand, in one pass over its bytes. */
export function keywordLines(
  bytes: Uint8Array,
  table: KeywordTable,
  { from, to, line: first }: LineRange = { from: 0, to: bytes.length, line: 1 },
): KeywordLine[] {
  const { next, isEnd } = table;
  const found: KeywordLine[] = [];
  let [state, line, lineStart] = [0, first, from];
  let hits: Hit[] = [];
  for (let at = from; at <= to; at += 1) {
    const byte = at === to ? NEWLINE : (bytes[at] as number);
    if (byte === NEWLINE) {
      if (hits.length > 0) found.push(...cut(bytes, { line, start: lineStart, end: at }, hits, table));
      if (hits.length > 0) hits = [];
      state = 0;
      line += 1;
      lineStart = at + 1;
      continue;
    }
    state = next[(state << 8) | byte] as number;
    if (isEnd[state] === 1) hits.push({ at, state });
  }
  return found;
}

type Span = { line: number; start: number; end: number };

function cut(bytes: Uint8Array, span: Span, hits: readonly Hit[], table: KeywordTable): KeywordLine[] {
  if (span.end - span.start <= LONG_LINE) return [textOf(bytes, span, { ...span, hits }, table)];
  const windows: { start: number; end: number; hits: Hit[] }[] = [];
  for (const hit of hits) {
    const [start, end] = [Math.max(span.start, hit.at - BEFORE), Math.min(span.end, hit.at + AFTER)];
    const last = windows.at(-1);
    if (last && start <= last.end && end - last.start <= LONG_LINE) {
      last.end = end;
      last.hits.push(hit);
    } else windows.push({ start: Math.max(start, last?.end ?? 0), end, hits: [hit] });
  }
  return windows
    .slice(0, MOST_WINDOWS)
    .map((window) => textOf(bytes, span, { ...window, line: span.line }, table));
}

function textOf(
  bytes: Uint8Array,
  whole: Span,
  { line, start, end, hits }: Span & { hits: readonly Hit[] },
  { wordsAt }: KeywordTable,
): KeywordLine {
  const keywords = new Set<number>();
  for (const { state } of hits) for (const word of wordsAt[state] ?? []) keywords.add(word);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
  const part = start !== whole.start || end !== whole.end;
  return { text: text.replace(/\r$/, ''), line, skipped: start - whole.start, offset: start, part, keywords };
}
