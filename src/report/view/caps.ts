import { formatCount } from '../text/format.js';

/** How much of each long list a report prints; what is left out is counted above the list, with where to find it. */
export type Caps = {
  /** Findings under a policy. */
  readonly findings: number;
  /** Findings under one mapping of a control. */
  readonly mappingFindings: number;
  /** Subjects without evidence, or with an error, under a policy. */
  readonly unresolved: number;
  /** Records a violation rests on. */
  readonly records: number;
  /** Rejected records. */
  readonly rejects: number;
  /** Input files. */
  readonly inputs: number;
  /** Findings the search covers. */
  readonly register: number;
};

/** Limits of index.html: it opens at once and stays searchable. */
export const HTML_CAPS: Caps = {
  findings: 100,
  mappingFindings: 10,
  unresolved: 25,
  records: 3,
  rejects: 300,
  inputs: 1000,
  register: 20_000,
};

/** Limits of report.pdf: Chromium's print time grows faster than the number of rows (10,000 take 12 s). */
export const PDF_CAPS: Caps = {
  findings: 40,
  mappingFindings: 5,
  unresolved: 10,
  records: 2,
  rejects: 100,
  inputs: 300,
  register: 0,
};

/** A list cut to its cap. */
export type Capped<T> = {
  /** What is printed. */
  items: T[];
  /** `First 40 of 1,204; all of them are in findings.csv.`; null where nothing is left out. */
  note: string | null;
};

/** The first `cap` of a list of which there are `total`; `rest` says where all of them are. */
export function capped<T>(all: readonly T[], cap: number, total: number, rest: string): Capped<T> {
  const items = all.slice(0, cap);
  const note = total > items.length ? cutNote(items.length, total, rest) : null;
  return { items, note };
}

function cutNote(shown: number, total: number, rest: string): string {
  return `First ${formatCount(shown)} of ${formatCount(total)}; ${rest}.`;
}
