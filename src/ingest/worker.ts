import type { FileResult, FileTask } from './ingest-file.js';
import { ingestFiles } from './ingest-files.js';

/** Reads some files: the entry of a worker thread. */
export default function run(tasks: FileTask[]): Promise<FileResult[]> {
  return ingestFiles(tasks);
}
