import type { InputFile } from '../model/index.js';
import type { FileResult } from './ingest-file.js';
import { nothingRead } from './nothing-read.js';

/**
 * Returns the results with each content counted once: of files with the same bytes that give the same records the one is
 * used about which most is stated, or else the first by path. Files whose name or entry in keyproof.yaml makes other
 * records of the same bytes are all used.
 * @param statements how many statements there are about what a file covers
 */
export function countedOnce(
  results: readonly FileResult[],
  statements: (path: string) => number,
): FileResult[] {
  const used = new Map<string, string>();
  for (const result of results.filter(isCounted)) {
    const { path } = result.file;
    const first = used.get(contentOf(result));
    if (first === undefined || statements(path) > statements(first)) used.set(contentOf(result), path);
  }
  return results.map((result) => {
    const path = isCounted(result) ? used.get(contentOf(result)) : undefined;
    if (path === undefined || path === result.file.path) return result;
    return { ...result, file: again(result.file, path), parts: [], extracts: [] };
  });
}

function isCounted({ file, content }: FileResult): boolean {
  return content !== null && file.state === 'used' && file.records > 0;
}

function contentOf({ file, content }: FileResult): string {
  return `${file.sha256} ${content}`;
}

function again(file: InputFile, used: string): InputFile {
  return {
    ...file,
    state: 'not-used',
    ...nothingRead(`the same bytes and records as ${used}: counted once`),
  };
}
