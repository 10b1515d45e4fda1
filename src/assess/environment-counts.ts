import { type PolicyResult, SUBJECT_FACTS } from '../model/index.js';
import { groupBy } from '../text/group-by.js';
import type { Tallies, Tally } from './tallies.js';

/** What one policy showed in one environment. */
export type EnvironmentCount = {
  /** Environment; null if it is not stated, or if the kind of subject has none. */
  environment: string | null;
  /** Subjects that failed. */
  failed: number;
  /** Subjects that passed or failed. */
  tested: number;
};

/** Environments from worst to least, as the model lists them. */
const WORST_FIRST = SUBJECT_FACTS['environment'] ?? [];

/** Returns what a policy showed in each environment, the worst first; those of which the environment is not stated last. */
export function environmentCounts({ id }: Pick<PolicyResult, 'id'>, tallies: Tallies): EnvironmentCount[] {
  const own = tallies.observations.filter(({ ruleId }) => ruleId === id);
  const counts = [...groupBy(own, environmentOf)].map(([environment, group]) => countOf(environment, group));
  return counts.sort((a, b) => rankOf(a.environment) - rankOf(b.environment));
}

/** The facts of the organisation are those of all its subjects; it is in no environment itself. */
function environmentOf({ kind, facts }: Tally): string | null {
  const [value = null] = kind === 'organisation' ? [] : (facts['environment'] ?? []);
  return value === null ? null : String(value);
}

function countOf(environment: string | null, group: readonly Tally[]): EnvironmentCount {
  const failed = sumOf(group, 'fail');
  return { environment, failed, tested: failed + sumOf(group, 'pass') };
}

function sumOf(group: readonly Tally[], outcome: Tally['outcome']): number {
  return group.reduce((sum, tally) => sum + (tally.outcome === outcome ? tally.count : 0), 0);
}

function rankOf(environment: string | null): number {
  const rank = environment === null ? -1 : WORST_FIRST.indexOf(environment);
  return rank === -1 ? WORST_FIRST.length : rank;
}
