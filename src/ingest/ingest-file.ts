import { stat } from 'node:fs/promises';
import type { InputFile, RecordPart, SourceSpec } from '../model/index.js';
import { type Detection, detect, nearestGuesses } from './detect.js';
import { misplacedContent } from './misplaced-content.js';
import { noWriter, type PartWriter, partWriter } from './part-writer.js';
import { hashFile, type Probe, probeFile } from './probe.js';
import { readEvents, readRecords } from './read-records.js';
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

type Outcome = { state: InputFile['state']; found: Detection | null; parts: RecordPart[] };

/** Reads one file from its first byte to its last. A file that cannot be read is a result, not an error. */
export async function ingestFile(task: FileTask): Promise<FileResult> {
  const tally = startTally(task.path, task.spec);
  const [bytes, sha256] = [await sizeOf(task.absolute), await hashOrNull(task.absolute)];
  const { state, found, parts } =
    sha256 === null ? unreadable(CANNOT_OPEN, tally) : await readFile(task, tally, sha256);
  const seen = { adapter: found?.adapter.id ?? null, version: found?.version ?? null };
  return { file: { path: task.path, bytes, sha256, state, ...seen, ...tally.result() }, parts };
}

async function readFile(task: FileTask, tally: Tally, sha256: string): Promise<Outcome> {
  const probe = await probeFile(task.absolute);
  const sampled = sampleFile(task.path, probe, task.spec?.header ?? null);
  if (sampled.sample.kind === 'empty') return unreadable(probe.problem ?? EMPTY, tally);
  let found: Detection | null = null;
  try {
    found = detect(sampled.sample, task.spec);
  } catch (error) {
    return unreadable(messageOf(error), tally);
  }
  return found
    ? readAs(found, task, probe, sampled, tally, sha256)
    : notRecognised(task, probe, sampled, tally);
}

async function readAs(
  found: Detection,
  task: FileTask,
  probe: Probe,
  sampled: Sampled,
  tally: Tally,
  sha256: string,
): Promise<Outcome> {
  const writer = task.parts ? partWriter(task.parts.folder, task.parts.prefix) : noWriter();
  let state: InputFile['state'] = 'used';
  if (probe.encoding === 'windows-1252') tally.context.warn(NOT_UTF8);
  try {
    await readRecords(probe, sampled, found.adapter, tally, writer);
  } catch (error) {
    tally.context.warn(messageOf(error));
    state = 'unreadable';
  }
  return { state, found, parts: await closeParts(writer, task.path, sha256, tally) };
}

async function closeParts(
  writer: PartWriter,
  file: string,
  sha256: string,
  tally: Tally,
): Promise<RecordPart[]> {
  const counts = tally.result().produced;
  const parts = await writer.close();
  return parts.map(([kind, path]) => ({ kind, path, file, sha256, count: counts[kind] ?? 0 }));
}

async function notRecognised(
  { named }: FileTask,
  probe: Probe,
  sampled: Sampled,
  { context }: Tally,
): Promise<Outcome> {
  const { sample } = sampled;
  const misplaced = sampled.advice === null || sample.kind === 'text' ? misplacedContent(sample) : null;
  const advice = misplaced ?? sampled.advice;
  const broken = probe.problem ?? (misplaced === null ? await brokenSyntax(probe, sampled) : null);
  const isList = advice === null && sample.keys.length === 0 && sample.header === null;
  const sentences = [
    advice ?? unknownExport(sample.kind),
    ...(advice ? [] : nearestGuesses(sample)),
    ...(isList ? [NO_MEMBERS] : []),
  ];
  for (const sentence of broken === null ? sentences : [broken]) context.warn(sentence);
  const unreadable = named || broken !== null || misplaced !== null;
  return { state: unreadable ? 'unreadable' : 'not-used', found: null, parts: [] };
}

const CANNOT_OPEN = 'the file cannot be opened: check that it exists and may be read';
const EMPTY = 'the file is empty: an export that failed looks the same, so it cannot prove clean';
const NOT_UTF8 = 'not valid UTF-8: read as Windows-1252; check names with accents, or export as UTF-8';
const NO_MEMBERS =
  'nothing in it tells what it is a list of: state it in keyproof.yaml (as:) if it is an export';

function unknownExport(kind: string): string {
  return `not recognised as any export (${kind}); state what it is in keyproof.yaml, under sources, if it should be read`;
}

function unreadable(sentence: string, { context }: Tally): Outcome {
  context.warn(sentence);
  return { state: 'unreadable', found: null, parts: [] };
}

/** The sentence of an UnreadableError; any other error is a defect and goes on. */
function messageOf(error: unknown): string {
  if (error instanceof UnreadableError) return error.message;
  throw error;
}

/** Why a file that nobody recognised is not even valid JSON or YAML, where its name promises that; null where it is. */
async function brokenSyntax(probe: Probe, sampled: Sampled): Promise<string | null> {
  const { kind, name } = sampled.sample;
  if (kind === 'binary' || kind === 'text') return promised(name);
  try {
    for await (const _ of readEvents(probe, sampled, { items: [], convert: () => [] }));
    return null;
  } catch (error) {
    return messageOf(error);
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
