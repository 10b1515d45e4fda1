import type { RecordKind, SourceSpec } from '../../../../model/index.js';
import { isObject } from '../../../../text/is-object.js';
import type { FileSample } from '../../../adapter.js';
import {
  CANONICAL_FIELDS,
  isRecordKind,
  RECORD_KINDS,
  requiredFields,
} from '../../../fields/record-fields.js';
import { recordsIn } from './envelope.js';
import { matchColumns } from './headers.js';

/** Fields that stand for an id if a kind has no required field. */
const ANCHORS: { [K in RecordKind]?: readonly string[] } = { events: ['at', 'action'] };
const LOOK_AT = 50;

/** How well a table's columns fit a kind of record. */
export type KindMatch = {
  /** Kind. */
  kind: RecordKind;
  /** Canonical fields found among the columns. */
  fields: string[];
  /** Fields a record cannot be without and that no column has. */
  missing: string[];
};

/** Returns column or member names of the records in a sample: the header, or the members of the first 50 records. */
export function sampleColumns(sample: FileSample): string[] {
  if (sample.header) return sample.header.filter((name) => name !== '');
  const records = sample.kind === 'ndjson' ? lines(sample.head) : recordsIn(sample);
  const names = records.slice(0, LOOK_AT).flatMap((record) => (isObject(record) ? Object.keys(record) : []));
  return [...new Set(names)];
}

/**
 * Returns the record lists of an object keyed by kind, such as `{keys: [...], rotations: [...]}`; empty if it is none.
 * `{"keys": []}` alone is none: a key set (RFC 7517) and the key lists of Google Cloud look the same when they are empty.
 */
export function keyedKinds(sample: FileSample): RecordKind[] {
  const { partial } = sample;
  if (sample.kind === 'csv' || !isObject(partial)) return [];
  const kinds = Object.keys(partial).filter(isRecordKind);
  const fits = kinds.every((kind) => {
    const list = partial[kind];
    if (!Array.isArray(list)) return list === null;
    const [first] = list;
    return list.length === 0 || (isObject(first) && fitKind(kind, Object.keys(first)).missing.length === 0);
  });
  return fits && !isEmptyKeyList(partial) ? kinds : [];
}

function isEmptyKeyList(value: Record<string, unknown>): boolean {
  const { keys } = value;
  return Object.keys(value).length === 1 && Array.isArray(keys) && keys.length === 0;
}

/** Returns whether each record names its kind in a member `kind`. */
export function namesItsKind(sample: FileSample): boolean {
  const [first] = sample.kind === 'ndjson' ? lines(sample.head) : recordsIn(sample);
  return isObject(first) && isRecordKind(first['kind']);
}

/**
 * Returns the kind that a table's columns fit unambiguously: its id and at least two more fields, half of the columns
 * known, and no other kind fits as well. A file name with the kind in it (`rotations.ndjson`) decides between equals
 * and needs only one more field. Null if nothing does.
 */
export function recogniseKind(
  columns: readonly string[],
  fileName: string,
  spec: SourceSpec | null,
): RecordKind | null {
  const given = Object.keys({ ...spec?.columns, ...spec?.constants });
  const fits = RECORD_KINDS.map((kind) => fitKind(kind, columns, given)).filter(
    ({ missing }) => missing.length === 0,
  );
  const known = (match: KindMatch): boolean => match.fields.length * 2 >= columns.length;
  const named = fits.filter((match) => isNamed(match.kind, fileName) && enough(match, 1) && known(match));
  if (named.length === 1) return named[0]?.kind ?? null;
  const [best, next] = fits.filter((match) => enough(match, 2) && known(match)).sort(mostFields);
  if (!best || (next && next.fields.length === best.fields.length)) return null;
  return best.kind;
}

/** Returns the kinds nearest to a table that fits none, best first. */
export function nearestKinds(columns: readonly string[]): KindMatch[] {
  return RECORD_KINDS.map((kind) => fitKind(kind, columns))
    .filter(({ fields, missing }) => fields.length >= 2 || (fields.length === 1 && missing.length === 0))
    .sort(mostFields);
}

function fitKind(kind: RecordKind, columns: readonly string[], given: readonly string[] = []): KindMatch {
  const own = CANONICAL_FIELDS[kind].map(({ name }) => name);
  const fields = [
    ...new Set([...matchColumns(kind, columns).keys(), ...given.filter((name) => own.includes(name))]),
  ];
  const needed = ANCHORS[kind] ?? requiredFields(kind);
  return { kind, fields, missing: needed.filter((name) => !fields.includes(name)) };
}

function enough({ kind, fields }: KindMatch, more: number): boolean {
  return fields.length >= (ANCHORS[kind] ?? requiredFields(kind)).length + more;
}

function mostFields(a: KindMatch, b: KindMatch): number {
  return b.fields.length - a.fields.length || a.missing.length - b.missing.length;
}

function isNamed(kind: RecordKind, fileName: string): boolean {
  const words = fileName.toLowerCase().replace(/[^a-z]+/g, '_');
  return `_${words}_`.includes(`_${kind}_`);
}

function lines(head: string): unknown[] {
  return head.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}
