import { stat } from 'node:fs/promises';
import type { InputFile, RecordKind, SourceSpec } from '../model/index.js';
import type { RecordPart } from '../store/record-part.js';
import type { AdapterReader, Emit, RawRecord } from './adapter.js';
import { withConstants } from './constants.js';
import { readText } from './content.js';
import { type Detection, detect, nearestGuesses } from './detect.js';
import { noWriter, type PartWriter, partWriter } from './part-writer.js';
import { hashFile, type Probe, probeFile } from './probe.js';
import { readCsv } from './read-csv.js';
import type { ReadEvent, ReadEvents } from './read-event.js';
import { readJson } from './read-json.js';
import { readNdjson } from './read-ndjson.js';
import { readYaml } from './read-yaml.js';
import { redactRecord } from './redact-secrets.js';
import { type Sampled, sampleFile } from './sample.js';
import { startTally, type Tally } from './tally.js';
import { UnreadableError } from './unreadable-error.js';

/** One file to read: what a worker is given. */
export type FileTask = {
  /** Absolute path. */
  absolute: string;
  /** `InputFile.path`. */
  path: string;
  /** Its entry in keyproof.yaml; null where it has none. */
  spec: SourceSpec | null;
  /** Whether it was named, and not merely found in a folder. */
  named: boolean;
  /** Where parts go, and how their names begin; null to write none. */
  parts: {
    /** Folder. */
    folder: string;
    /** Beginning of the names. */
    prefix: string;
  } | null;
};

/** What became of one file. */
export type FileResult = {
  /** Report on the file. */
  file: InputFile;
  /** Records written, by kind. */
  parts: RecordPart[];
};

/** Reads one file from its first byte to its last. A file that cannot be read is a result, not an error. */
export async function ingestFile(task: FileTask): Promise<FileResult> {
  const tally = startTally(task.path, task.spec);
  const base = {
    path: task.path,
    bytes: await sizeOf(task.absolute),
    sha256: await hashOrNull(task.absolute),
  };
  const finish = (
    state: InputFile['state'],
    found: Detection | null,
    parts: RecordPart[] = [],
  ): FileResult => ({
    file: {
      ...base,
      state,
      adapter: found?.adapter.id ?? null,
      version: found?.version ?? null,
      ...tally.result(),
    },
    parts,
  });
  if (base.sha256 === null)
    return unreadable('the file cannot be opened: check that it exists and may be read');
  const probe = await probeFile(task.absolute);
  const sampled = sampleFile(task.path, probe);
  if (sampled.sample.kind === 'empty') {
    return unreadable(
      probe.problem ?? 'the file is empty: an export that failed looks the same, so it cannot prove clean',
    );
  }
  let found: Detection | null = null;
  const writer = task.parts ? partWriter(task.parts.folder, task.parts.prefix) : noWriter();
  try {
    found = detect(sampled.sample, task.spec);
    if (found === null) return await unrecognised(probe, sampled);
    warnEncoding(probe, tally);
    await readRecords(probe, sampled, found, tally, writer);
    return finish('used', found, await closeParts(writer, base.sha256));
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    const parts = await closeParts(writer, base.sha256);
    tally.context.warn(error.message);
    return finish('unreadable', found, parts);
  }

  function unreadable(sentence: string): FileResult {
    tally.context.warn(sentence);
    return finish('unreadable', null);
  }

  async function unrecognised(read: Probe, { sample, advice, dialect }: Sampled): Promise<FileResult> {
    const broken = read.problem ?? (await brokenSyntax(read, sample.name, sampled));
    if (broken !== null) return unreadable(broken);
    tally.context.warn(advice ?? notRecognised(sampled));
    for (const guess of advice ? [] : nearestGuesses(sample)) tally.context.warn(guess);
    if (dialect === null && advice === null && sample.keys.length === 0) tally.context.warn(NO_MEMBERS);
    return finish(task.named ? 'unreadable' : 'not-used', null);
  }

  async function closeParts(open: PartWriter, sha256: string): Promise<RecordPart[]> {
    const counts = tally.result().produced;
    const parts = await open.close();
    return parts.map(([kind, path]) => ({ kind, path, file: task.path, sha256, count: counts[kind] ?? 0 }));
  }
}

const NO_MEMBERS =
  'nothing in it tells what it is a list of: state it in keyproof.yaml (as:) if it is an export';

function notRecognised({ sample }: Sampled): string {
  return `not recognised as any export (${sample.kind}); state what it is in keyproof.yaml, under sources, if it should be read`;
}

function warnEncoding({ encoding }: Probe, { context }: Tally): void {
  if (encoding === 'windows-1252') {
    context.warn('not valid UTF-8: read as Windows-1252; check names with accents, or export as UTF-8');
  }
}

/** Reads all records of a file through its adapter. */
async function readRecords(
  probe: Probe,
  sampled: Sampled,
  { adapter }: Detection,
  tally: Tally,
  writer: PartWriter,
): Promise<void> {
  const plain = adapter.create?.(sampled.sample, tally.context) ?? adapter;
  const reader = withConstants(plain, plain.produces ?? adapter.produces, tally.context);
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

function readEvents(probe: Probe, { sample, dialect }: Sampled, reader: AdapterReader): ReadEvents {
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

/** Why a file that nobody recognised is not even valid JSON or YAML, where its name promises that; null where it is. */
async function brokenSyntax(probe: Probe, name: string, sampled: Sampled): Promise<string | null> {
  if (sampled.sample.kind === 'binary' || sampled.sample.kind === 'text') return promised(name);
  try {
    for await (const _ of readEvents(probe, sampled, { items: [], convert: () => [] }));
    return null;
  } catch (error) {
    if (error instanceof UnreadableError) return error.message;
    throw error;
  }
}

function promised(name: string): string | null {
  const format = /\.(json|ndjson|jsonl|csv|tsv|ya?ml)$/i.exec(name)?.[1];
  return format
    ? `the name says ${format.toUpperCase()}, but it holds something else: export it again`
    : null;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function hashOrNull(path: string): Promise<string | null> {
  return hashFile(path).catch(() => null);
}
