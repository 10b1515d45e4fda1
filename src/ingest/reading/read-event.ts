import type { RawRecord } from '../adapter.js';

/** What a reader finds in a file, in the file's order. */
export type ReadEvent =
  /** A record. */
  | { type: 'record'; raw: RawRecord }
  /** The members beside the record lists of an object. */
  | { type: 'envelope'; value: Record<string, unknown> }
  /** A place that should hold a record and does not. */
  | { type: 'malformed'; record: string; reason: string }
  /** A row that is no record: a title, a heading, a total. */
  | { type: 'left-out'; record: string; text: string; reason: string }
  /** How the file was read although it left room: which row is the header. */
  | { type: 'decision'; sentence: string }
  /** Rows and lines are not the same from here on; given once. */
  | { type: 'lines-differ' }
  /** A sentence about the file. */
  | { type: 'warning'; sentence: string };

/** Events in small batches, so that a big file never lies in memory. A reader that cannot go on throws UnreadableError. */
export type ReadEvents = AsyncGenerator<ReadEvent[]>;
