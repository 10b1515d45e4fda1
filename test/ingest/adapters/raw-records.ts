import type { Adapter, FileSample, RawRecord } from '../../../src/ingest/adapter.js';
import { startFileLog } from '../../../src/ingest/file-log.js';
import { noWriter } from '../../../src/ingest/part-writer.js';
import { readRecords } from '../../../src/ingest/read-records.js';
import { openInput } from '../../../src/ingest/reading/open-input.js';
import { sampleFile } from '../../../src/ingest/reading/sample.js';
import { UnreadableError } from '../../../src/ingest/unreadable-error.js';
import { allCases, type Case } from './cases.js';

/** A case of an adapter, and its records as the adapter is given them. */
export type Seen = { sample: FileSample; raws: RawRecord[] };

/** Records of the cases of an adapter, as it is given them. */
export async function recordsOf(adapter: Adapter): Promise<Seen[]> {
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
  const job = { input, reopen: () => openInput(path), sampled, log };
  await readRecords(job, keeping, noWriter()).catch(unlessBrokenOff);
  return { sample: sampled.sample, raws };
}

/** A case may break off: the records before that are seen. */
function unlessBrokenOff(error: unknown): void {
  if (!(error instanceof UnreadableError)) throw error;
}

/** A member of a value, wherever in it. */
export type Place = { parent: Record<string, unknown>; name: string };

/** Returns the members of a value and of all values in it. */
export function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((name) => [{ parent, name }, ...placesIn(parent[name])]);
}
