import { type FileResult, type FileTask, ingestFile } from './ingest-file.js';

/** Reads one file: the entry of a worker thread. */
export default function run(task: FileTask): Promise<FileResult> {
  return ingestFile(task);
}
