import { type JudgedObservation, type Pack, SEVERITIES, type Severity } from '../index.js';

/** What differs between this audit and its baseline. */
export type Changes = {
  /** What the baseline is, in words: `main (run 812)` or the folder. */
  since: string;
  /** Checks that fail now and did not in the baseline, or fail worse. */
  new: ChangedChecks;
  /** Checks that failed in the baseline and pass now. */
  fixed: ChangedChecks;
  /** Checks that failed in the baseline and are neither failed nor passed now: waived, undecided, or not examined. */
  unclear: number;
};

/** A number of checks. */
export type ChangedChecks = {
  /** By severity: of the failure now for new ones, of the failure then for fixed ones. */
  severities: { [S in Severity]: number };
  /** The first of them, worst first. */
  examples: JudgedObservation[];
};

const MOST_EXAMPLES = 500;

/** Compares the failed checks of two packs, by the id of a check: policy and subject. */
export async function changesBetween(before: Pack, now: Pack, since: string): Promise<Changes> {
  const failedBefore = new Map<string, Severity | null>();
  for await (const { id, severity } of before.observations({ outcome: 'fail' }))
    failedBefore.set(id, severity);
  const fresh = none();
  for await (const observation of now.observations({ outcome: 'fail' }, 'worst-first')) {
    const then = failedBefore.get(observation.id);
    failedBefore.delete(observation.id);
    if (then === undefined || rank(observation.severity) < rank(then))
      add(fresh, observation, observation.severity);
  }
  const fixed = none();
  for await (const observation of now.observations({ outcome: 'pass' })) {
    const then = failedBefore.get(observation.id);
    if (then === undefined) continue;
    failedBefore.delete(observation.id);
    add(fixed, { ...observation, severity: then }, then);
  }
  fixed.examples.sort((a, b) => rank(a.severity) - rank(b.severity));
  return { since, new: fresh, fixed, unclear: failedBefore.size };
}

/** Returns how many there are in all. */
export function changedCount({ severities }: ChangedChecks): number {
  return SEVERITIES.reduce((sum, severity) => sum + severities[severity], 0);
}

function none(): ChangedChecks {
  return { severities: { critical: 0, high: 0, medium: 0, low: 0 }, examples: [] };
}

function add(checks: ChangedChecks, example: JudgedObservation, severity: Severity | null): void {
  checks.severities[severity ?? 'low'] += 1;
  if (checks.examples.length < MOST_EXAMPLES) checks.examples.push(example);
}

function rank(severity: Severity | null): number {
  return severity === null ? SEVERITIES.length : SEVERITIES.indexOf(severity);
}
