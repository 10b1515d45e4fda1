import type { Instant } from './instant.js';
import type { RecordKind } from './records.js';

/** Canonical records of one kind made from one input file: what ingest writes and the store loads. */
export type RecordPart = {
  /** Table the records belong to. */
  kind: RecordKind;
  /** NDJSON file in the work folder, one canonical record a line; fields left out are null. */
  path: string;
  /** Input file it was made from: `InputFile.path`. */
  file: string;
  /** SHA-256 of that input file, lower-case hex; becomes `source.sha256` of every record. */
  sha256: string;
  /** Number of records; 0 states that the kind was supplied and holds nothing. */
  count: number;
  /** When the file was taken, as it states itself or keyproof.yaml does; null or left out if neither does. */
  taken?: Instant | null;
  /** Fields that keyproof.yaml states for every record that leaves them out (`constants`). */
  constants?: readonly string[];
};
