import { type CheckChange, comparePacks, SEVERITIES, type SeverityCounts, WORSE_CHANGES } from '../index.js';

/** What differs between this audit and its baseline, as `keyproof diff` tells it. */
export type Changes = {
  /** What the baseline is, in words: `main (run 812)`. */
  since: string;
  /** Checks that fail now and did not in the baseline: new, regressed, or no longer under an exception. */
  new: ChangedChecks;
  /** Checks that failed in the baseline, and pass now or are attested. */
  fixed: ChangedChecks;
  /** Checks that failed in the baseline and are not examined now: the subject or rule is gone, or it no longer applies. */
  gone: number;
  /** Checks that were decided in the baseline and are not now. */
  undecided: number;
  /** What a reader should know of the comparison, one sentence each. */
  notes: string[];
};

/** A number of checks. */
export type ChangedChecks = {
  /** By severity: of the failure now for new ones, of the failure then for fixed ones. */
  severities: SeverityCounts;
  /** The first of them, worst first. */
  examples: CheckChange[];
};

const MOST_EXAMPLES = 500;

/**
 * Compares two packs.
 * @param before folder of the baseline.
 * @param now folder of the pack of this audit.
 * @throws KeyproofError if one of them is no pack, or was changed.
 */
export async function changesBetween(before: string, now: string, since: string): Promise<Changes> {
  return comparePacks(before, now, async ({ summary: { counts, notes }, changes }) => {
    const examples: CheckChange[] = [];
    for await (const change of changes(MOST_EXAMPLES)) examples.push(change);
    const of = (kinds: readonly CheckChange['change'][]): ChangedChecks => ({
      severities: sumOf(kinds.map((kind) => counts[kind].severities)),
      examples: examples.filter(({ change }) => kinds.includes(change)).sort(bySeverity),
    });
    return {
      since,
      new: of(WORSE_CHANGES),
      fixed: of(['fixed']),
      gone: counts.gone.total + counts['no-longer-applies'].total,
      undecided: counts['newly-undecided'].total,
      notes,
    };
  });
}

/** Returns how many there are in all. */
export function changedCount({ severities }: ChangedChecks): number {
  return SEVERITIES.reduce((sum, severity) => sum + severities[severity], 0);
}

function sumOf(all: readonly SeverityCounts[]): SeverityCounts {
  const sum = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const counts of all) for (const severity of SEVERITIES) sum[severity] += counts[severity];
  return sum;
}

function bySeverity(a: CheckChange, b: CheckChange): number {
  return rank(a) - rank(b);
}

function rank({ new: now, old }: CheckChange): number {
  const severity = now?.severity ?? old?.severity;
  return severity ? SEVERITIES.indexOf(severity) : SEVERITIES.length;
}
