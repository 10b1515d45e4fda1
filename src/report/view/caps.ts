import { formatCount } from '../../text/format.js';

/** Limits on each long list of a report; the number left out is printed above the list, with the place that has all. */
export type Caps = {
  /** Rejected records. */
  readonly rejects: number;
  /** Input files. */
  readonly inputs: number;
  /** Subjects whose scope is unknown, for one fact of a framework. */
  readonly undecided: number;
};

/** Limits of index.html; those of its findings and keys are in `html/data/page-data.ts`. */
export const HTML_CAPS: Caps = { rejects: 300, inputs: 1000, undecided: 100 };

/**
 * Limit for a list that occurs many times: each prints `most`, or less, so that all of them together stay near
 * `budget`.
 */
export type Share = { readonly most: number; readonly least: number; readonly budget: number };

/** Returns the number of items that each of `lists` lists may print. */
export function shareOf({ most, least, budget }: Share, lists: number): number {
  return Math.max(least, Math.min(most, Math.floor(budget / Math.max(1, lists))));
}

/** A list cut to its cap. */
export type Capped<T> = {
  /** What is printed. */
  items: T[];
  /** `First 40 of 1,204; all of them are in findings.csv.`; null if nothing is left out. */
  note: string | null;
};

/** Returns the first `cap` items of a list that has `total`; `rest` states where all of them are. */
export function capped<T>(all: readonly T[], cap: number, total: number, rest: string): Capped<T> {
  const items = all.slice(0, cap);
  const note = total > items.length ? cutNote(items.length, total, rest) : null;
  return { items, note };
}

function cutNote(shown: number, total: number, rest: string): string {
  return `First ${formatCount(shown)} of ${formatCount(total)}; ${rest}.`;
}
