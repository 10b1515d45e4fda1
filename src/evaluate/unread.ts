import { RECORD_FIELDS, type RecordField } from '../assets/record-fields.js';
import type { RecordKind } from '../model/index.js';
import { compareText } from '../text/compare-text.js';
import { isObject } from '../text/is-object.js';

/** A dossier in which fields that could not be read have a value that they might have. */
export type UnreadReading = {
  /** The dossier, as JSON in UTF-8. */
  dossier: Uint8Array;
  /** Paths of the fields that have one, as `grants.records.removed_at`. */
  fields: readonly string[];
};

/** The fields in a dossier that a record states and nobody can read, and what they might be. */
export type Unread = {
  /** Their paths, sorted. */
  fields: readonly string[];
  /** Each field with each value that is tried, and all of them together. */
  readings: readonly UnreadReading[];
};

type Json = { [name: string]: unknown };

/** A field of records of one member of a dossier: all of them have the same value in a reading. */
type Group = { path: string; name: string; records: Json[]; values: readonly unknown[] };

const MARK = Buffer.from('"unclear":["');
const DAY_MS = 86_400_000;

/**
 * Returns the readings of a dossier whose records list fields as `unclear` that are null; null if none does. What else is
 * unclear is contradicted, and `readingsOf` has it.
 */
export function unreadOf(dossier: Uint8Array): Unread | null {
  if (!Buffer.from(dossier.buffer, dossier.byteOffset, dossier.byteLength).includes(MARK)) return null;
  const value = JSON.parse(new TextDecoder().decode(dossier)) as Json;
  const groups = [...groupsOf(value).values()].sort((a, b) => compareText(a.path, b.path));
  if (groups.length === 0) return null;
  const read = (chosen: readonly (readonly [Group, unknown])[]) => ({
    dossier: withValues(value, chosen),
    fields: chosen.map(([{ path }]) => path),
  });
  const alone = groups.flatMap((group) => group.values.map((one) => read([[group, one]])));
  const most = groups.length > 1 ? Math.max(...groups.map(({ values }) => values.length)) : 0;
  const together = Array.from({ length: most }, (_, n) =>
    read(groups.map((group) => [group, group.values[n % group.values.length]] as const)),
  );
  return { fields: groups.map(({ path }) => path), readings: [...alone, ...together] };
}

function withValues(dossier: Json, chosen: readonly (readonly [Group, unknown])[]): Uint8Array {
  for (const [{ records, name }, one] of chosen) for (const record of records) record[name] = one;
  const bytes = new TextEncoder().encode(JSON.stringify(dossier));
  for (const [{ records, name }] of chosen) for (const record of records) record[name] = null;
  return bytes;
}

function groupsOf(dossier: Json): Map<string, Group> {
  const groups = new Map<string, Group>();
  const contradicted = contradictedOf(dossier);
  for (const { path, record } of recordsIn(dossier, '')) {
    for (const name of unreadIn(record)) {
      const place = `${path}${name}`;
      if (contradicted.has(place)) continue;
      const known = groups.get(place);
      if (known) known.records.push(record);
      else
        groups.set(place, { path: place, name, records: [record], values: valuesOf(record, name, dossier) });
    }
  }
  return groups;
}

/** Returns the paths of the fields on which records of the subject contradict each other. */
function contradictedOf({ subject, contradictions }: Json): Set<string> {
  const kind = isObject(subject) ? String(subject['kind']) : '';
  const fields = Array.isArray(contradictions) ? contradictions.filter(isObject) : [];
  return new Set(fields.map(({ field }) => `${kind}.${String(field)}`));
}

/** Yields every object with a list `unclear`, with its path without places in lists. */
function* recordsIn(value: unknown, path: string): Generator<{ path: string; record: Json }> {
  if (Array.isArray(value)) for (const one of value) yield* recordsIn(one, path);
  if (!isObject(value)) return;
  if (Array.isArray(value['unclear'])) yield { path, record: value };
  for (const [name, inner] of Object.entries(value)) yield* recordsIn(inner, `${path}${name}.`);
}

function unreadIn(record: Json): string[] {
  const names = Array.isArray(record['unclear']) ? record['unclear'] : [];
  return names.filter((name): name is string => typeof name === 'string' && record[name] === null);
}

function valuesOf(record: Json, name: string, dossier: Json): readonly unknown[] {
  const field = fieldOf(record, name);
  if (field === undefined) return [ANY_TEXT];
  return field.type === 'enum' ? field.values : VALUES[field.type](dossier);
}

/** Returns a field of the kind of record that has most of the members of this one. */
function fieldOf(record: Json, name: string): RecordField | undefined {
  const has = (field: RecordField) => Object.hasOwn(record, field.name);
  const [best] = Object.keys(RECORD_FIELDS)
    .map((kind) => RECORD_FIELDS[kind as RecordKind])
    .filter((fields) => fields.some((field) => field.name === name))
    .sort((a, b) => b.filter(has).length - a.filter(has).length);
  return best?.find((field) => field.name === name);
}

const ANY_TEXT = 'a value that cannot be read';

/** Values by which a rule may decide differently, by what a field holds. */
const VALUES: { readonly [type in Exclude<RecordField['type'], 'enum'>]: (dossier: Json) => unknown[] } = {
  text: () => ['', ANY_TEXT, 'a'.repeat(64)],
  boolean: () => [true, false],
  number: () => [0, 1, 1_000_000_000],
  list: () => [[], [ANY_TEXT], Array.from({ length: 100 }, (_, n) => `${ANY_TEXT} ${n}`)],
  instant: instants,
  source: () => [],
};

/** Dates long before, shortly before and after the as-of date, those of everything else in the dossier, and never. */
function instants(dossier: Json): unknown[] {
  const { as_of: asOf } = dossier;
  const ms = isObject(asOf) ? Number(asOf['ms']) : 0;
  const spread = [-20 * 365, -400, -100, -20, -0.04, 20, 20 * 365].map((days) => ms + days * DAY_MS);
  const known = [...new Set([...spread, ...momentsIn(dossier)])].slice(0, MOST_DATES);
  const dates = known.map((one) => ({ state: 'known', ms: one, tolerance_ms: 0 }));
  return [...dates, { state: 'never', ms: null, tolerance_ms: 0 }];
}

/** Most dates that are tried for a field. */
const MOST_DATES = 24;

function momentsIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(momentsIn);
  if (!isObject(value)) return [];
  if (value['state'] === 'known' && typeof value['ms'] === 'number') return [value['ms']];
  return Object.values(value).flatMap(momentsIn);
}
