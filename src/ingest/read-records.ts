import type { RecordKind } from '../model/index.js';
import type { Adapter, AdapterContext, AdapterReader, Emit, RawRecord } from './adapter.js';
import { withConstants } from './constants.js';
import { readText } from './content.js';
import { findDateOrders, needsOrders } from './date-order.js';
import { type LeftOutRows, leftOutRows } from './left-out-rows.js';
import type { PartWriter } from './part-writer.js';
import type { Probe } from './probe.js';
import { readCsv, sizesDiffer } from './read-csv.js';
import type { ReadEvent, ReadEvents } from './read-event.js';
import { readJson } from './read-json.js';
import { readNdjson } from './read-ndjson.js';
import { readYaml } from './read-yaml.js';
import { redactRecord } from './redact-secrets.js';
import type { Sampled } from './sample.js';
import type { Tally } from './tally.js';
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
  const context = await withDateOrders(probe, sampled, reader, tally.context);
  const leftOut = leftOutRows();
  for await (const events of readEvents(probe, sampled, reader)) {
    for (const event of events) handle(event, reader, { ...tally, context }, writer, leftOut);
    await writer.flush();
  }
  for (const sentence of leftOut.sentences()) context.decide(sentence);
  if (probe.problem !== null) throw new UnreadableError(probe.problem);
  for (const kind of reader.produces ?? adapter.produces) supply(kind, tally, writer);
  if (tally.result().records === 0) tally.context.warn('the export holds no records');
  reader.end?.(tally.context);
}

/** The context with the order of day and month that the file itself shows, if that may matter. */
async function withDateOrders(
  probe: Probe,
  sampled: Sampled,
  reader: AdapterReader,
  context: AdapterContext,
): Promise<AdapterContext> {
  if (!needsOrders(sampled.sample.head, context.spec)) return context;
  const orders = await findDateOrders(readEvents(probe, sampled, reader), context.spec);
  for (const sentence of orders.decisions) context.decide(sentence);
  return { ...context, datesOf: orders.of };
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

function handle(
  event: ReadEvent,
  reader: AdapterReader,
  tally: Tally,
  writer: PartWriter,
  leftOut: LeftOutRows,
): void {
  const { context } = tally;
  if (event.type === 'warning') context.warn(event.sentence);
  if (event.type === 'decision') context.decide(event.sentence);
  if (event.type === 'envelope') reader.envelope?.(event.value, context);
  if (event.type === 'left-out') {
    context.skip(event.reason);
    leftOut.add(event);
  }
  if (event.type !== 'record' && event.type !== 'malformed') return;
  tally.read();
  if (event.type === 'malformed') context.reject(event.record, null, event.reason);
  if (event.type !== 'record' || isShort(event.raw, reader, context)) return;
  for (const emit of convert(event.raw, reader, tally)) {
    tally.produced(emit.kind);
    writer.add(emit);
  }
}

/** Rejects a CSV row that lacks cells which a record cannot do without. */
function isShort(raw: RawRecord, reader: AdapterReader, context: AdapterContext): boolean {
  const { missing = [], value } = raw;
  if (missing.length === 0) return false;
  const columns = Object.keys(value).length;
  const filled = Object.values(value).filter((cell) => cell !== '').length;
  if (filled > 1 && reader.mayLack?.(missing)) {
    context.decide('cells that rows lack at their end are read as empty, as Excel leaves them out');
    return false;
  }
  context.reject(raw.record, null, sizesDiffer(columns - missing.length, columns));
  return true;
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
