import {
  type ChangeCause,
  type CheckChange,
  type Comparison,
  comparePacks,
  SEVERITIES,
  type SeverityCounts,
  WORSE_CHANGES,
} from '../index.js';
import { type MissingNow, missingNow } from './missing-now.js';
import { settingsChanged } from './settings-changed.js';

/** What differs between this audit and its baseline, as `keyproof diff` tells it. */
export type Changes = {
  /** What the baseline is, in words: `main (run 812)`. */
  since: string;
  /** Checks that fail now and did not in the baseline: new, regressed, or no longer under an exception. */
  new: ChangedChecks;
  /** Checks that failed in the baseline, and pass now or are attested. */
  fixed: ChangedChecks;
  /** Failures that an accepted exception covers now and did not in the baseline. */
  accepted: number;
  /** What the baseline had and this audit has not. */
  missing: MissingNow;
  /** What the audit was asked otherwise than the baseline (thresholds, exceptions, rules ...), one sentence each. */
  settings: string[];
  /** Checks that failed in the baseline and whose rule does not concern the subject any more. */
  noLongerApplies: number;
  /** What a reader should know of the comparison, one sentence each. */
  notes: string[];
};

/** A number of checks. */
export type ChangedChecks = {
  /** By severity: of the failure now for new ones, of the failure then for fixed ones. */
  severities: SeverityCounts;
  /** What alone explains them, `several` if more than one thing may, `unknown` if the packs do not tell. */
  causes: Causes;
  /** How many of them other settings alone explain: a rule, threshold, exception or scope, and no change of the evidence. */
  bySettings: number;
  /** The first of them, worst first. */
  examples: CheckChange[];
};

/** Numbers of checks by what explains them. */
export type Causes = { [C in ChangeCause | 'several' | 'unknown']?: number };

type Summary = Comparison['summary'];

const MOST_EXAMPLES = 500;

/**
 * Compares two packs.
 * @param before folder of the baseline.
 * @param now folder of the pack of this audit.
 * @throws KeyproofError if one of them is no pack, or was changed.
 */
export async function changesBetween(before: string, now: string, since: string): Promise<Changes> {
  return comparePacks(before, now, async ({ summary, changes }) => {
    const examples: CheckChange[] = [];
    for await (const change of changes(MOST_EXAMPLES)) examples.push(change);
    const { counts, notes } = summary;
    return {
      since,
      new: checksOf(WORSE_CHANGES, summary, examples),
      fixed: checksOf(['fixed'], summary, examples),
      accepted: sumOf(counts.waived.causes),
      missing: missingNow(summary),
      settings: settingsChanged(summary),
      noLongerApplies: counts['no-longer-applies'].total,
      notes,
    };
  });
}

/** Returns how many there are in all. */
export function changedCount({ severities }: ChangedChecks): number {
  return sumOf(severities);
}

function checksOf(
  kinds: readonly CheckChange['change'][],
  { counts }: Summary,
  examples: readonly CheckChange[],
): ChangedChecks {
  return {
    severities: {
      critical: 0,
      high: 0,
      medium: 0,
      low: 0,
      ...addedUp(kinds.map((kind) => counts[kind].severities)),
    },
    causes: addedUp(kinds.map((kind) => counts[kind].causes)),
    bySettings: sumOf(Object.fromEntries(kinds.map((kind) => [kind, counts[kind].bySettings]))),
    examples: examples.filter(({ change }) => kinds.includes(change)).sort(bySeverity),
  };
}

type Numbers = { readonly [name: string]: number };

function addedUp(all: readonly Numbers[]): { [name: string]: number } {
  const sums: { [name: string]: number } = {};
  for (const [name, number] of all.flatMap(Object.entries)) sums[name] = (sums[name] ?? 0) + number;
  return sums;
}

function sumOf(numbers: Numbers): number {
  return Object.values(numbers).reduce((sum, number) => sum + number, 0);
}

function bySeverity(a: CheckChange, b: CheckChange): number {
  return rank(a) - rank(b);
}

function rank({ new: now, old }: CheckChange): number {
  const severity = now?.severity ?? old?.severity;
  return severity ? SEVERITIES.indexOf(severity) : SEVERITIES.length;
}
