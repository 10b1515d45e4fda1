import { type FileResult, type FileTask, ingestFile } from './ingest-file.js';

/** Entry of a worker thread: reads one file. */
export default function run(task: FileTask): Promise<FileResult> {
  return ingestFile(task);
}
