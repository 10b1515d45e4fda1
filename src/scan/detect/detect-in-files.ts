import { ALLOW_WORD, type AllowComment, readAllowComment } from '../allow-comments.js';
import { type KeywordLine, keywordLines, type LineRange } from '../keywords/keyword-lines.js';
import { type KeywordTable, keywordTable } from '../keywords/keyword-table.js';
import { assignments, type FileKind, NAME_WORDS, PAIRED_LINES, pairedValues } from './assignments.js';
import { isTestOrDocument } from './circumstance.js';
import { type Detected, withoutOverlaps } from './detected.js';
import { fileClassOf } from './file-class.js';
import { isIdentifier } from './identifiers.js';
import { ISSUER_TOKENS } from './issuer-tokens.js';
import { FORMAT_PATTERNS, matchPatterns, type SecretPattern } from './patterns.js';
import { PLACE_PATTERNS } from './place-patterns.js';
import { PRIVATE_KEY_WORDS, privateKeys } from './private-keys.js';
import { SERVICE_KEYS } from './services.js';
import { LIBRARY_WORDS, libraryFindings } from './vendor-library.js';

/** A text file to look into. */
export type TextFile = {
  /** Its path in the repository: what is a secret depends on what the file is for. */
  path: string;
  /** Its bytes, UTF-8. */
  bytes: Uint8Array;
};

/** A secret in a file, with its place. */
export type DetectedInFile = Detected & {
  /** Line, counted from 1. */
  line: number;
  /** Column of its first character, counted from 1. */
  column: number;
};

const PATTERNS: readonly SecretPattern[] = [
  ...ISSUER_TOKENS.map((token) => ({ ...token, shape: 'issuer' as const })),
  ...FORMAT_PATTERNS,
  ...PLACE_PATTERNS,
  ...SERVICE_KEYS,
];
/** Words to look for; those of one character are the last. */
const WORDS = [
  ...new Set([
    ...PATTERNS.flatMap(({ words }) => words),
    ...NAME_WORDS,
    ...PRIVATE_KEY_WORDS,
    ...LIBRARY_WORDS,
    ALLOW_WORD,
  ]),
].sort((a, b) => Number(a.length === 1) - Number(b.length === 1));
/** Words of one character stand in nearly every line: only files that have a pattern with one are searched for them. */
const TABLE = keywordTable(WORDS.filter((word) => word.length > 1));
const TABLE_OF_ALL = keywordTable(WORDS);
const OWN_FILES = PATTERNS.filter(({ words }) => words.some((word) => word.length === 1)).flatMap(
  ({ files }) => files ?? [],
);
const NAMES = idsOf(NAME_WORDS);
const KEYS = idsOf(PRIVATE_KEY_WORDS);
const LIBRARY = idsOf(LIBRARY_WORDS);
const ALLOW = WORDS.indexOf(ALLOW_WORD);
const PATTERNS_BY_WORD = WORDS.map((word) => PATTERNS.filter(({ words }) => words.includes(word)));
/** How much of the lines after a name is looked at, bytes. */
const MOST_AFTER = 1_000;
/** How far after its first line a private key may end, bytes. */
const KEY_BYTES = 24_000;

/** A line of a file with what was found in it so far. */
type Line = Pick<KeywordLine, 'line' | 'skipped' | 'text'> & { found: Detected[]; forLibrary: boolean };

/** What was found in one file so far. */
export type Searched = {
  /** Lines with keywords in which something was found, or which the library has still to see. */
  lines: Line[];
  /** Private keys, which stand on several lines. */
  keys: DetectedInFile[];
  /** Comments that allow findings. */
  allows: AllowComment[];
  /** Whether the words of a private key stand in it, which is more than one line. */
  hasKeyWords: boolean;
};

/** Looks for everything in a file, or in a part of it, but what the library knows; `settle` asks the library once for many files. */
export function search({ bytes, path }: TextFile, range?: LineRange): Searched {
  const file = { fileClass: fileClassOf(path), isSuppressed: isTestOrDocument(path) };
  const lines = keywordLines(bytes, tableFor(path), range);
  const searched = lines.map((line) => inLine(line, { path, file, bytes }));
  return {
    lines: searched.filter(({ found, forLibrary }) => forLibrary || found.length > 0),
    keys: keysIn(bytes, lines),
    allows: lines.flatMap(allowIn),
    hasKeyWords: lines.some(({ keywords }) => some(keywords, KEYS)),
  };
}

/** Returns the secrets of files that were searched, with those that the library finds in their lines. */
export async function settle(files: readonly Searched[]): Promise<DetectedInFile[][]> {
  await askLibrary(files.flatMap(({ lines }) => lines.filter(({ forLibrary }) => forLibrary)));
  return files.map(({ lines, keys }) => [...withoutRepeats(lines.flatMap(placed)), ...keys]);
}

function tableFor(path: string): KeywordTable {
  return OWN_FILES.some((files) => files.test(path)) ? TABLE_OF_ALL : TABLE;
}

function allowIn({ keywords, text, line }: KeywordLine): AllowComment[] {
  const comment = keywords.has(ALLOW) ? readAllowComment(text, line) : null;
  return comment === null ? [] : [comment];
}

function placed({ line, skipped, found }: Line): DetectedInFile[] {
  return found.map(({ below = 0, ...each }) => {
    const at = below === 0 ? skipped + each.at : each.at;
    return { ...each, at, line: line + below, column: at + 1 };
  });
}

/** Returns findings of which no two overlap in their line. */
function withoutRepeats(found: readonly DetectedInFile[]): DetectedInFile[] {
  const byLine = new Map<number, DetectedInFile[]>();
  for (const each of found) {
    const own = byLine.get(each.line);
    if (own) own.push(each);
    else byLine.set(each.line, [each]);
  }
  return [...byLine.values()].flatMap((own) => (own.length === 1 ? own : withoutOverlaps(own)));
}

/** Asks the library once for all lines, because a call costs more than a line. */
async function askLibrary(lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return;
  const starts: number[] = [];
  let text = '';
  for (const line of lines) {
    starts.push(text.length);
    text += `${line.text}\n`;
  }
  let index = 0;
  const found = (await libraryFindings(text)).sort((a, b) => a.at - b.at);
  for (const each of found) {
    while ((starts[index + 1] ?? text.length) <= each.at) index += 1;
    if (!each.value.includes('\n')) lines[index]?.found.push({ ...each, at: each.at - (starts[index] ?? 0) });
  }
}

type Place = { path: string; file: FileKind; bytes: Uint8Array };

function inLine(line: KeywordLine, { path, file, bytes }: Place): Line {
  const { fileClass } = file;
  const text = fileClass === 'notebook' ? line.text.replaceAll('\\"', ' "') : line.text;
  const patterns = new Set<SecretPattern>();
  for (const id of line.keywords) for (const each of PATTERNS_BY_WORD[id] ?? []) patterns.add(each);
  const isNamed = some(line.keywords, NAMES) && (!line.part || fileClass === 'config');
  const found = [
    ...matchPatterns(text, path, fileClass === 'generated' ? issuers(patterns) : patterns),
    ...(isNamed ? assignments(text, file) : []),
    ...(isNamed && !line.part ? pairedValues(text, file, () => textAfter(line, bytes)) : []),
  ].filter(({ value }) => !isIdentifier(value));
  return { line: line.line, skipped: line.skipped, text, found, forLibrary: some(line.keywords, LIBRARY) };
}

/** Returns patterns of issuers only: in generated files nothing else is written by a person. */
function issuers(patterns: ReadonlySet<SecretPattern>): SecretPattern[] {
  return [...patterns].filter(({ shape }) => shape === 'issuer');
}

/** Returns the text of the lines after a line. */
function textAfter({ offset, text }: KeywordLine, bytes: Uint8Array): string {
  const start = bytes.indexOf(10, offset + text.length) + 1;
  if (start === 0) return '';
  let end = start - 1;
  for (let line = 0; line < PAIRED_LINES && end !== -1; line += 1) end = bytes.indexOf(10, end + 1);
  const stop = Math.min(end === -1 ? bytes.length : end, start + MOST_AFTER);
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, stop - start).toString('utf8');
}

function keysIn(bytes: Uint8Array, lines: readonly KeywordLine[]): DetectedInFile[] {
  let end = 0;
  return lines.flatMap(({ keywords, line, offset, text, skipped }) => {
    if (offset < end || !some(keywords, KEYS) || !/BEGIN|Private-Lines/.test(text)) return [];
    const part = Buffer.from(
      bytes.buffer,
      bytes.byteOffset + offset,
      Math.min(KEY_BYTES, bytes.length - offset),
    );
    const [key] = privateKeys(part.toString('latin1'));
    if (!key) return [];
    end = offset + key.at + key.value.length;
    return [{ ...key, line, column: skipped + key.at + 1 }];
  });
}

function idsOf(words: readonly string[]): ReadonlySet<number> {
  return new Set(words.map((word) => WORDS.indexOf(word)));
}

function some(ids: ReadonlySet<number>, others: ReadonlySet<number>): boolean {
  for (const id of ids) if (others.has(id)) return true;
  return false;
}
