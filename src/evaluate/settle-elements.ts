import { type ElementOutcome, type Observation, resultOfElements } from '../model/index.js';
import { distinctTexts } from '../text/compare-text.js';
import { compareViolations } from '../text/violation-order.js';
import type { Readings } from './readings.js';
import { type FoundByReading, settleReadings } from './settle-readings.js';
import { type FoundUnread, settleUnread } from './settle-unread.js';
import type { EvaluatedPolicy } from './to-observation.js';
import type { Unread } from './unread.js';

/**
 * Decides as `settleReadings`, each element of a policy by itself, so that a contradiction costs no element that does not
 * depend on it. A policy fails if an element fails by every reading.
 */
export function settleElements(
  policy: EvaluatedPolicy,
  unknown: Observation,
  readings: Readings,
  found: FoundByReading,
): Observation {
  const all = [...found.whole, ...found.partial].map(({ observation }) => observation);
  return eachElement(policy, unknown, all, (part, projected) =>
    settleReadings(part, readings, {
      whole: found.whole.map(projected),
      partial: found.partial.map(projected),
    }),
  );
}

/** Decides as `settleUnread`, each element of a policy by itself. */
export function settleUnreadElements(
  policy: EvaluatedPolicy,
  unknown: Observation,
  unread: Unread,
  found: readonly FoundUnread[],
): Observation {
  const all = found.map(({ observation }) => observation);
  return eachElement(policy, unknown, all, (part, projected) =>
    settleUnread(policy, part, unread, found.map(projected)),
  );
}

/** What was found by a reading, as far as one element goes. */
type Projected = <T extends { observation: Observation }>(read: T) => T;

function eachElement(
  policy: EvaluatedPolicy,
  unknown: Observation,
  read: readonly Observation[],
  settle: (unknown: Observation, projected: Projected) => Observation,
): Observation {
  const all = [unknown, ...read];
  const isError = all.some(({ outcome }) => outcome === 'error');
  if (isError || all.every((one) => one.elements.length === 0)) return settle(unknown, (one) => one);
  const settled = (policy.elements ?? []).map(({ id }) => ({
    id,
    found: settle(project(unknown, id), (one) => ({ ...one, observation: project(one.observation, id) })),
  }));
  return together(policy, unknown, settled);
}

/** Returns what an observation shows about one element. */
function project(observation: Observation, id: string): Observation {
  const own = observation.elements.find(({ element }) => element === id);
  const { outcome, severity, missing, reasons } = own ?? observation;
  const violations = observation.violations.filter(({ element }) => element === id);
  return { ...observation, outcome, severity, missing, reasons, violations, elements: [] };
}

type Settled = readonly { id: string; found: Observation }[];

function together(policy: EvaluatedPolicy, unknown: Observation, settled: Settled): Observation {
  const all = settled.map(({ found }) => found);
  const elements = settled.map(({ id, found }): ElementOutcome => {
    const { outcome, severity, missing, reasons } = found;
    return { element: id, outcome, severity, missing, reasons };
  });
  const ids = settled.map(({ id }) => id);
  const { outcome, severity } = resultOfElements({ ...unknown, elements }, ids);
  const counted = all.filter((found) => found.outcome === outcome);
  return {
    ...unknown,
    outcome,
    severity,
    violations: all.flatMap(({ violations }) => violations).sort(compareViolations(policy)),
    missing: distinctTexts(all.flatMap(({ missing }) => missing)),
    reasons: outcome === 'not-applicable' ? distinctTexts(counted.flatMap(({ reasons }) => reasons)) : [],
    elements,
  };
}
