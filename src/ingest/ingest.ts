import { mkdir, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { makeWorkFolder } from '../assets/work-folder.js';
import type {
  AbsentInput,
  AuditPlan,
  InputFile,
  OnProgress,
  RecordPart,
  SourceSpec,
} from '../model/index.js';
import { type DroppedSecret, newRunKey } from '../secrets/dropped.js';
import { fingerprintKey } from '../secrets/fingerprint-key.js';
import { byText } from '../text/compare-text.js';
import { type ListedEntry, unpackArchives } from './archives/unpack-archives.js';
import { adapterById } from './detect.js';
import {
  type Discovery,
  discover,
  distinctPaths,
  type FoundFile,
  ignoredReason,
  type LeftOut,
} from './discover.js';
import type { FileResult, FileTask } from './ingest-file.js';
import { bySheet, withInside } from './inside-sources.js';
import { nothingRead } from './nothing-read.js';
import { pathsNamed, pathTree } from './paths-named.js';
import { hashFile } from './reading/open-input.js';
import { runTasks, type SizedTask } from './run-tasks.js';
import { countedOnce } from './same-content.js';
import { absentInputs, type ReadFile, statementsAbout, withStatedCoverage } from './state-coverage.js';
import { expandWorkbooks } from './workbooks/expand-workbooks.js';

/** A file that was made for the audit, and not found: a report of a scan; or the reason why it could not be made. */
export type MadeFile = Pick<LeftOut, 'path' | 'absolute'> & { failure: string | null };

/** What was read. */
export type IngestResult = {
  /** Every file looked at, sorted by path. */
  files: InputFile[];
  /** Canonical records, sorted by input file and kind. */
  parts: RecordPart[];
  /** Paths and globs of the plan that match nothing. */
  notFound: string[];
  /** Files and sources that are named and not there. */
  absent: AbsentInput[];
  /** Secrets that the files hold and that are not kept, and the key of the run that their digests are made with. */
  dropped: { key: string; secrets: DroppedSecret[] };
};

/**
 * Reads the files of a plan into NDJSON parts in a work folder, one worker task a file. The result does not depend on
 * the number of workers. A file that cannot be read is reported and costs nothing else.
 * @throws KeyproofError if keyproof.yaml names an adapter that does not exist
 */
export async function ingest(
  plan: AuditPlan,
  workDir: string,
  onProgress: OnProgress,
  made: readonly MadeFile[] = [],
): Promise<IngestResult> {
  await mkdir(workDir, { recursive: true });
  return readPlan(plan, workDir, onProgress, made);
}

/**
 * Reads the files of a plan as `ingest` does, without writing anything.
 * @throws KeyproofError as `ingest`
 */
export async function inspect(
  plan: AuditPlan,
  onProgress: OnProgress = () => undefined,
): Promise<IngestResult> {
  return readPlan(plan, null, onProgress);
}

async function readPlan(
  plan: AuditPlan,
  workDir: string | null,
  onProgress: OnProgress,
  made: readonly MadeFile[] = [],
): Promise<IngestResult> {
  for (const { as } of plan.sources) if (as !== undefined) adapterById(as);
  const unpackedIn = temporaryFolder();
  const asked = { ...plan, sources: bySheet(plan.sources) };
  try {
    const found = withMade(await discover(asked), made);
    return await readFound(asked, found, { workDir, makeFolder: unpackedIn.make }, onProgress);
  } finally {
    await unpackedIn.remove();
  }
}

/** Adds files that were made; one that could not be made is an input that cannot be read. */
function withMade(found: Discovery, made: readonly MadeFile[]): Discovery {
  const files = made.flatMap(({ path, absolute, failure }) =>
    failure === null ? [{ path, absolute, spec: null, named: true }] : [],
  );
  const refused = made.flatMap(({ path, absolute, failure }) =>
    failure === null ? [] : [{ path, absolute, reason: failure }],
  );
  return {
    ...found,
    files: [...found.files, ...files].sort(byText(({ path }) => path)),
    refused: [...found.refused, ...refused],
  };
}

/** The folder in which records are written, null if they are not, and what makes the folder of unpacked archives. */
type Folders = { workDir: string | null; makeFolder: () => Promise<string> };

async function readFound(
  plan: AuditPlan,
  found: Discovery,
  { workDir, makeFolder }: Folders,
  onProgress: OnProgress,
): Promise<IngestResult> {
  const unpacked = await unpackArchives(found.files, makeFolder);
  const key = newRunKey();
  const { kept, ignored } = withoutIgnored(unpacked.files, plan);
  const members = withInside(kept, plan.sources, plan.root);
  const expanded = await expandWorkbooks(members.files);
  const entered = withInside(expanded.files, plan.sources, plan.root);
  const unnamed = found.unmatched.filter((spec) => !members.used.has(spec) && !entered.used.has(spec));
  const notFound = [...found.notFound, ...unnamed.map(({ path }) => path)].sort();
  const tasks = await markTwins(tasksOf(distinctPaths(entered.files), plan, workDir, key));
  const specs = new Map(tasks.map(({ path, spec }) => [path, spec]));
  const results = usedResults(await runTasks(tasks, plan.workers, onProgress), specs);
  const leftOut = await Promise.all(found.leftOut.map((entry) => unopened(entry, 'not-used')));
  const refused = await Promise.all(found.refused.map((entry) => unopened(entry, 'unreadable')));
  const listed = await Promise.all([...unpacked.listed, ...ignored, ...expanded.listed].map(listedFile));
  const extracts = results.flatMap((result) => result.extracts);
  const read = withStatedCoverage(withSpecs(results, specs), extracts);
  const files = [...read, ...refused, ...listed, ...leftOut].sort(byText(({ path }) => path));
  const asked = [...plan.sources, ...(plan.fetched ?? []).map(({ spec }) => spec)];
  const missing = asked.filter(({ path }) => notFound.includes(path));
  return {
    files,
    parts: results.flatMap(({ parts }) => parts),
    notFound,
    absent: absentInputs(files, extracts, missing),
    dropped: { key, secrets: results.flatMap(({ dropped }) => dropped) },
  };
}

/** Takes the files of archives away that keyproof.yaml ignores. */
function withoutIgnored(files: readonly FoundFile[], plan: AuditPlan) {
  const tree = pathTree(files.flatMap(({ places = [] }) => [...places]));
  const paths = new Set(
    plan.ignore.flatMap((glob) => pathsNamed(resolve(plan.root, glob), tree, { dot: true })),
  );
  const isIgnored = ({ places = [] }: FoundFile): boolean => places.some((place) => paths.has(place));
  const ignored = files.filter(isIgnored).map(({ path, absolute }): ListedEntry => {
    return { path, absolute, state: 'not-used', reason: ignoredReason(path, plan) };
  });
  return { kept: files.filter((file) => !isIgnored(file)), ignored };
}

/** Entries of keyproof.yaml by the paths of files; null for a file without one. */
type SpecsByPath = ReadonlyMap<string, SourceSpec | null>;

function usedResults(results: readonly FileResult[], specs: SpecsByPath): FileResult[] {
  const extracts = results.flatMap((result) => result.extracts);
  return countedOnce(results, (path) => statementsAbout(path, specs.get(path) ?? null, extracts));
}

function withSpecs(results: readonly FileResult[], specs: SpecsByPath): ReadFile[] {
  return results.map(({ file }) => ({ file, spec: specs.get(file.path) ?? null }));
}

/** Returns the folder that archives are unpacked into: made when there is one, removed when all was read. */
function temporaryFolder() {
  let made: Promise<string> | null = null;
  return {
    make: () => {
      made ??= makeWorkFolder('keyproof-unpacked-');
      return made;
    },
    remove: async () => {
      if (made !== null) await rm(await made, { recursive: true, force: true });
    },
  };
}

function tasksOf(
  files: readonly FoundFile[],
  { classify = [] }: AuditPlan,
  workDir: string | null,
  runKey: string,
): FileTask[] {
  return files.map((file, index) => ({
    ...file,
    runKey,
    fingerprintKey: fingerprintKey(),
    classify,
    parts: workDir === null ? null : { folder: workDir, prefix: `part-${String(index).padStart(5, '0')}` },
  }));
}

/** Measures the files, and marks those that have as many bytes as another one. */
async function markTwins(tasks: readonly FileTask[]): Promise<SizedTask[]> {
  const sized = await Promise.all(
    tasks.map(async (task) => ({ ...task, bytes: await sizeOf(task.absolute) })),
  );
  const counts = new Map<number, number>();
  for (const { bytes } of sized) counts.set(bytes, (counts.get(bytes) ?? 0) + 1);
  return sized.map((task) => ({ ...task, twin: (counts.get(task.bytes) ?? 0) > 1 }));
}

/** Returns the report on an archive, with its hash, or on a member that is not read. */
async function listedFile(entry: ListedEntry): Promise<InputFile> {
  const file = await unopened(entry, entry.state);
  return { ...file, sha256: await hashFile(entry.absolute).catch(() => null) };
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

/** Returns the report on something that is not opened. */
async function unopened({ path, absolute, reason }: LeftOut, state: InputFile['state']): Promise<InputFile> {
  const info = await stat(absolute).catch(() => null);
  return {
    path,
    bytes: info?.isFile() ? info.size : 0,
    sha256: null,
    state,
    adapter: null,
    version: null,
    ...nothingRead(reason),
  };
}
