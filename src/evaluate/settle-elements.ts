import {
  type ElementOutcome,
  type Observation,
  type Outcome,
  SEVERITIES,
  type Violation,
} from '../model/index.js';
import { compareText } from '../text/compare-text.js';
import type { Readings } from './readings.js';
import { type ReadObservation, settleReadings } from './settle-readings.js';
import type { EvaluatedPolicy } from './to-observation.js';

/**
 * Decides as `settleReadings`, each element of a policy by itself, so that a contradiction costs no element that does not
 * depend on it. A policy fails if an element fails by every reading.
 */
export function settleElements(
  policy: EvaluatedPolicy,
  unknown: Observation,
  readings: Readings,
  whole: readonly ReadObservation[],
  partial: readonly ReadObservation[],
): Observation {
  const all = [unknown, ...[...whole, ...partial].map(({ observation }) => observation)];
  const isError = all.some(({ outcome }) => outcome === 'error');
  if (isError || all.every((one) => one.elements.length === 0))
    return settleReadings(unknown, readings, whole, partial);
  const of = (id: string) => (read: ReadObservation) => ({
    ...read,
    observation: project(read.observation, id),
  });
  const settled = (policy.elements ?? []).map(({ id }) => ({
    id,
    found: settleReadings(project(unknown, id), readings, whole.map(of(id)), partial.map(of(id))),
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
  const outcome = outcomeOf(settled);
  const all = settled.map(({ found }) => found);
  const counted = all.filter((found) => found.outcome === outcome);
  const severities = all.map(({ severity }) => severity);
  return {
    ...unknown,
    outcome,
    severity: SEVERITIES.find((known) => severities.includes(known)) ?? null,
    violations: all.flatMap(({ violations }) => violations).sort(worstFirst(policy)),
    missing: united(all.map(({ missing }) => missing)),
    reasons: outcome === 'not-applicable' ? united(counted.map(({ reasons }) => reasons)) : [],
    elements: settled.map(({ id, found }): ElementOutcome => {
      const { outcome: own, severity, missing, reasons } = found;
      return { element: id, outcome: own, severity, missing, reasons };
    }),
  };
}

/** A failure counts before missing evidence; an element that does not apply says nothing about the others. */
function outcomeOf(settled: Settled): Outcome {
  const outcomes = settled.map(({ found }) => found.outcome);
  const first = (['fail', 'no-evidence', 'attested', 'pass'] as const).find((one) => outcomes.includes(one));
  return first ?? 'not-applicable';
}

function worstFirst(policy: EvaluatedPolicy): (a: Violation, b: Violation) => number {
  const rank = ({ severity }: Violation) =>
    SEVERITIES.findIndex((one) => one === (severity ?? policy.severity));
  return (a, b) =>
    rank(a) - rank(b) ||
    compareText(a.message, b.message) ||
    compareText(JSON.stringify(a), JSON.stringify(b));
}

function united(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort(compareText);
}
