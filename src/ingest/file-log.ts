import type { InputFile, RecordKind, Reject, SourceSpec } from '../model/index.js';
import { redactSecrets } from '../secrets/redact.js';
import type { AdapterContext } from './adapter.js';

/** Rejects listed for one file; all are counted. */
export const MAX_REJECTS = 1_000;

/** What is counted while a file is read. */
export type FileLog = {
  /** The adapter's side. */
  context: AdapterContext;
  /** Counts one record read. */
  read(): void;
  /** Counts one canonical record written. */
  produced(kind: RecordKind): void;
  /** States that the file supplies a kind, even if it holds none. */
  supplies(kind: RecordKind): void;
  /** The counts so far, in the shape of InputFile. */
  result(): Pick<
    InputFile,
    'records' | 'produced' | 'rejected' | 'rejects' | 'skipped' | 'warnings' | 'truncated'
  >;
};

/** A log for one file. A record rejected for several fields is counted once and listed for each. */
export function startFileLog(file: string, spec: SourceSpec | null): FileLog {
  const counts = { records: 0, rejected: 0, truncated: false };
  const produced = new Map<RecordKind, number>();
  const skipped = new Map<string, number>();
  const rejects: Reject[] = [];
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
      warn,
      reject(record, field, reason) {
        if (record !== lastRejected) counts.rejected += 1;
        lastRejected = record;
        if (rejects.length < MAX_REJECTS) rejects.push({ record, field, reason: redactSecrets(reason) });
      },
      skip: (reason) => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1),
      truncated(sentence) {
        counts.truncated = true;
        warn(sentence);
      },
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
      skipped: Object.fromEntries([...skipped].sort(byName)),
      warnings: [...warnings],
    }),
  };
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
