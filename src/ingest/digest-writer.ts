import { createHash } from 'node:crypto';
import { jsonLine } from './json-line.js';
import type { PartWriter } from './part-writer.js';

/** A writer that also tells what it wrote. */
export type DigestWriter = PartWriter & {
  /** SHA-256 of the records without the name of their file: the same for files that state the same. */
  digest(): string;
};

/** Returns the writer, which then also takes the SHA-256 of its records. */
export function withDigest(writer: PartWriter): DigestWriter {
  const hash = createHash('sha256');
  return {
    ...writer,
    add(emit, line) {
      const { source, ...fields } = emit.record;
      hash.update(jsonLine([emit.kind, source.record, fields]));
      writer.add(emit, line);
    },
    digest: () => hash.copy().digest('hex'),
  };
}
