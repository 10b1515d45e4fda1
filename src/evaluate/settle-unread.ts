import type { Observation, Violation } from '../model/index.js';
import { distinctTexts } from '../text/compare-text.js';
import { severityOf } from '../text/violation-order.js';
import type { EvaluatedPolicy } from './to-observation.js';
import type { Unread, UnreadReading } from './unread.js';

/** What a policy found on one reading of a dossier. */
export type FoundUnread = { reading: UnreadReading; observation: Observation };

const UNREAD = ' (stated, and cannot be read)';

/**
 * Decides what a policy found on a subject of which values could not be read. What it finds whatever they are, it finds; so does
 * a violation. Everything else has no evidence: a value that stands there is not one that nobody stated.
 *
 * @param unknown what it found with the values unknown.
 */
export function settleUnread(
  policy: EvaluatedPolicy,
  unknown: Observation,
  { fields }: Unread,
  found: readonly FoundUnread[],
): Observation {
  if (unknown.outcome === 'error') return unknown;
  if (unknown.outcome === 'no-evidence') return { ...unknown, missing: marked(unknown.missing, fields) };
  const others = found.filter(({ observation }) => observation.outcome !== unknown.outcome);
  if (others.length === 0) return unknown.outcome === 'fail' ? failing(policy, unknown, found) : unknown;
  const missing = deciding(others);
  return { ...unknown, outcome: 'no-evidence', severity: null, violations: [], reasons: [], missing };
}

/** Returns a failure without the violations that another value would end. */
function failing(policy: EvaluatedPolicy, unknown: Observation, found: readonly FoundUnread[]): Observation {
  const stays = (one: Violation) => found.every(({ observation }) => states(observation, one));
  const violations = unknown.violations.filter(stays);
  if (violations.length === 0 || violations.length === unknown.violations.length) return unknown;
  const ended = found.filter(
    ({ observation }) => !unknown.violations.every((one) => states(observation, one)),
  );
  return {
    ...unknown,
    violations,
    severity: severityOf(violations[0], policy),
    missing: distinctTexts([...unknown.missing, ...deciding(ended)]),
  };
}

function states({ violations }: Observation, { element, message }: Violation): boolean {
  return violations.some((one) => one.element === element && one.message === message);
}

/** Returns the fields that decide alone; if none does, those that do together. */
function deciding(changed: readonly FoundUnread[]): string[] {
  const alone = changed.filter(({ reading }) => reading.fields.length === 1);
  const counted = alone.length > 0 ? alone : changed;
  return distinctTexts(counted.flatMap(({ reading }) => reading.fields.map((field) => `${field}${UNREAD}`)));
}

function marked(missing: readonly string[], fields: readonly string[]): string[] {
  return distinctTexts(missing.map((path) => (fields.includes(path) ? `${path}${UNREAD}` : path)));
}
