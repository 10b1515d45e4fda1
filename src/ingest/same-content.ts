import type { InputFile } from '../model/index.js';
import type { FileResult } from './ingest-file.js';
import { nothingRead } from './nothing-read.js';

/**
 * Returns the results with each content counted once: of files with the same bytes that give the same records the first by
 * path is used. Files whose name or entry in keyproof.yaml makes other records of the same bytes are all used.
 */
export function countedOnce(results: readonly FileResult[]): FileResult[] {
  const first = new Map<string, string>();
  return results.map((result) => {
    const { file, content } = result;
    if (content === null || file.state !== 'used' || file.records === 0) return result;
    const known = first.get(`${file.sha256} ${content}`);
    if (known === undefined) first.set(`${file.sha256} ${content}`, file.path);
    return known === undefined ? result : { ...result, file: again(file, known), parts: [], extracts: [] };
  });
}

function again(file: InputFile, first: string): InputFile {
  return {
    ...file,
    state: 'not-used',
    ...nothingRead(`the same bytes and records as ${first}: counted once`),
  };
}
