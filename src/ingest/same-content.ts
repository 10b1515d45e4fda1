import { createHash, type Hash } from 'node:crypto';
import type { InputFile } from '../model/index.js';
import type { FileResult } from './ingest-file.js';
import { jsonLine } from './json-line.js';
import type { PartWriter } from './part-writer.js';

/** A writer that also tells what it wrote. */
export type DigestWriter = PartWriter & {
  /** SHA-256 of the records without the name of their file: the same for files that state the same. */
  digest(): string;
};

/** Returns the writer, which then also takes the SHA-256 of its records. */
export function withDigest(writer: PartWriter): DigestWriter {
  const hash: Hash = createHash('sha256');
  return {
    ...writer,
    add(emit) {
      const { source, ...fields } = emit.record;
      hash.update(jsonLine([emit.kind, source.record, fields]));
      writer.add(emit);
    },
    digest: () => hash.copy().digest('hex'),
  };
}

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
    return known === undefined ? result : { file: again(file, known), parts: [], content };
  });
}

function again(file: InputFile, first: string): InputFile {
  return {
    ...file,
    state: 'not-used',
    records: 0,
    produced: {},
    rejected: 0,
    rejects: [],
    unreadableFields: 0,
    unreadable: [],
    skipped: {},
    decisions: [],
    warnings: [`the same bytes and records as ${first}: counted once`],
    truncated: false,
  };
}
