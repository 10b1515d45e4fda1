import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Adapter, Emit, FileSample, RawRecord } from '../../../src/ingest/adapter.js';
import { ADAPTERS } from '../../../src/ingest/adapters/index.js';
import { requiredFields } from '../../../src/ingest/fields/record-fields.js';
import { startFileLog } from '../../../src/ingest/file-log.js';
import { placesIn, recordsOf, type Seen } from './raw-records.js';

describe.each(ADAPTERS.map((adapter) => ({ id: adapter.id, adapter })))('$id', async ({ adapter }) => {
  const seen = await recordsOf(adapter);

  it('never throws, whatever stands in a record, and gives records of this file only', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...seen),
        fc.nat(),
        fc.nat(),
        fc.oneof(fc.jsonValue(), fc.constantFrom(...WITHOUT_TEXT)),
        (file, record, member, any) => {
          const raw = changed(file.raws[record % file.raws.length], member, any);
          const { context } = startFileLog('any/file', null);
          const reader = adapter.open(file.sample, context);
          const emits = [...reader.convert(raw), ...(reader.end?.() ?? [])];
          expect(emits.every((emit) => emit.record.source.file === 'any/file')).toBe(true);
          expect(emits.every(({ kind }) => adapter.produces.includes(kind))).toBe(true);
        },
      ),
    );
  });

  it('counts what it cannot read in place of a list: no record is lost in silence', () => {
    const lost = seen.flatMap(({ sample, raws }) =>
      raws.flatMap((raw) =>
        listsOf(raw.value)
          .filter((path) => isLostInSilence(adapter, sample, raw, path))
          .map((path) => path.join('.')),
      ),
    );
    expect([...new Set(lost)]).toEqual([]);
  });

  it('makes no statement of a member that cannot be read', () => {
    const found = new Set(seen.flatMap((file) => statements(adapter, file)));
    const allowed = SECOND_NAMES[adapter.id] ?? [];
    expect([...found].filter((line) => !allowed.some((field) => line.endsWith(` -> ${field}`)))).toEqual([]);
  });
});

/** Values of which JavaScript makes no text: to ask for one throws. */
const WITHOUT_TEXT: readonly unknown[] = [{ toString: 0 }, [{ toString: 0 }]];

/** What somebody judged of a finding: one that cannot be read leaves the finding as open as the scan found it. */
const JUDGED = ['state', 'reason'];

/** Fields for which a record has a second place that names the same thing, or a less exact word for it. */
const SECOND_NAMES: { [adapter: string]: string[] } = {
  ...Object.fromEntries(
    ADAPTERS.filter(({ produces }) => produces.includes('secret_findings')).map(({ id }) => [id, JUDGED]),
  ),
  'aws-account-authorization': ['via', 'over_approximation'],
  'aws-cloudtrail': ['actor', 'key_id', 'category'],
  'aws-secret-versions': ['step'],
  'azure-key-vault-log': ['actor'],
  'azure-role-assignments': ['over_approximation'],
  'datadog-logs': ['actor', 'key_id', 'category'],
  'elasticsearch-bulk': ['actor', 'key_id', 'category'],
  'elasticsearch-export': ['actor', 'key_id', 'category'],
  'gcp-asset-inventory': ['over_approximation'],
  'gcp-group-members': ['aliases'],
  'gcp-iam-policy': ['over_approximation'],
  'okta-client-secrets': ['name'],
  'splunk-export': ['actor', 'key_id', 'category'],
};

const UNREADABLE = { unreadable: true };

/** What a member that cannot be read made a statement of: fields that have another value, and are not unknown. */
function statements(adapter: Adapter, { sample, raws }: Seen): string[] {
  return raws.flatMap((raw) => {
    const before = convertedBy(adapter, sample, raw);
    return leavesOf(raw.value).flatMap((path) => {
      const after = convertedBy(adapter, sample, { ...raw, value: replaced(raw.value, path) });
      return before.flatMap((emit) =>
        differences(emit, after).map((field) => `${path.join('.')} -> ${field}`),
      );
    });
  });
}

/** Paths of the lists of objects in a record. */
function listsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null);
  const inside = Object.entries(value).flatMap(([name, inner]) => listsOf(inner, [...path, name]));
  return own && path.length > 0 ? [path, ...inside] : inside;
}

/** Whether fewer records come of a record with a text in place of one of its lists, and nothing is said of it. */
function isLostInSilence(
  adapter: Adapter,
  sample: FileSample,
  raw: RawRecord,
  path: readonly string[],
): boolean {
  const before = saidBy(adapter, sample, raw);
  const after = saidBy(adapter, sample, { ...raw, value: replaced(raw.value, path, 'no list') });
  return after.emits < before.emits && [...after.said].every((one) => before.said.has(one));
}

/** How many records come of a record, and what is said of what is left out of it. */
function saidBy(adapter: Adapter, sample: FileSample, raw: RawRecord) {
  const log = startFileLog('any/file', null);
  const reader = adapter.open(sample, log.context);
  const emits = [...reader.convert(raw), ...(reader.end?.() ?? [])].length;
  const { rejects, unreadable, skipped, warnings } = log.result();
  const skips = Object.entries(skipped).flatMap(([reason, count]) =>
    Array.from({ length: count }, (_, n) => `${reason} ${n}`),
  );
  const said = [...rejects, ...unreadable].map((one) => JSON.stringify(one));
  return { emits, said: new Set([...said, ...skips, ...warnings]) };
}

function convertedBy(adapter: Adapter, sample: FileSample, raw: RawRecord): Emit[] {
  const { context } = startFileLog('any/file', null);
  const reader = adapter.open(sample, context);
  return [...reader.convert(raw), ...(reader.end?.() ?? [])];
}

/** Fields of a record that have another known value in the record of the same kind and id. */
function differences({ kind, record }: Emit, after: readonly Emit[]): string[] {
  const id = requiredFields(kind)[0] ?? 'event_id';
  const same = after.filter((emit) => emit.kind === kind && member(emit.record, id) === member(record, id));
  if (same.length !== 1 || same[0]?.record.source.record !== record.source.record) return [];
  const now = same[0].record;
  return Object.keys(now).filter((field) => !isLess(member(record, field), member(now, field)));
}

function member(record: object, name: string): unknown {
  return Reflect.get(record, name);
}

/** Whether a value states no more than another: it is the same, unknown, or a part of the list. */
function isLess(before: unknown, now: unknown): boolean {
  if (now === null || now === undefined) return true;
  if (Array.isArray(before) && Array.isArray(now) && now.length > 0)
    return now.every((item) => before.includes(item));
  return JSON.stringify(before) === JSON.stringify(now);
}

function leavesOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return path.length > 0 ? [path] : [];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
}

function replaced(
  value: Record<string, unknown>,
  path: readonly string[],
  by: unknown = UNREADABLE,
): Record<string, unknown> {
  const copy: Record<string, unknown> = structuredClone(value);
  let parent: Record<string, unknown> = copy;
  for (const name of path.slice(0, -1)) parent = parent[name] as Record<string, unknown>;
  parent[path.at(-1) ?? ''] = by;
  return copy;
}

/** The record with one of its members, wherever in it, replaced. */
function changed(raw: RawRecord | undefined, member: number, any: unknown): RawRecord {
  if (!raw) throw new Error('there is no record');
  const value: Record<string, unknown> = structuredClone(raw.value);
  const places = placesIn(value);
  const place = places[member % Math.max(1, places.length)];
  if (place) place.parent[place.name] = any;
  return { ...raw, value };
}
