import { type FileResult, type FileTask, ingestFile } from './ingest-file.js';

/** Files that are read at a time: while one waits for the disk, another is parsed. */
const AT_A_TIME = 4;

/** Reads some files. @returns what became of each, in their order. */
export async function ingestFiles(tasks: readonly FileTask[]): Promise<FileResult[]> {
  const results: FileResult[] = [];
  const rest = [...tasks.entries()].reverse();
  const work = async (): Promise<void> => {
    for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
      const [index, task] = next;
      results[index] = await ingestFile(task);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return results;
}
