import type { InputFile, RecordKind, Reject, SourceSpec, UnreadableField } from '../model/index.js';
import { redactSecrets } from '../secrets/redact.js';
import { byText } from '../text/compare-text.js';
import type { AdapterContext } from './adapter.js';
import { type DateOrders, statedDates } from './reading/date-order.js';

/** Rejects, and fields that cannot be read, listed for one file; all are counted. */
export const MAX_REJECTS = 1_000;

/** Decisions listed for one file. */
const MAX_DECISIONS = 100;

/** What is counted while a file is read. */
export type FileLog = {
  /** The adapter's side. */
  context: AdapterContext;
  /** Takes the order of day and month that the file itself shows. */
  readsDates(orders: DateOrders): void;
  /** Counts one record read. */
  read(): void;
  /** Counts one canonical record written. */
  produced(kind: RecordKind): void;
  /** States that the file supplies a kind, even if it holds none. */
  supplies(kind: RecordKind): void;
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
  let lastRejected: string | null = null;
  const warn = (sentence: string): void => {
    warnings.add(redactSecrets(sentence));
  };
  return {
    context: {
      file,
      spec,
      timezone: spec?.timezone ?? null,
      datesOf: (column) => datesOf(column),
      warn,
      reject(record, field, reason) {
        if (record !== lastRejected) counts.rejected += 1;
        lastRejected = record;
        if (rejects.length < MAX_REJECTS) rejects.push({ record, field, reason: redactSecrets(reason) });
      },
      unreadable(record, kind, field, reason) {
        counts.unreadableFields += 1;
        if (unreadable.length < MAX_REJECTS)
          unreadable.push({ record, kind, field, reason: redactSecrets(reason) });
      },
      decide: (sentence) => void (decisions.size < MAX_DECISIONS && decisions.add(redactSecrets(sentence))),
      skip: (reason) => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1),
      truncated(sentence) {
        counts.truncated = true;
        warn(sentence);
      },
    },
    readsDates(orders) {
      datesOf = orders.of;
      for (const sentence of orders.decisions) this.context.decide(sentence);
    },
    read() {
      counts.records += 1;
    },
    produced: (kind) => void produced.set(kind, (produced.get(kind) ?? 0) + 1),
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

const byName = byText(([name]: [string, unknown]) => name);
