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

let cases: Case[] | undefined;

/** What the product sees first of each case, by its file. */
const samples = new Map<string, FileSample>();

async function sampleOf({ input, path }: Case): Promise<FileSample> {
  const known = samples.get(input);
  if (known !== undefined) return known;
  const opened = await openInput(input);
  const { sample } = sampleFile(path, opened);
  samples.set(input, sample);
  return sample;
}

async function isOf(adapter: Adapter, given: Case): Promise<boolean> {
  if (given.spec !== null) return false;
  const sample = await sampleOf(given);
  return adapter.formats.some((format) => format === sample.kind) && adapter.recognise(sample) !== null;
}

/** Records of the cases of an adapter, as it is given them. */
export async function recordsOf(adapter: Adapter): Promise<Seen[]> {
  const all: Seen[] = [];
  cases ??= allCases();
  for (const given of cases) if (await isOf(adapter, given)) all.push(await recordsIn(given, adapter));
  return all.filter(({ raws }) => raws.length > 0);
}

async function recordsIn({ input: path, path: shown }: Case, adapter: Adapter): Promise<Seen> {
  const input = await openInput(path);
  const sampled = sampleFile(shown, input);
  const raws: RawRecord[] = [];
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
