import { workerUrl } from '../assets/locate.js';
import type { ScannedFile, ScanTask } from './scan-files.js';

/** Bytes of files that one task holds. */
const TASK_BYTES = 6_000_000;
const TASK_FILES = 1_000;
/** Fewer tasks are not worth the start of threads. */
const FEWEST_TASKS = 2;

/** A file to scan, with its size in bytes. */
export type SizedFile = ScanTask['files'][number] & { size: number };

/** Returns tasks of about the same size, in the order of the files. */
export function tasksOf(files: readonly SizedFile[], common: Omit<ScanTask, 'files'>): ScanTask[] {
  const tasks: ScanTask[] = [];
  let bytes = 0;
  for (const { path, id, size } of files) {
    const last = tasks.at(-1);
    if (!last || bytes + size > TASK_BYTES || last.files.length >= TASK_FILES) {
      tasks.push({ ...common, files: [{ path, id }] });
      bytes = size;
    } else {
      last.files.push({ path, id });
      bytes += size;
    }
  }
  return tasks;
}

/**
 * Runs tasks in worker threads, or in this one if they are few; gives the results in the order of the tasks, each as soon as it is
 * its turn, so that few are held at a time.
 */
export async function* runTasks(tasks: readonly ScanTask[], workers: number): AsyncGenerator<ScannedFile[]> {
  const threads = Math.min(workers, tasks.length);
  if (threads < FEWEST_TASKS) {
    const { scanFiles } = await import('./scan-files.js');
    for (const task of tasks) yield await scanFiles(task);
    return;
  }
  const { Piscina } = await import('piscina');
  const filename = workerUrl('scan').href;
  const pool = new Piscina<ScanTask, ScannedFile[]>({ filename, minThreads: threads, maxThreads: threads });
  const ahead = threads * 2;
  try {
    const running = tasks.slice(0, ahead).map((task) => pool.run(task));
    for (let index = 0; index < tasks.length; index += 1) {
      const result = await running[index];
      const next = tasks[index + ahead];
      if (next) running.push(pool.run(next));
      if (result) yield result;
    }
  } finally {
    await pool.destroy();
  }
}
