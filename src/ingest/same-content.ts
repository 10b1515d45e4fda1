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
  for (const { file, content } of results) {
    const first = used.get(`${file.sha256} ${content}`);
    if (first === undefined || statements(file.path) > statements(first))
      used.set(`${file.sha256} ${content}`, file.path);
  }
  return results.map((result) => {
    const { file, content } = result;
    const path = used.get(`${file.sha256} ${content}`) ?? file.path;
    if (content === null || file.state !== 'used' || file.records === 0 || path === file.path) return result;
    return { ...result, file: again(file, path), parts: [], extracts: [] };
  });
}

function again(file: InputFile, used: string): InputFile {
  return {
    ...file,
    state: 'not-used',
    ...nothingRead(`the same bytes and records as ${used}: counted once`),
  };
}
