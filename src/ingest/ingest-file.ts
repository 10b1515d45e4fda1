import { stat } from 'node:fs/promises';
import {
  type ClassifyRule,
  type InputFile,
  NOT_RECOGNISED,
  type RecordKind,
  type RecordPart,
  type SourceSpec,
} from '../model/index.js';
import { collectDropped, type DroppedSecret } from '../secrets/dropped.js';
import { withFingerprintKey } from '../secrets/fingerprint-key.js';
import { redactSecrets } from '../secrets/redact.js';
import { type Encoding, NotUtf8Error } from '../text/encoding.js';
import { possibleLoss } from './coverage-notes.js';
import { type Detection, detect, likelyAdapters, nearestGuesses } from './detect.js';
import { withDigest } from './digest-writer.js';
import { type FileLog, startFileLog } from './file-log.js';
import { noWriter, type PartWriter, partWriter } from './part-writer.js';
import { type FileJob, readEvents, readRecords } from './read-records.js';
import { knownExport } from './reading/known-exports.js';
import { misplacedContent } from './reading/misplaced-content.js';
import { type Input, openInput } from './reading/open-input.js';
import { sampleFile } from './reading/sample.js';
import type { Extract } from './state-coverage.js';
import { UnreadableError } from './unreadable-error.js';
import { openSheet } from './workbooks/open-sheet.js';

/** One file to read: what a worker is given. */
export type FileTask = {
  /** Absolute path. */
  absolute: string;
  /** `InputFile.path`. */
  path: string;
  /** Bytes of the file, or of the workbook of a sheet; measured when it is read if absent. */
  bytes?: number;
  /** Its entry in keyproof.yaml; null if it has none. */
  spec: SourceSpec | null;
  /** Whether it was named, and not merely found in a folder. */
  named: boolean;
  /** Sheet to read, if it is a workbook. */
  sheet?: string;
  /** Rules of `classify` in keyproof.yaml; absent if there are none. */
  classify?: readonly ClassifyRule[];
  /** Key of the run, for the secrets that are dropped; without it they are not listed. */
  runKey?: string;
  /** Key of fingerprints; absent or null if there is none. */
  fingerprintKey?: string | null;
  /** Whether another file has as many bytes, so that it may be the same once more. */
  twin?: boolean;
  /** Folder of the parts, and how their names begin; null to write none. */
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
  /** SHA-256 of its records without the name of the file, if the task asked for it; else null. */
  content: string | null;
  /** Secrets that were in it and are not kept. */
  dropped: DroppedSecret[];
  /** Records of how files were taken that it holds. */
  extracts: Extract[];
};

type Ingested = Omit<FileResult, 'dropped'>;
type Part = Omit<RecordPart, 'sha256'>;
type Outcome = {
  state: InputFile['state'];
  found: Detection | null;
  parts: Part[];
  content?: string;
  lineOffset?: number | null;
  mayHold?: readonly RecordKind[];
};
type Job = FileJob & { task: FileTask };

/** Reads one file, from its first byte to its last. A file that cannot be read is a result, not an error. */
export async function ingestFile(task: FileTask): Promise<FileResult> {
  const { result, dropped } = await withFingerprintKey(task.fingerprintKey ?? null, () =>
    collectDropped(task.runKey ?? null, () => ingestInEncoding(task)),
  );
  return { ...result, dropped };
}

async function ingestInEncoding(task: FileTask): Promise<Ingested> {
  try {
    return await ingestAs(task);
  } catch (error) {
    if (error instanceof NotUtf8Error) return ingestAs(task, 'windows-1252');
    throw error;
  }
}

async function ingestAs(task: FileTask, encoding?: Encoding): Promise<Ingested> {
  const log = startFileLog(task.path, task.spec);
  const bytes = task.bytes ?? (await sizeOf(task.absolute));
  const input = await openTask(task, encoding).catch(cannotOpen);
  const outcome = typeof input === 'string' ? unreadable(input, log) : await readFile(task, input, log);
  const sha256 = typeof input === 'string' ? null : await input.sha256().catch(() => null);
  const { state, found } = outcome;
  const seen = { adapter: found?.adapter.id ?? null, version: shownVersion(found) };
  const parts = outcome.parts.flatMap((part) => (sha256 === null ? [] : [{ ...part, sha256 }]));
  const coverage =
    state === 'not-used' ? possibleLoss(task.path, outcome.mayHold ?? []) : log.coverage(state === 'used');
  const { lineOffset = null } = outcome;
  const file = { path: task.path, bytes, sha256, state, ...seen, ...log.result(), lineOffset, coverage };
  return { file, parts, content: outcome.content ?? null, extracts: log.extracts() };
}

/** Opens the file of a task, or the sheet that it names. */
export function openTask(
  { absolute, sheet }: Pick<FileTask, 'absolute' | 'sheet'>,
  encoding?: Encoding,
): Promise<Input> {
  return sheet === undefined ? openInput(absolute, encoding) : openSheet(absolute, sheet);
}

function cannotOpen(error: unknown): string {
  return error instanceof UnreadableError ? error.message : CANNOT_OPEN;
}

/** The version is text of the file, and may hold a secret as any other. */
function shownVersion(found: Detection | null): string | null {
  return found?.version ? redactSecrets(found.version) : null;
}

async function readFile(task: FileTask, input: Input, log: FileLog): Promise<Outcome> {
  const reopen = () => openTask(task, input.encoding);
  const job: Job = {
    task,
    input,
    reopen,
    sampled: sampleFile(task.path, input, task.spec?.header ?? null),
    log,
    classify: task.classify ?? [],
  };
  if (task.spec?.sheet !== undefined && input.sheet === null) return unreadable(NO_SHEETS, log);
  if (job.sampled.sample.kind === 'empty') return unreadable((await input.finish()) ?? EMPTY, log);
  let found: Detection | null = null;
  try {
    found = detect(job.sampled, task.spec);
  } catch (error) {
    return unreadable(messageOf(error), log);
  }
  return found ? readWith(found, { ...job, view: found.view }) : notRecognised(job);
}

async function readWith(found: Detection, job: Job): Promise<Outcome> {
  const { task, input, log } = job;
  const plain = task.parts ? partWriter(task.parts.folder, task.parts.prefix) : noWriter();
  const digested = task.twin ? withDigest(plain) : null;
  const writer = digested ?? plain;
  if (input.encoding === 'windows-1252') log.context.warn(NOT_UTF8);
  const read = (state: InputFile['state'], parts: Part[]) => ({
    state,
    found,
    parts,
    lineOffset: offsetOf(job),
  });
  try {
    await readRecords(job, found.adapter, writer);
    const content = digested === null ? {} : { content: digested.digest() };
    return { ...read('used', await closeParts(writer, job)), ...content };
  } catch (error) {
    const parts = await closeParts(writer, job);
    log.context.warn(messageOf(error));
    return read('unreadable', parts);
  }
}

/** Returns `InputFile.lineOffset` of a file that was read. */
function offsetOf({ input, sampled, log, view }: Job): number | null {
  const kind = view?.reads ?? sampled.sample.kind;
  if (input.gzipped || input.sheet !== null || !log.rowsAreLines()) return null;
  if (kind === 'csv') return sampled.dialect?.separatorLine ? 1 : 0;
  return kind === 'ndjson' ? 0 : null;
}

async function closeParts(writer: PartWriter, { task, log }: Job): Promise<Part[]> {
  const parts = await writer.close();
  const counts = log.result().produced;
  return parts.map(([kind, path]) => ({
    kind,
    path,
    file: task.path,
    count: counts[kind] ?? 0,
    taken: log.taken(),
    constants: Object.keys(task.spec?.constants ?? {}),
  }));
}

async function notRecognised(job: Job): Promise<Outcome> {
  const { sample } = job.sampled;
  const isText = job.sampled.advice === null || sample.kind === 'text';
  const misplaced = isText ? misplacedContent(sample) : null;
  const advice = misplaced ?? (isText ? knownExport(sample) : null) ?? job.sampled.advice;
  const broken = misplaced === null ? await brokenSyntax(job) : await job.input.finish();
  const isList = advice === null && sample.keys.length === 0 && sample.header === null;
  const sentences = [
    advice ?? unknownExport(sample.kind),
    ...(advice ? [] : nearestGuesses(sample)),
    ...(isList ? [NO_MEMBERS] : []),
  ];
  for (const sentence of broken === null ? sentences : [broken]) job.log.context.warn(sentence);
  const unreadable = job.task.named || broken !== null || misplaced !== null;
  if (unreadable) return { state: 'unreadable', found: null, parts: [] };
  const mayHold = advice ? [] : likelyAdapters(sample).flatMap(({ produces }) => produces);
  return { state: 'not-used', found: null, parts: [], mayHold };
}

const CANNOT_OPEN = 'the file cannot be opened: check that it exists and may be read';
const NO_SHEETS = 'keyproof.yaml names a sheet of it, but it is no workbook (.xlsx)';
const EMPTY =
  'the file is empty: an export that failed looks the same, so it cannot prove clean; export it again';
const NOT_UTF8 = 'not valid UTF-8: read as Windows-1252; check names with accents, or export as UTF-8';
const NO_MEMBERS =
  'nothing in it tells what it is a list of: state it in keyproof.yaml (as:) if it is an export';

function unknownExport(kind: string): string {
  return `${NOT_RECOGNISED} (${kind}); keyproof init --from FILE proposes how it is read, or leave it out with ignore in keyproof.yaml`;
}

function unreadable(sentence: string, { context }: FileLog): Outcome {
  context.warn(sentence);
  return { state: 'unreadable', found: null, parts: [] };
}

/** Returns the sentence of an UnreadableError; any other error is a defect and goes on. */
function messageOf(error: unknown): string {
  if (error instanceof UnreadableError) return error.message;
  throw error;
}

/**
 * Returns why a file that no adapter recognises cannot be read, or is not what its name promises; null if it is valid.
 */
async function brokenSyntax(job: Job): Promise<string | null> {
  const { kind, name } = job.sampled.sample;
  if (kind === 'binary' || kind === 'text') return (await job.input.finish()) ?? promised(name);
  try {
    for await (const _ of readEvents(job, []));
    return kind === 'csv' && !/\.(csv|tsv)$/i.test(name) ? promised(name) : null;
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
