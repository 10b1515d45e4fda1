import type { RecordKind } from './records.js';

/** In `Coverage.systems`: every system there is. */
export const EVERY_SYSTEM = '*';

/**
 * What an input file can speak for, of one kind of record. A rule concludes something from what the evidence lacks only
 * if a file is stated to list all records of the subject's system, or names the subject, and nothing of it is missing.
 */
export type Coverage = {
  /** Kind of record. */
  kind: RecordKind;
  /** Records of the kind in the file. */
  records: number;
  /** Systems, stores and repositories it speaks for, lower case, sorted; `*` is every one; empty if not stated. */
  systems: string[];
  /** Accounts it speaks for, such as `111122223333` or `111122223333/eu-west-1`, sorted; empty if not stated. */
  accounts: string[];
  /** Stretch of time it speaks for; null if it states none and no record of a log has a date. */
  period: {
    /** First moment, epoch ms, UTC. */
    fromMs: number;
    /** Last moment, epoch ms, UTC. */
    toMs: number;
    /** `stated`: by keyproof.yaml or the register of extracts. `records`: from its first record to its last. */
    basis: 'stated' | 'records';
  } | null;
  /** Where it is stated that the file lists all records there are of its systems, accounts and period; null if nowhere. */
  completeBy: 'keyproof.yaml' | 'extracts' | null;
  /** Why records of the kind may be missing all the same, one sentence each: rejected, cut short, another count than stated. */
  gaps: string[];
};

/** What keyproof.yaml states that a source can speak for. */
export type CoverageSetting = {
  /** Systems or stores, as the inventory names them (`vault-kv`), or repositories; `*` is every one. */
  systems?: string[];
  /** Accounts, such as `111122223333`, or `111122223333/eu-west-1` for one region of it. */
  accounts?: string[];
  /** The stretch of time that a log covers: two ISO dates, both inclusive. */
  period?: {
    /** First day. */
    from: string;
    /** Last day. */
    to: string;
  };
  /** Whether it lists all records there are of these systems, accounts and period, so that what it lacks does not exist. */
  complete?: boolean;
};

/** A file, or a source, that is named and was not supplied, or of which nothing was used. */
export type AbsentInput = {
  /** Name, path or glob, as it is named. */
  file: string;
  /** Where it is named. */
  namedBy: 'keyproof.yaml' | 'extracts';
  /** Kinds of record it holds, as its source states or as other files of its system do; null if not known. */
  kinds: RecordKind[] | null;
  /** Present if it is there, and nothing was read from it: no adapter recognised it, or keyproof.yaml ignores it. */
  unused?: true;
};

/** Returns what became of a file that is named. */
export function absence({ unused }: AbsentInput): string {
  return unused ? 'was not used' : 'was not supplied';
}
