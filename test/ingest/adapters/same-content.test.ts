import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isObject } from '../../../src/text/is-object.js';
import { STORE_FILES } from '../../support/closed-set.js';
import { describeUnlessProved } from '../../support/verdict.js';
import { allCases, type Case, readInputIn } from './cases.js';

/** Editors, Git on Windows, Excel and jq write the same content anew; null if the text is none that this one writes. */
const WRITERS: { readonly [name: string]: (text: string, ending: string) => string | Buffer | null } = {
  'line ends of Windows': (text) => text.replace(/\r?\n/g, '\r\n'),
  'a byte order mark': (text) => withMark(text),
  'UTF-16': (text) => Buffer.from(withMark(text), 'utf16le'),
  'members in reverse order': (text, ending) => rewritten(text, ending, reversed),
};

/** Log Analytics, Splunk and Elasticsearch write the columns of a table before its rows, which are read as they come. */
const ORDERED = [
  'azure/key-vault-log/log-analytics-table',
  'elasticsearch/export/sql',
  'splunk/export/json-rows',
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyproof-same-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const first = new Map<string, Promise<unknown>>();

describeUnlessProved(
  'the same content says the same, however it is written',
  import.meta.url,
  [...STORE_FILES, 'src/ingest/adapters/*/*/cases/**'],
  () => {
    describe.each(Object.keys(WRITERS))('with %s', (writer) => {
      it.each(
        allCases()
          .map((given) => ({ ...given, written: writtenBy(writer, given) }))
          .filter(isWritten),
      )('$name says what it said', async ({ written, ...given }) => {
        const path = join(folder, `input${extname(given.input)}`);
        writeFileSync(path, written);
        expect(await saidOf(given, path)).toEqual(await saidAtFirst(given));
      });
    });
  },
);

/** What is said of a case as it lies there, read once for all writers. */
function saidAtFirst(given: Case): Promise<unknown> {
  const known = first.get(given.name) ?? saidOf(given, given.input);
  first.set(given.name, known);
  return known;
}

function writtenBy(writer: string, { name, input }: Case): string | Buffer | null {
  if (ORDERED.includes(name) && writer === 'members in reverse order') return null;
  return WRITERS[writer]?.(readFileSync(input, 'utf8'), extname(input)) ?? null;
}

function isWritten<T extends { written: string | Buffer | null }>(
  given: T,
): given is T & { written: string } {
  return given.written !== null;
}

/** All that is said of a file and its records, but its bytes, where its lines begin, and the order of lists. */
async function saidOf({ path, spec }: Case, absolute: string): Promise<unknown> {
  const { file, records } = await readInputIn(folder, absolute, path, spec);
  const { bytes: _bytes, sha256: _sha256, lineOffset: _lineOffset, ...said } = file;
  return unordered({ said, records });
}

function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unordered).sort(byText);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unordered(member)]));
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function withMark(text: string): string {
  return `\ufeff${text.replace(/^\ufeff/, '')}`;
}

function rewritten(text: string, ending: string, change: (value: unknown) => unknown): string | null {
  const write = (json: string): string => JSON.stringify(change(JSON.parse(json)));
  try {
    if (ending === '.json') return write(text);
    return ending.endsWith('sonl') || ending === '.ndjson'
      ? text.trim().split('\n').map(write).join('\n')
      : null;
  } catch {
    return null;
  }
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isObject(value)) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, member]) => [name, reversed(member)]));
}
