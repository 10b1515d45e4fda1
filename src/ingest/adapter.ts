import type { CanonicalRecords, Instant, RecordKind, SourceRef, SourceSpec } from '../model/index.js';
import type { Scope } from './coverage-notes.js';
import type { InstantOptions } from './fields/instants.js';

/**
 * What lies in a file, told from its first bytes. `ndjson`: one JSON value a line; `binary`: a container that keyproof
 * does not read (Parquet, Avro ...). A sheet of a workbook is `csv`.
 */
export type FileKind = 'json' | 'ndjson' | 'csv' | 'yaml' | 'text' | 'empty' | 'binary';

/** Kinds of file an adapter can read. `text`: one record `{text}`, for a language of its own such as HCL. */
export type RecordFormat = Extract<FileKind, 'json' | 'ndjson' | 'csv' | 'yaml' | 'text'>;

/** The beginning of a file: all that recognition may look at. */
export type FileSample = {
  /** Base name, without a `.gz` suffix. */
  name: string;
  /** Path relative to the audited folder, forward slashes. */
  path: string;
  /** What it is. */
  kind: FileKind;
  /** First 64 KB, gunzipped and decoded, without a byte order mark. */
  head: string;
  /** CSV: column names of row 1, trimmed; null otherwise. */
  header: string[] | null;
  /** JSON, NDJSON, YAML: the first top-level value (NDJSON: line, YAML: document) if it ends inside `head`; null otherwise. */
  first: unknown;
  /** As `first`, but also if it does not end inside `head`: as far as that goes. */
  partial: unknown;
  /** JSON, NDJSON, YAML: member names of the first top-level object, or of the first element of a top-level array, as far as `head` goes. */
  keys: string[];
};

/** One record as the file has it. */
export type RawRecord = {
  /** Locator: `row 12` (CSV, header is row 1), `line 7`, `/SecretList/4`, `doc 2`, `doc 2 /items/0`. */
  record: string;
  /** Entry of `Adapter.items` it was found under. */
  list: string;
  /** Members or cells. A CSV value is always a string, exactly as in the file. */
  value: Record<string, unknown>;
  /**
   * JSON, NDJSON, YAML: the objects that the list lies in, the outermost first, without the records before this one; absent
   * if there are none. A JSON file is streamed: what stands in them after the list is there once the file has been read on.
   */
  within?: Record<string, unknown>[];
  /** CSV: columns at the end that the row has no cells for, which Excel leaves out if they are empty; absent if it has all. */
  missing?: string[];
};

/** A canonical record of a kind. Fields the source cannot know are left out; `""`, `[]` and Instant `never` are statements. */
export type Emit = {
  [K in RecordKind]: {
    /** Table. */
    kind: K;
    /** Record; `source` is `{file: context.file, record: raw.record}`. */
    record: Partial<CanonicalRecords[K]> & { source: SourceRef };
  };
}[RecordKind];

/** What an adapter may report while it reads. */
export type AdapterContext = {
  /** Path of the file relative to the audited folder: the `source.file` of every record. */
  file: string;
  /** Offset or time zone of zone-less times (`+01:00`, `Z`, `Europe/Berlin`) from keyproof.yaml; null if it is not stated. */
  timezone: string | null;
  /** The entry of keyproof.yaml that names this file; null if none does. */
  spec: SourceSpec | null;
  /** Records that this one cannot be used: locator, field (null: the record as a whole), one sentence. */
  reject(record: string, field: string | null, reason: string): void;
  /** Returns how many records of the file cannot be used so far. */
  rejected(): number;
  /** Leaves a field of a record unknown because its cell cannot be read: locator, kind, field, one sentence. The record is kept. */
  unreadable(record: string, kind: RecordKind, field: string, reason: string): void;
  /** States how something was read that left room (header row, order of day and month, a word); kept once. */
  decide(sentence: string): void;
  /** How numeric dates of a column are ordered: as keyproof.yaml states, or as a value of the column proves. */
  datesOf(column: string | undefined): InstantOptions;
  /** States when the export was taken, by its own word. What keyproof.yaml states wins. */
  taken(at: Instant): void;
  /** Counts a record left out on purpose, by reason. */
  skip(reason: string): void;
  /** Adds a sentence about the file; the same sentence is kept once. */
  warn(sentence: string): void;
  /** States systems and accounts that the file speaks for, whatever its records are about. */
  speaksFor(scope: Scope): void;
  /** Adds a gap of a kind of record: a clause on what the file leaves out of it, such as `lacks the columns of a second key`. */
  lacks(kind: RecordKind, clause: string): void;
  /** Marks the file as continuing elsewhere, with the sentence that reports it. */
  truncated(sentence: string): void;
};

/** What reads one file: it may keep what it has seen. */
export type AdapterReader = {
  /**
   * JSON and YAML: where the records are. `$.SecretList`: elements of that member of the top-level object (and of every
   * element of a top-level array of pages); `$.runs.*.results`: of that member of every element or member of `runs`; `$`:
   * elements of a bare array; `` (empty): a top-level object itself. CSV rows
   * and NDJSON lines are `` too, so list it for those. An object that has one of the named lists is an envelope.
   */
  items: readonly string[];
  /** Kinds of record that this file supplies, even if it holds none; `Adapter.produces` if it is left out. */
  produces?: readonly RecordKind[];
  /** Kinds of which records may be lost if the file is not whole; `produces` if it is left out. */
  mayHold?: readonly RecordKind[];
  /** Canonical records of one record. Pure but for the context; a field that cannot be read is rejected, never guessed. */
  convert(raw: RawRecord): Iterable<Emit>;
  /** Sees the members beside the lists, once per envelope, after its records (see `warnOfNextPage`). */
  envelope?(value: Record<string, unknown>): void;
  /** Whether a CSV row may lack the cells of these last columns; without it no row may. */
  mayLack?(columns: readonly string[]): boolean;
  /**
   * Canonical records that several records state together. Called once, after the last record of a file that was read
   * to its end.
   */
  end?(): Iterable<Emit>;
};

/** One export format of one source system. */
export type Adapter = {
  /** Id, as in keyproof.yaml `as:`. */
  id: string;
  /** Name of the export for people. */
  title: string;
  /** What `recognise` looks for, for people: a phrase in Markdown. */
  recognisedBy: string;
  /** What such an export proves, for people: a phrase in Markdown. */
  proves: string;
  /** What it cannot prove although a reader may expect it, for people: a phrase in Markdown. */
  cannot: string;
  /** Kinds of record such an export supplies: a kind it lists and holds no record of counts as supplied and empty. */
  produces: readonly RecordKind[];
  /** Kinds of file it reads. List `ndjson` beside `json` if lines or concatenated documents are seen. */
  formats: readonly RecordFormat[];
  /**
   * Columns or members that recognition looks for; used to name the nearest guesses for a file that no adapter
   * recognises.
   */
  signature: readonly string[];
  /** Whether this is such an export, and of which version; null if it is not. Called only for a kind in `formats`. */
  recognise(sample: FileSample): { version: string | null } | null;
  /**
   * Opens one file.
   * @throws UnreadableError if keyproof.yaml asks for what the file lacks
   */
  open(file: FileSample, context: AdapterContext): AdapterReader;
};
