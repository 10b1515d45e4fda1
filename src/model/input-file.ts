import type { Coverage } from './coverage.js';
import type { RecordKind } from './records.js';

/** A record that could not be used. */
export type Reject = {
  /** Locator of the record in the file. */
  record: string;
  /** Field at fault; null if the whole record is. */
  field: string | null;
  /** One sentence: what was found, what was expected, what to do. */
  reason: string;
};

/** A field of a record that could not be read: it is unknown, the record is used. */
export type UnreadableField = {
  /** Locator of the record in the file. */
  record: string;
  /** Kind of the record. */
  kind: RecordKind;
  /** Field. */
  field: string;
  /** One sentence: what was found, what was expected, what to do. */
  reason: string;
};

/** What the warning of a file begins with that no adapter recognises. */
export const NOT_RECOGNISED = 'not recognised as any export';

/** What became of one input file. */
export type InputFile = {
  /** Path relative to the audited folder, forward slashes. */
  path: string;
  /** Size in bytes. */
  bytes: number;
  /** SHA-256 of the file as it lies on disk, lower-case hex; null if it could not be read. */
  sha256: string | null;
  /** `used`: read by an adapter. `not-used`: no adapter recognised it. `unreadable`: recognised or asked for, but could not be read to its end. */
  state: 'used' | 'not-used' | 'unreadable';
  /** Adapter id; null if no adapter recognised it. */
  adapter: string | null;
  /** Format version the adapter saw; null if the format has none. */
  version: string | null;
  /** Records read from it, rejected ones included. */
  records: number;
  /** Canonical records made of them, by kind. */
  produced: { [K in RecordKind]?: number };
  /** Number of rejected records. */
  rejected: number;
  /** Rejected records, the first 1,000. */
  rejects: Reject[];
  /** Number of fields that could not be read in records that are used. */
  unreadableFields: number;
  /** Fields that could not be read, the first 1,000. */
  unreadable: UnreadableField[];
  /** Number of records and rows left out on purpose (duplicates, replicas, events about no key, titles, totals), by reason. */
  skipped: { [reason: string]: number };
  /** How it was read although its form left room: header row, order of day and month and its proof, words mapped. */
  decisions: string[];
  /** Sentences about the file: an incomplete export, a guess made, a limit of the format. */
  warnings: string[];
  /**
   * What to add to the number of a record (`row 12`, `line 7`) to get its line in the file. Null if that is not known: the file
   * is compressed, a row runs over several lines, or its records have no number.
   */
  lineOffset: number | null;
  /** True if the export says that it continues elsewhere (a next-page token), so that it cannot prove completeness. */
  truncated: boolean;
  /** What it can speak for, by kind of record; of a file that is not used, what it may hold by the format nearest to it; empty if no kind is known. */
  coverage: Coverage[];
};
