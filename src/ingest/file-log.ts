import type { InputFile, Instant, RecordKind, Reject, SourceSpec, UnreadableField } from '../model/index.js';
import { redactRecord, redactSecrets } from '../secrets/redact.js';
import { byText } from '../text/compare-text.js';
import type { AdapterContext, Emit } from './adapter.js';
import { coverageNotes } from './coverage-notes.js';
import { type DateOrders, inStatedZone, statedDates } from './reading/date-order.js';
import type { Extract } from './state-coverage.js';

/** Rejects, and fields that cannot be read, listed for one file; all are counted. */
export const MAX_REJECTS = 1_000;

/** The sentence itself shows that something was replaced. */
const NOT_NAMED = (): void => undefined;

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

/** Returns a log for one file. A record rejected for several fields is counted once and listed for each. */
export function startFileLog(file: string, spec: SourceSpec | null): FileLog {
  const counts = { records: 0, rejected: 0, unreadableFields: 0, truncated: false };
  const stated = statedDates(spec);
  let datesOf: DateOrders['of'] = () => stated;
  const produced = new Map<RecordKind, number>();
  const skipped = new Map<string, number>();
  const rejects: Reject[] = [];
  const unreadable: UnreadableField[] = [];
  const decisions = new Set<string>();
  const warnings = new Set<string>();
  const notes = coverageNotes();
  const extracts: Extract[] = [];
  let rowsAreLines = true;
  let lastRejected: string | null = null;
  const taken: { stated: Instant | null; own: Instant | null } = { stated: null, own: null };
  const warn = (sentence: string): void => {
    warnings.add(redactSecrets(sentence));
  };
  return {
    context: {
      file,
      spec,
      timezone: spec?.timezone ?? null,
      datesOf: (column) => inStatedZone(column, datesOf(column)),
      warn,
      reject(record, field, reason) {
        if (record !== lastRejected) counts.rejected += 1;
        lastRejected = record;
        if (rejects.length < MAX_REJECTS) rejects.push(redactRecord({ record, field, reason }, NOT_NAMED));
      },
      unreadable(record, kind, field, reason) {
        counts.unreadableFields += 1;
        notes.lost(kind, field);
        if (unreadable.length < MAX_REJECTS)
          unreadable.push(redactRecord({ record, kind, field, reason }, NOT_NAMED));
      },
      decide: (sentence) => void (decisions.size < MAX_DECISIONS && decisions.add(redactSecrets(sentence))),
      taken(at) {
        if (taken.stated === null) this.decide(`taken on ${dayOf(at)}, as the export states`);
        taken.own = at;
      },
      skip: (reason) => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1),
      rejected: () => counts.rejected,
      speaksFor: notes.speaksFor,
      lacks: notes.lacks,
      truncated(sentence) {
        counts.truncated = true;
        warn(sentence);
      },
    },
    readsDates(orders) {
      datesOf = orders.of;
      for (const sentence of orders.decisions) this.context.decide(sentence);
    },
    readsTaken(at) {
      taken.stated = at;
      if (at !== null) this.context.decide(`taken on ${dayOf(at)}, as keyproof.yaml states`);
    },
    taken: () => taken.stated ?? taken.own,
    linesDiffer() {
      rowsAreLines = false;
    },
    rowsAreLines: () => rowsAreLines,
    read() {
      counts.records += 1;
    },
    produced(emit) {
      produced.set(emit.kind, (produced.get(emit.kind) ?? 0) + 1);
      notes.saw(emit);
      if (emit.kind === 'extracts') extracts.push(emit.record);
    },
    mayHold: notes.mayHold,
    passed: notes.passed,
    extracts: () => extracts,
    coverage: (whole) =>
      notes.coverage({ path: file, spec, produced: Object.fromEntries(produced), whole, ...counts }),
    supplies: (kind) => void produced.set(kind, produced.get(kind) ?? 0),
    result: () => ({
      ...counts,
      produced: Object.fromEntries([...produced].sort(byName)),
      rejects,
      unreadable,
      skipped: Object.fromEntries([...skipped].sort(byName)),
      decisions: [...decisions],
      warnings: [...warnings],
    }),
  };
}

function dayOf({ day, ms }: Instant): string {
  return day ?? new Date(ms ?? 0).toISOString().slice(0, 10);
}

const byName = byText(([name]: [string, unknown]) => name);
