import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Adapter, FileSample, RawRecord } from '../../../src/ingest/adapter.js';
import { ADAPTERS } from '../../../src/ingest/adapters/index.js';
import { startFileLog } from '../../../src/ingest/file-log.js';
import { noWriter } from '../../../src/ingest/part-writer.js';
import { readRecords } from '../../../src/ingest/read-records.js';
import { openInput } from '../../../src/ingest/reading/open-input.js';
import { sampleFile } from '../../../src/ingest/reading/sample.js';
import { allCases, type Case } from './cases.js';

type Seen = { sample: FileSample; raws: RawRecord[] };

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

/** Records of the cases of an adapter, as it is given them. */
async function recordsOf(adapter: Adapter): Promise<Seen[]> {
  const all: Seen[] = [];
  for (const given of allCases()) all.push(await recordsIn(given, adapter));
  return all.filter(({ raws }) => raws.length > 0);
}

async function recordsIn({ input: path, path: shown, spec }: Case, adapter: Adapter): Promise<Seen> {
  const input = await openInput(path);
  const sampled = sampleFile(shown, input);
  const raws: RawRecord[] = [];
  const recognised = spec === null && adapter.formats.some((format) => format === sampled.sample.kind);
  if (!recognised || adapter.recognise(sampled.sample) === null) return { sample: sampled.sample, raws };
  const log = startFileLog(shown, null);
  const keeping: Adapter = {
    ...adapter,
    open(file, context) {
      const reader = adapter.open(file, context);
      const convert = (raw: RawRecord) => {
        raws.push(raw);
        return reader.convert(raw);
      };
      return { ...reader, convert };
    },
  };
  await readRecords({ input, reopen: () => openInput(path), sampled, log }, keeping, noWriter());
  return { sample: sampled.sample, raws };
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

type Place = { parent: Record<string, unknown>; name: string };

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((name) => [{ parent, name }, ...placesIn(parent[name])]);
}
