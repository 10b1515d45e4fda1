import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawRecord } from '../../../src/ingest/adapter.js';
import { ADAPTERS } from '../../../src/ingest/adapters/index.js';
import { startFileLog } from '../../../src/ingest/file-log.js';
import { placesIn, recordsOf } from './raw-records.js';

describe.each(ADAPTERS.map((adapter) => ({ id: adapter.id, adapter })))('$id', async ({ adapter }) => {
  const seen = await recordsOf(adapter);

  it('never throws, whatever stands in a record, and gives records of this file only', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...seen),
        fc.nat(),
        fc.nat(),
        fc.jsonValue(),
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
});

/** The record with one of its members, wherever in it, replaced. */
function changed(raw: RawRecord | undefined, member: number, any: unknown): RawRecord {
  if (!raw) throw new Error('there is no record');
  const value: Record<string, unknown> = structuredClone(raw.value);
  const places = placesIn(value);
  const place = places[member % Math.max(1, places.length)];
  if (place) place.parent[place.name] = any;
  return { ...raw, value };
}
