import type { RecordKind } from '../model/index.js';
import { redactRecord } from '../secrets/redact.js';
import type { Adapter, AdapterReader, Emit, RawRecord } from './adapter.js';
import { withConstants } from './fields/constants.js';
import type { Tally } from './file-log.js';
import type { PartWriter } from './part-writer.js';
import { readText } from './reading/content.js';
import type { Probe } from './reading/probe.js';
import { readCsv } from './reading/read-csv.js';
import type { ReadEvent, ReadEvents } from './reading/read-event.js';
import { readJson } from './reading/read-json.js';
import { readNdjson } from './reading/read-ndjson.js';
import { readYaml } from './reading/read-yaml.js';
import type { Sampled } from './reading/sample.js';
import { UnreadableError } from './unreadable-error.js';

/**
 * Reads all records of a file through its adapter.
 * @throws UnreadableError where it cannot be read to its end; what was read before it is written and counted
 */
export async function readRecords(
  probe: Probe,
  sampled: Sampled,
  adapter: Adapter,
  tally: Tally,
  writer: PartWriter,
): Promise<void> {
  const plain = adapter.create?.(sampled.sample, tally.context) ?? adapter;
  const reader = withConstants(
    plain,
    plain.produces?.length ? plain.produces : adapter.produces,
    tally.context,
  );
  for await (const events of readEvents(probe, sampled, reader)) {
    for (const event of events) handle(event, reader, tally, writer);
    await writer.flush();
  }
  if (probe.problem !== null) throw new UnreadableError(probe.problem);
  for (const kind of reader.produces ?? adapter.produces) supply(kind, tally, writer);
  if (tally.result().records === 0) tally.context.warn('the export holds no records');
  reader.end?.(tally.context);
}

function supply(kind: RecordKind, tally: Tally, writer: PartWriter): void {
  tally.supplies(kind);
  writer.open(kind);
}

/** What is in a file, by the reader for its kind. */
export function readEvents(probe: Probe, { sample, dialect }: Sampled, reader: AdapterReader): ReadEvents {
  const text = readText(probe.source, probe.encoding);
  if (sample.kind === 'csv' && dialect) return readCsv(text, dialect);
  if (sample.kind === 'ndjson') return readNdjson(text, reader.items);
  if (sample.kind === 'yaml') return readYaml(text, reader.items);
  return readJson(text, reader.items);
}

function handle(event: ReadEvent, reader: AdapterReader, tally: Tally, writer: PartWriter): void {
  const { context } = tally;
  if (event.type === 'warning') context.warn(event.sentence);
  if (event.type === 'envelope') reader.envelope?.(event.value, context);
  if (event.type === 'warning' || event.type === 'envelope') return;
  tally.read();
  if (event.type === 'malformed') context.reject(event.record, null, event.reason);
  if (event.type !== 'record') return;
  for (const emit of convert(event.raw, reader, tally)) {
    tally.produced(emit.kind);
    writer.add(emit);
  }
}

/** Canonical records of one record, without live secrets. A defect of an adapter costs the record, not the file. */
function convert(raw: RawRecord, reader: AdapterReader, { context }: Tally): Emit[] {
  try {
    return [...reader.convert(raw, context)].map((emit) => withoutSecrets(emit, context.warn));
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    context.reject(raw.record, null, `the record has a shape this adapter does not know (${detail})`);
    return [];
  }
}

function withoutSecrets<T extends Emit>(emit: T, warn: (sentence: string) => void): T {
  const record = redactRecord(emit.record, (field) =>
    warn(
      `${field} held what looks like a live secret; only its SHA-256 fingerprint was kept: remove it from the export`,
    ),
  );
  return record === emit.record ? emit : { ...emit, record };
}
