import { type ScannedFile, type ScanTask, scanFiles } from './scan-files.js';

/** Looks for secrets in the files of a task: the entry of a worker thread. */
export default function run(task: ScanTask): Promise<ScannedFile[]> {
  return scanFiles(task);
}
