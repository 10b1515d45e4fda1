import { RECORD_FIELDS } from '../assets/record-fields.js';
import type { InputFile, Instant, RecordKind, Reject, SourceSpec, UnreadableField } from '../model/index.js';
import { redactRecord, redactSecrets } from '../secrets/redact.js';
import { byText, compareText } from '../text/compare-text.js';
import type { AdapterContext, Emit } from './adapter.js';
import { type CoverageNotes, coverageNotes } from './coverage-notes.js';
import { CANONICAL_FIELDS, RECORD_KINDS } from './fields/record-fields.js';
import { type DateOrders, inStatedZone, statedDates } from './reading/date-order.js';
import type { Extract } from './state-coverage.js';

/** Rejects, and fields that cannot be read, listed for one file; all are counted. */
export const MAX_REJECTS = 1_000;

/** The sentence itself shows that something was replaced. */
const NOT_NAMED = (): void => undefined;

/** Fields that files state, by kind of record; only of kinds whose records say which of their fields could not be read. */
const STATED = new Map(
  RECORD_KINDS.filter(saysWhatIsUnclear).map((kind) => [
    kind,
    new Set(CANONICAL_FIELDS[kind].map(({ name }) => name)),
  ]),
);

function saysWhatIsUnclear(kind: RecordKind): boolean {
  return RECORD_FIELDS[kind].some(({ name }) => name === 'unclear');
}

/** Records with fields that could not be read that wait to be written; one that was rejected never is. */
const MOST_WAITING = 100_000;

/** Decisions listed for one file. */
const MAX_DECISIONS = 100;

/** What is counted while a file is read. */
export type FileLog = {
  /** The adapter's side. */
  context: AdapterContext;
  /** Takes the order of day and month that the file itself shows. */
  readsDates(orders: DateOrders): void;
  /** Takes when the file was taken from keyproof.yaml. */
  readsTaken(at: Instant | null): void;
  /** When the file was taken; null if neither it nor keyproof.yaml states it. */
  taken(): Instant | null;
  /** Notes that rows of the file are not its lines. */
  linesDiffer(): void;
  /** Whether rows of the file are its lines, as far as it was read. */
  rowsAreLines(): boolean;
  /** Counts one record read. */
  read(): void;
  /** Returns the record with the fields of it that could not be read, if its kind lists them. */
  withUnclear<T extends Emit>(emit: T): T;
  /** Counts one canonical record written. */
  produced(emit: Emit): void;
  /** Notes kinds of record that the file may hold, read to its end or not. */
  mayHold(kinds: readonly RecordKind[]): void;
  /** Notes the time of an entry of a log that gave no record. */
  passed(entry: Record<string, unknown>): void;
  /** States that the file supplies a kind, even if it holds none. */
  supplies(kind: RecordKind): void;
  /** Records of how files were taken that it holds. */
  extracts(): Extract[];
  /** What it can speak for by its own records. */
  coverage(whole: boolean): InputFile['coverage'];
  /** The counts so far, in the shape of InputFile. */
  result(): Pick<
    InputFile,
    | 'records'
    | 'produced'
    | 'rejected'
    | 'rejects'
    | 'unreadableFields'
    | 'unreadable'
    | 'skipped'
    | 'decisions'
    | 'warnings'
    | 'truncated'
  >;
};

/** What was noted of a file so far. */
type Notes = {
  /** Path of the file. */
  file: string;
  /** Its entry in keyproof.yaml; null if none names it. */
  spec: SourceSpec | null;
  counts: Pick<InputFile, 'records' | 'rejected' | 'unreadableFields' | 'truncated'>;
  produced: Map<RecordKind, number>;
  skipped: Map<string, number>;
  rejects: Reject[];
  unreadable: UnreadableField[];
  /** Fields that could not be read, by kind and place of the record, until it is written. */
  unclear: Map<string, Set<string>>;
  /** The last place whose records were given such fields. */
  written: string | null;
  decisions: Set<string>;
  warnings: Set<string>;
  coverage: CoverageNotes;
  extracts: Extract[];
  /** Whether rows are lines, as far as the file was read. */
  rowsAreLines: boolean;
  /** Locator of the record that was rejected last. */
  lastRejected: string | null;
  /** When the file was taken, by keyproof.yaml and by its own word. */
  taken: { stated: Instant | null; own: Instant | null };
  /** Order of day and month by column. */
  datesOf: DateOrders['of'];
};

/** Returns a log for one file. A record rejected for several fields is counted once and listed for each. */
export function startFileLog(file: string, spec: SourceSpec | null): FileLog {
  const notes = noNotes(file, spec);
  return {
    context: contextOf(notes),
    ...readingOf(notes),
    ...recordsOf(notes),
    withUnclear: (emit) => withUnclear(notes, emit),
    coverage: (whole) => coverageOf(notes, whole),
    result: () => resultOf(notes),
  };
}

function noNotes(file: string, spec: SourceSpec | null): Notes {
  const stated = statedDates(spec);
  return {
    file,
    spec,
    counts: { records: 0, rejected: 0, unreadableFields: 0, truncated: false },
    produced: new Map(),
    skipped: new Map(),
    rejects: [],
    unreadable: [],
    unclear: new Map(),
    written: null,
    decisions: new Set(),
    warnings: new Set(),
    coverage: coverageNotes(),
    extracts: [],
    rowsAreLines: true,
    lastRejected: null,
    taken: { stated: null, own: null },
    datesOf: () => stated,
  };
}

/** Returns the side of the log that adapters see. */
function contextOf(notes: Notes): AdapterContext {
  const { file, spec, counts, skipped, coverage } = notes;
  return {
    file,
    spec,
    timezone: spec?.timezone ?? null,
    datesOf: (column) => inStatedZone(column, notes.datesOf(column)),
    warn: (sentence) => warn(notes, sentence),
    reject: (record, field, reason) => reject(notes, { record, field, reason }),
    unreadable: (record, kind, field, reason) => loseField(notes, { record, kind, field, reason }),
    decide: (sentence) => decide(notes, sentence),
    taken: (at) => takenByItself(notes, at),
    skip: (reason) => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1),
    rejected: () => counts.rejected,
    speaksFor: coverage.speaksFor,
    lacks: coverage.lacks,
    truncated(sentence) {
      counts.truncated = true;
      warn(notes, sentence);
    },
  };
}

/** Returns how the file is read: its dates, and its lines. */
function readingOf(
  notes: Notes,
): Pick<FileLog, 'readsDates' | 'readsTaken' | 'taken' | 'linesDiffer' | 'rowsAreLines'> {
  return {
    readsDates(orders) {
      notes.datesOf = orders.of;
      for (const sentence of orders.decisions) decide(notes, sentence);
    },
    readsTaken(at) {
      notes.taken.stated = at;
      if (at !== null) decide(notes, `taken on ${dayOf(at)}, as keyproof.yaml states`);
    },
    taken: () => notes.taken.stated ?? notes.taken.own,
    linesDiffer() {
      notes.rowsAreLines = false;
    },
    rowsAreLines: () => notes.rowsAreLines,
  };
}

/** Returns what counts the records of the file. */
function recordsOf(
  notes: Notes,
): Pick<FileLog, 'read' | 'produced' | 'mayHold' | 'passed' | 'supplies' | 'extracts'> {
  const { counts, produced, extracts, coverage } = notes;
  return {
    read() {
      counts.records += 1;
    },
    produced(emit) {
      produced.set(emit.kind, (produced.get(emit.kind) ?? 0) + 1);
      coverage.saw(emit);
      if (emit.kind === 'extracts') extracts.push(emit.record);
    },
    mayHold: coverage.mayHold,
    passed: coverage.passed,
    supplies: (kind) => void produced.set(kind, produced.get(kind) ?? 0),
    extracts: () => extracts,
  };
}

function warn({ warnings }: Notes, sentence: string): void {
  warnings.add(redactSecrets(sentence));
}

function decide({ decisions }: Notes, sentence: string): void {
  if (decisions.size < MAX_DECISIONS) decisions.add(redactSecrets(sentence));
}

function reject(notes: Notes, reject: Reject): void {
  if (reject.record !== notes.lastRejected) notes.counts.rejected += 1;
  notes.lastRejected = reject.record;
  if (notes.rejects.length < MAX_REJECTS) notes.rejects.push(redactRecord(reject, NOT_NAMED));
}

function loseField(notes: Notes, lost: UnreadableField): void {
  notes.counts.unreadableFields += 1;
  notes.coverage.lost(lost.kind, lost.field);
  if (STATED.get(lost.kind)?.has(lost.field)) noteUnclear(notes.unclear, lost);
  if (notes.unreadable.length < MAX_REJECTS) notes.unreadable.push(redactRecord(lost, NOT_NAMED));
}

function noteUnclear(unclear: Notes['unclear'], { kind, record, field }: UnreadableField): void {
  const place = `${kind}\n${record}`;
  const known = unclear.get(place);
  if (known) known.add(field);
  else if (unclear.size < MOST_WAITING) unclear.set(place, new Set([field]));
}

/** Returns a record with its fields that could not be read. All records of one place have them; the next place ends that. */
function withUnclear<T extends Emit>(notes: Notes, emit: T): T {
  const { unclear } = notes;
  if (unclear.size === 0) return emit;
  const place = `${emit.kind}\n${emit.record.source.record}`;
  const fields = unclear.get(place);
  if (fields === undefined) return emit;
  if (notes.written !== null && notes.written !== place) unclear.delete(notes.written);
  notes.written = place;
  const own = 'unclear' in emit.record ? emit.record.unclear : null;
  const all = new Set([...(own ?? []), ...fields]);
  return { ...emit, record: { ...emit.record, unclear: [...all].sort(compareText) } };
}

function takenByItself(notes: Notes, at: Instant): void {
  if (notes.taken.stated === null) decide(notes, `taken on ${dayOf(at)}, as the export states`);
  notes.taken.own = at;
}

function coverageOf(
  { file, spec, counts, produced, coverage }: Notes,
  whole: boolean,
): InputFile['coverage'] {
  return coverage.coverage({ path: file, spec, produced: Object.fromEntries(produced), whole, ...counts });
}

function resultOf({ counts, produced, rejects, unreadable, skipped, decisions, warnings }: Notes) {
  return {
    ...counts,
    produced: Object.fromEntries([...produced].sort(byName)),
    rejects,
    unreadable,
    skipped: Object.fromEntries([...skipped].sort(byName)),
    decisions: [...decisions],
    warnings: [...warnings],
  };
}

function dayOf({ day, ms }: Instant): string {
  return day ?? new Date(ms ?? 0).toISOString().slice(0, 10);
}

const byName = byText(([name]: [string, unknown]) => name);
