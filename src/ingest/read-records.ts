import type { ClassifyRule, RecordKind } from '../model/index.js';
import { isClientSide } from '../secrets/client-side.js';
import { holdsSecret, redactRecord } from '../secrets/redact.js';
import { dropSecretMembers } from '../secrets/secret-members.js';
import type { Adapter, AdapterContext, AdapterReader, Emit, RawRecord } from './adapter.js';
import { withClassification } from './classify/with-classification.js';
import { warnOfAnyNextPage } from './fields/next-page.js';
import { withOrigins } from './fields/stated-by.js';
import { withConstants } from './fields/stated-in-config.js';
import { readWhenTaken, takenAsStated } from './fields/taken.js';
import type { FileLog } from './file-log.js';
import { jsonLine } from './json-line.js';
import type { PartWriter } from './part-writer.js';
import { findDateOrders, needsOrders } from './reading/date-order.js';
import { type LeftOutRows, leftOutRows } from './reading/left-out-rows.js';
import type { Input } from './reading/open-input.js';
import { mayHoldPowerShellValues, withoutPowerShell } from './reading/powershell-values.js';
import { readCsv, sizesDiffer } from './reading/read-csv.js';
import type { ReadEvent, ReadEvents } from './reading/read-event.js';
import { readJson } from './reading/read-json.js';
import { readNdjson } from './reading/read-ndjson.js';
import { readText } from './reading/read-text.js';
import { readYaml } from './reading/read-yaml.js';
import { misplacedLists } from './reading/record-lists.js';
import type { Sampled } from './reading/sample.js';
import { type SampleView, throughView } from './reading/sample-views.js';
import { isWithinBounds, withinBounds } from './record-bounds.js';
import { UnreadableError } from './unreadable-error.js';

/** One file that is being read. */
export type FileJob = {
  /** Its bytes. */
  input: Input;
  /** Opens it again, to look through it before it is read. */
  reopen: () => Promise<Input>;
  /** What its beginning shows. */
  sampled: Sampled;
  /** The view of it that its adapter knows; as it is if left out. */
  view?: SampleView;
  /** What is counted and reported about it. */
  log: FileLog;
  /** Rules of `classify` in keyproof.yaml; absent if there are none. */
  classify?: readonly ClassifyRule[];
};

/**
 * Reads all records of a file through its adapter.
 * @throws UnreadableError if it cannot be read to its end; what was read before it is written and counted
 * @throws NotUtf8Error if it has to be read again in another encoding
 */
export async function readRecords(job: FileJob, adapter: Adapter, writer: PartWriter): Promise<void> {
  const { sampled, log } = job;
  log.readsTaken(takenAsStated(log.context));
  const plain = throughView(adapter.open(job.view?.sample ?? sampled.sample, log.context), job.view);
  const kinds = plain.produces ?? adapter.produces;
  log.mayHold(plain.mayHold ?? kinds);
  const filled = withConstants(plain, kinds.length > 0 ? kinds : adapter.produces, log.context);
  const { reader, sentences } = withClassification(filled, job.classify ?? [], log.context.file);
  await lookForDateOrders(job, reader.items);
  const leftOut = leftOutRows();
  const reading: Reading = { reader, log, writer, leftOut };
  const unwrap = mayHoldPowerShellValues(sampled.sample);
  for await (const events of readEvents(job, reader.items)) {
    for (const event of events) handle(unwrap ? unwrapped(event) : event, reading);
    await writer.flush();
  }
  for (const sentence of leftOut.sentences()) log.context.decide(sentence);
  for (const sentence of job.input.sheet?.decisions() ?? []) log.context.decide(sentence);
  for (const sentence of job.input.sheet?.warnings() ?? []) log.context.warn(sentence);
  for (const kind of kinds) supply(kind, log, writer);
  if (log.result().records === 0) log.context.warn('the export holds no records');
  write(reader.end?.() ?? [], log, writer);
  if (log.result().produced.keys) for (const sentence of sentences()) log.context.decide(sentence);
}

/** Reads the file a first time for the order of day and month that it shows itself, if that may matter. */
async function lookForDateOrders(job: FileJob, items: readonly string[]): Promise<void> {
  const { spec } = job.log.context;
  if (!needsOrders(job.sampled.sample.head, spec)) return;
  const input = await job.reopen();
  job.log.readsDates(await findDateOrders(readEvents({ ...job, input }, items), spec));
}

function supply(kind: RecordKind, log: FileLog, writer: PartWriter): void {
  log.supplies(kind);
  writer.open(kind);
}

/** Returns what is in a file, by the reader for its kind. */
export function readEvents({ input, sampled, view }: FileJob, items: readonly string[]): ReadEvents {
  const { sample, dialect } = sampled;
  const kind = view?.reads ?? sample.kind;
  if (kind === 'csv' && dialect) return readCsv(input.text(), dialect);
  if (kind === 'ndjson') return readNdjson(input.text(), items);
  if (kind === 'yaml') return readYaml(input.text(), items);
  return kind === 'text' ? readText(input.text()) : readJson(input.text(), items);
}

/** Returns a record without what PowerShell wraps around its members. */
function unwrapped(event: ReadEvent): ReadEvent {
  if (event.type !== 'record') return event;
  const members = Object.entries(event.raw.value).map(([name, value]) => [name, withoutPowerShell(value)]);
  return { ...event, raw: { ...event.raw, value: Object.fromEntries(members) } };
}

/** A file that is read: by what, and to where what becomes of it goes. */
type Reading = { reader: AdapterReader; log: FileLog; writer: PartWriter; leftOut: LeftOutRows };

function handle(event: ReadEvent, reading: Reading): void {
  const { reader, log, leftOut } = reading;
  const { context } = log;
  if (event.type === 'warning') context.warn(event.sentence);
  if (event.type === 'decision') context.decide(event.sentence);
  if (event.type === 'lines-differ') log.linesDiffer();
  if (event.type === 'envelope') seeEnvelope(event.value, reader, log);
  if (event.type === 'left-out') {
    context.skip(event.reason);
    leftOut.add(event);
  }
  if (event.type !== 'record' && event.type !== 'malformed') return;
  log.read();
  if (event.type === 'malformed') context.reject(event.record, null, event.reason);
  else if (!isShort(event.raw, reader, context)) handleRecord(event.raw, reading);
}

/** An entry of a log that gives no record, such as one about no credential, still shows what time the log covers. */
function handleRecord(raw: RawRecord, { reader, log, writer }: Reading): void {
  const emits = convert(raw, reader, log);
  if (emits.length === 0) log.passed(raw.value);
  else write(emits, log, writer);
}

/** Whatever the export, a page that names the next one is not the whole list. */
function seeEnvelope(value: Record<string, unknown>, reader: AdapterReader, log: FileLog): void {
  readWhenTaken(value, log.context);
  for (const { record, reason } of misplacedLists(reader.items, value)) {
    log.read();
    log.context.reject(record, null, reason);
  }
  reader.envelope?.(value);
  if (!log.result().truncated) warnOfAnyNextPage(value, log.context);
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

/** Returns canonical records of one record. A defect of an adapter costs the record, not the file. */
function convert(raw: RawRecord, reader: AdapterReader, { context }: FileLog): Emit[] {
  try {
    dropSecretMembers(raw.value);
    return [...reader.convert(raw)];
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    context.reject(raw.record, null, `the record has a shape this adapter does not know (${detail})`);
    return [];
  }
}

/**
 * Writes records that are within their bounds, without the live secrets in them. What is written is looked at as a whole first,
 * and field by field only if something in it may have to go.
 */
function write(emits: Iterable<Emit>, log: FileLog, writer: PartWriter): void {
  for (const stated of emits) {
    const emit = log.withUnclear(withClientSide(withOrigins(stated)));
    const line = jsonLine(emit.record);
    if (isWithinBounds(line) && !holdsSecret(line)) add(emit, line, log, writer);
    else writeChecked(emit, log, writer);
  }
}

function writeChecked(stated: Emit, log: FileLog, writer: PartWriter): void {
  const bounded = withinBounds(stated, log.context);
  if (bounded === null) return;
  const emit = withoutSecrets(log.withUnclear(bounded), log.context.warn);
  add(emit, jsonLine(emit.record), log, writer);
}

function add(emit: Emit, line: string, log: FileLog, writer: PartWriter): void {
  log.produced(emit);
  writer.add(emit, line);
}

/** Marks a found secret at a path of what is shipped to clients; what an export states of it stays. */
function withClientSide(emit: Emit): Emit {
  if (emit.kind !== 'secret_findings') return emit;
  const { client_side: stated = null, channel, path } = emit.record;
  if (stated !== null || !(channel === 'client' || isClientSide(path ?? ''))) return emit;
  return { ...emit, record: { ...emit.record, client_side: true } };
}

function withoutSecrets<T extends Emit>(emit: T, warn: (sentence: string) => void): T {
  const record = redactRecord(emit.record, (field) =>
    warn(
      `${field} held what looks like a live secret; only its SHA-256 fingerprint was kept: remove it from the export`,
    ),
  );
  return record === emit.record ? emit : { ...emit, record };
}
