import { mkdir, stat } from 'node:fs/promises';
import type { AuditPlan, InputFile, OnProgress, RecordPart } from '../model/index.js';
import { byText } from '../text/compare-text.js';
import { adapterById } from './detect.js';
import { type Discovery, discover, type LeftOut } from './discover.js';
import { type FileResult, type FileTask, ingestFile } from './ingest-file.js';

/** What was read. */
export type IngestResult = {
  /** Every file looked at, sorted by path. */
  files: InputFile[];
  /** Canonical records, sorted by input file and kind. */
  parts: RecordPart[];
  /** Paths and globs of the plan that match nothing. */
  notFound: string[];
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
): Promise<IngestResult> {
  await mkdir(workDir, { recursive: true });
  return readPlan(plan, workDir, onProgress);
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
): Promise<IngestResult> {
  for (const { as } of plan.sources) if (as !== undefined) adapterById(as);
  const found = await discover(plan);
  const results = await runTasks(tasksOf(found, workDir), plan.workers, onProgress);
  const leftOut = await Promise.all(found.leftOut.map(leftOutFile));
  return {
    files: [...results.map(({ file }) => file), ...leftOut].sort(byText(({ path }) => path)),
    parts: results.flatMap(({ parts }) => parts),
    notFound: found.notFound,
  };
}

function tasksOf({ files }: Discovery, workDir: string | null): FileTask[] {
  return files.map((file, index) => ({
    ...file,
    parts: workDir === null ? null : { folder: workDir, prefix: `part-${String(index).padStart(5, '0')}` },
  }));
}

/** Bytes that one thread reads in the time that another takes to start. */
const BYTES_PER_THREAD = 2_000_000;

/** Returns as many threads as have work enough to be worth their start. */
async function threadsFor(tasks: readonly FileTask[], workers: number): Promise<number> {
  const enough = workers * BYTES_PER_THREAD;
  let bytes = 0;
  for (const { absolute } of tasks) {
    bytes += (await stat(absolute).catch(() => null))?.size ?? 0;
    if (bytes >= enough) break;
  }
  return Math.min(workers, tasks.length, Math.ceil(bytes / BYTES_PER_THREAD));
}

/** Runs the tasks in worker threads; in this thread if there would be one worker anyway, which starts sooner. */
async function runTasks(tasks: FileTask[], workers: number, onProgress: OnProgress): Promise<FileResult[]> {
  const threads = await threadsFor(tasks, workers);
  let done = 0;
  onProgress({ stage: 'read', done, total: tasks.length });
  const report = (result: FileResult): FileResult => {
    done += 1;
    onProgress({ stage: 'read', done, total: tasks.length, detail: result.file.path });
    return result;
  };
  if (threads > 1) return runInPool(tasks, threads, report);
  const results: FileResult[] = [];
  for (const task of tasks) results.push(report(await ingestFile(task)));
  return results;
}

async function runInPool(
  tasks: FileTask[],
  threads: number,
  report: (result: FileResult) => FileResult,
): Promise<FileResult[]> {
  const filename = new URL('./worker.js', import.meta.url).href;
  const { Piscina } = await import('piscina');
  const pool = new Piscina<FileTask, FileResult>({ filename, minThreads: threads, maxThreads: threads });
  try {
    return await Promise.all(tasks.map(async (task) => report(await pool.run(task))));
  } finally {
    await pool.destroy();
  }
}

async function leftOutFile({ path, absolute, reason }: LeftOut): Promise<InputFile> {
  const info = await stat(absolute).catch(() => null);
  return {
    path,
    bytes: info?.isFile() ? info.size : 0,
    sha256: null,
    state: 'not-used',
    adapter: null,
    version: null,
    records: 0,
    produced: {},
    rejected: 0,
    rejects: [],
    unreadableFields: 0,
    unreadable: [],
    skipped: {},
    decisions: [],
    warnings: [reason],
    truncated: false,
  };
}
