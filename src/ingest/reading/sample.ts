import { basename } from 'node:path/posix';
import { JSONParser } from '@streamparser/json';
import { isObject } from '../../text/is-object.js';
import type { FileKind, FileSample } from '../adapter.js';
import { type CsvDialect, sniffCsv } from './csv-dialect.js';
import { watchJson } from './json-bounds.js';
import type { Input } from './open-input.js';
import { withoutStamp } from './read-ndjson.js';
import { yamlDocuments, yamlValue } from './read-yaml.js';
import { yamlExcess } from './yaml-bounds.js';

/** A file's beginning, with what reading it needs and what it shows about the file. */
export type Sampled = {
  /** What adapters see. */
  sample: FileSample;
  /** CSV dialect; null for other kinds, but for a text that may be a table. */
  dialect: CsvDialect | null;
  /** For a kind that no adapter reads: what it is and what to export instead. */
  advice: string | null;
};

const BINARIES: { magic: (head: Buffer, name: string) => boolean; advice: string }[] = [
  {
    magic: (head, name) => DOCUMENT.test(name) && (zip(head) || ole(head)),
    advice: 'a document: keyproof reads exports, not documents; leave it out',
  },
  {
    magic: (head, name) => /\.(xlsb|ods)$/i.test(name) && zip(head),
    advice: 'a workbook that is not read: save it as .xlsx and audit that',
  },
  {
    magic: (head, name) => /\.msg$/i.test(name) && ole(head),
    advice: 'an e-mail: save the files attached to it and audit those',
  },
  { magic: picture, advice: 'a picture: export what it shows as CSV or JSON and audit that' },
  { magic: zip, advice: 'a zip archive with the name of another kind of file: name it .zip' },
  {
    magic: ole,
    advice:
      'an old Office file, or one with a password: save it as a workbook (.xlsx) without a password and audit that',
  },
  {
    magic: (head) => head.subarray(0, 4).toString('latin1') === 'PAR1',
    advice: 'a Parquet file: export it as NDJSON or CSV',
  },
  {
    magic: (head) => head.subarray(0, 4).toString('latin1') === 'Obj\u0001',
    advice: 'an Avro file: export it as NDJSON or CSV',
  },
  {
    magic: (head) => head.subarray(257, 262).toString('latin1') === 'ustar',
    advice: 'a tar archive inside gzip: name it .tar.gz, or unpack it and audit the files in it',
  },
  {
    magic: (head) => head.subarray(0, 5).toString('latin1') === '%PDF-',
    advice: 'a PDF: keyproof reads exports, not documents',
  },
];

/**
 * Looks at the first bytes of a file: what kind it is and what its records look like.
 * @param headerRow CSV row that holds the column names, if keyproof.yaml states it
 */
export function sampleFile(path: string, input: Input, headerRow: number | null = null): Sampled {
  const name = basename(path).replace(/\.gz$/i, '');
  const base = { name, path, head: '', header: null, first: null, partial: null, keys: [] };
  const advice = binaryAdvice(input, name);
  if (advice) return { sample: { ...base, kind: 'binary' }, dialect: null, advice };
  const head = new TextDecoder(input.encoding).decode(input.head, { stream: input.more });
  if (head.trim() === '') {
    return { sample: { ...base, kind: input.more ? 'text' : 'empty' }, dialect: null, advice: null };
  }
  const text = { ...base, head, kind: 'text' as const };
  return input.sheet === null
    ? sampleText(text, !input.more, headerRow)
    : sampleSheet(text, !input.more, headerRow);
}

function sampleText(stated: FileSample, whole: boolean, headerRow: number | null): Sampled {
  const base = unstamped(stated);
  const json = jsonSample(base, whole, base !== stated);
  if (json) return { sample: json, dialect: null, advice: null };
  const yaml = yamlSample(base, whole);
  if (yaml) return { sample: yaml, dialect: null, advice: null };
  const dialect = sniffCsv(base.head, whole, headerRow);
  if (dialect && isTable(dialect, base)) {
    return { sample: { ...base, kind: 'csv', header: dialect.header }, dialect, advice: null };
  }
  const table = dialect && MAY_HOLD_TABLE.test(base.name) && isEven(dialect) ? dialect : null;
  return { sample: base, dialect: table, advice: textAdvice(base.name) };
}

/** Returns the sample of lines with JSON behind what a collector wrote before it, without that. */
function unstamped(base: FileSample): FileSample {
  const [first = ''] = base.head.split('\n', 1);
  if (withoutStamp(first) === first) return base;
  return { ...base, head: base.head.split('\n').map(withoutStamp).join('\n') };
}

function sampleSheet(base: FileSample, whole: boolean, headerRow: number | null): Sampled {
  const dialect = sniffCsv(base.head, whole, headerRow);
  if (!dialect) return { sample: base, dialect: null, advice: 'a sheet without a table' };
  return {
    sample: { ...base, kind: 'csv', header: dialect.header },
    dialect: { ...dialect, trimmed: true },
    advice: null,
  };
}

/** Texts that are no exports by their names, the last of which is any other text. */
const TEXTS = [
  { named: /\.eml$/i, advice: 'an e-mail: save the files attached to it and audit those' },
  { named: /\.html?$/i, advice: 'a web page: export what it shows as CSV or JSON and audit that' },
  {
    named: /\.(ps1|psm1|sh|bash|bat|cmd|py|js|ts|rb|sql|ini|css|rtf)$/i,
    advice: 'a script, program or document: not an export that keyproof reads; leave it out',
  },
  { named: /^/, advice: 'plain text: not an export that keyproof reads' },
];

function textAdvice(name: string): string | null {
  return TEXTS.find(({ named }) => named.test(name))?.advice ?? null;
}

/** Names of plain text, in which Excel saves tables as well ("Text (Tab delimited)"): one is a table if it is recognised as one. */
const MAY_HOLD_TABLE = /\.(txt|log)$/i;

function isTable(dialect: CsvDialect, { name }: FileSample): boolean {
  if (/\.(csv|tsv|tab)$/i.test(name)) return true;
  return (
    isEven(dialect) &&
    !MAY_HOLD_TABLE.test(name) &&
    !/\.(md|xml)$/i.test(name) &&
    !TEXTS.slice(0, -1).some(({ named }) => named.test(name))
  );
}

function isEven({ header, consistency }: CsvDialect): boolean {
  return header.length > 1 && consistency >= 0.8;
}

function jsonSample(base: FileSample, whole: boolean, lines: boolean): FileSample | null {
  const named = /\.(json|ndjson|jsonl)$/i.test(base.name);
  const start = base.head.trimStart()[0];
  if (start !== '{' && start !== '[' && !(named && /^\s*null\s*$/.test(base.head))) return null;
  const line = ndjsonLine(base, whole, lines);
  if (line !== undefined) return withValue(base, 'ndjson', line, line);
  const { first, partial } = partialJson(base.head.slice(0, watchJson()(base.head)?.end));
  if (!named && (partial === null || !looksLikeJson(base.head))) return null;
  return withValue(base, 'json', first, partial);
}

/** Returns the first value of a file with one JSON value a line; undefined if it is none. */
function ndjsonLine({ head, name }: FileSample, whole: boolean, stamped: boolean): unknown {
  const lines = head.split('\n').filter((line) => line.trim() !== '');
  const complete = whole ? lines : lines.slice(0, -1);
  const named = stamped || /\.(ndjson|jsonl)$/i.test(name);
  const first = complete.slice(0, named ? undefined : 1).find((line) => parseLine(line) !== undefined);
  if (first === undefined) return undefined;
  return named || (/^\s*\{/.test(first) && /^\s*\{/.test(lines[1] ?? '')) ? parseLine(first) : undefined;
}

function parseLine(line: string): unknown {
  if (watchJson()(line)) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Lines of a log that begin with a time in brackets are none. */
function looksLikeJson(head: string): boolean {
  return /^\s*(\{\s*("|\})|\[\s*([[\]{"]|-?\d+(\.\d+)?([eE][+-]?\d+)?\s*(,|\]\s*(\n|$)|$)|true|false|null))/.test(
    head,
  );
}

/** Returns the first JSON value of a text: whole (null if it does not end), and as far as the text goes. */
function partialJson(head: string): { first: unknown; partial: unknown } {
  const parser = new JSONParser();
  let first: unknown = null;
  let partial: unknown = null;
  parser.onValue = ({ value, parent, stack }) => {
    partial = stack.length === 0 ? value : (stack[1]?.value ?? parent);
    if (stack.length === 0) first = value;
  };
  try {
    parser.write(head);
  } catch {
    // The head ends anywhere, and another document may follow the first.
  }
  return { first, partial };
}

function yamlSample(base: FileSample, whole: boolean): FileSample | null {
  if (!/\.ya?ml$/i.test(base.name) && !/^---\s*\n/.test(base.head)) return null;
  const text = whole ? base.head : base.head.slice(0, base.head.lastIndexOf('\n') + 1);
  const [document] = yamlExcess(text) === null ? yamlDocuments(text) : [];
  if (!document || (whole && document.errors.length > 0)) return withValue(base, 'yaml', null, null);
  try {
    document.errors = [];
    const value = yamlValue(document, 'doc 1');
    return withValue(base, 'yaml', whole ? value : null, value);
  } catch {
    return withValue(base, 'yaml', null, null);
  }
}

function withValue(base: FileSample, kind: FileKind, first: unknown, partial: unknown): FileSample {
  const element = firstElement(firstElement(partial));
  return { ...base, kind, first, partial, keys: isObject(element) ? Object.keys(element) : [] };
}

/** Returns the first element of a list: of a list of lists (`jq -s` of bare lists) the first element has one, too. */
function firstElement(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function binaryAdvice({ head, encoding }: Input, name: string): string | null {
  const known = BINARIES.find(({ magic }) => magic(head, name));
  if (known) return known.advice;
  const utf16 = encoding === 'utf-16le' || encoding === 'utf-16be';
  return !utf16 && head.includes(0) ? 'binary data: not an export that keyproof reads' : null;
}

const DOCUMENT = /\.(docx?|docm|pptx?|od[tp]|vsdx?|one)$/i;
const PICTURES = ['\u0089PNG', '\u00ff\u00d8\u00ff', 'GIF8', 'BM'];

function picture(head: Buffer, name: string): boolean {
  const begin = head.toString('latin1', 0, 4);
  return /\.(png|jpe?g|gif|bmp)$/i.test(name) && PICTURES.some((mark) => begin.startsWith(mark));
}

/** Files of old Office programs and of Outlook. */
function ole(head: Buffer): boolean {
  return head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
}

function zip(head: Buffer): boolean {
  return head.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]));
}
