import { workerUrl } from '../assets/locate.js';
import type { OnProgress } from '../model/index.js';
import type { FileResult, FileTask } from './ingest-file.js';
import { ingestFiles } from './ingest-files.js';

/** A file to read whose size is known. */
export type SizedTask = FileTask & { bytes: number };

/** Bytes that one thread reads in the time that another takes to start. */
const BYTES_PER_THREAD = 2_000_000;
/** What opening a file costs, in bytes read meanwhile. */
const OPENING = 10_000;
/** Files and bytes that a thread is given at a time: handing a small file over costs as much as reading it. */
const BATCH = { files: 64, bytes: 256_000 };

/** Runs the tasks in worker threads; in this thread if there would be one worker anyway, which starts sooner. */
export async function runTasks(
  tasks: readonly SizedTask[],
  workers: number,
  onProgress: OnProgress,
): Promise<FileResult[]> {
  if (tasks.length === 0) return [];
  const threads = threadsFor(tasks, workers);
  let done = 0;
  onProgress({ stage: 'read', done, total: tasks.length });
  const report = (result: FileResult): FileResult => {
    done += 1;
    onProgress({ stage: 'read', done, total: tasks.length, detail: result.file.path });
    return result;
  };
  if (threads > 1) return runInPool(batchesOf(tasks), threads, report);
  const results: FileResult[] = [];
  for (const batch of batchesOf(tasks))
    for (const result of await ingestFiles(batch)) results.push(report(result));
  return results;
}

/** Returns as many threads as have work enough to be worth their start. */
function threadsFor(tasks: readonly SizedTask[], workers: number): number {
  const cost = tasks.reduce((sum, { bytes }) => sum + bytes + OPENING, 0);
  return Math.min(workers, tasks.length, Math.ceil(cost / BYTES_PER_THREAD));
}

/** Returns the tasks in their order, small ones together; a large one is alone. */
function batchesOf(tasks: readonly SizedTask[]): FileTask[][] {
  const batches: FileTask[][] = [];
  let free = 0;
  for (const task of tasks) {
    const last = batches.at(-1);
    if (last === undefined || last.length === BATCH.files || task.bytes > free) {
      batches.push([task]);
      free = BATCH.bytes - task.bytes;
    } else {
      last.push(task);
      free -= task.bytes;
    }
  }
  return batches;
}

async function runInPool(
  batches: FileTask[][],
  threads: number,
  report: (result: FileResult) => FileResult,
): Promise<FileResult[]> {
  const filename = workerUrl('ingest').href;
  const { Piscina } = await import('piscina');
  const pool = new Piscina<FileTask[], FileResult[]>({
    filename,
    minThreads: threads,
    maxThreads: threads,
  });
  try {
    const results = await Promise.all(batches.map(async (batch) => (await pool.run(batch)).map(report)));
    return results.flat();
  } finally {
    await pool.destroy();
  }
}
