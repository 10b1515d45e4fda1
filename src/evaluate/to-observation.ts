import { hash } from 'node:crypto';
import {
  type Observation,
  SEVERITIES,
  type Severity,
  type SubjectKind,
  type Violation,
} from '../model/index.js';
import { compareText } from '../text/compare-text.js';
import { isObject } from '../text/is-object.js';

/** A policy as the evaluator sees it. */
export type EvaluatedPolicy = { id: string; severity: string };

/** The subject as the evaluator sees it. */
export type EvaluatedSubject = { kind: SubjectKind; id: string };

const MOST_ERROR_CHARACTERS = 1000;
const HALF_CHARACTER = /[\ud800-\udbff]$/;

/** Returns the stable id of an observation: the same policy and subject have the same id in every run. */
export function observationId(ruleId: string, subject: EvaluatedSubject): string {
  return hash('sha256', `${ruleId}\n${subject.kind}\n${subject.id}`).slice(0, 16);
}

/**
 * Turns a policy's answer for a subject into an observation. An answer of an unknown shape, or no answer, is an
 * `error`, never a pass.
 */
export function toObservation(
  policy: EvaluatedPolicy,
  subject: EvaluatedSubject,
  result: unknown,
): Observation {
  if (!isObject(result)) return errorObservation(policy, subject, 'the policy gave no result');
  const build = builders.get(String(result['outcome']));
  if (!build)
    return errorObservation(
      policy,
      subject,
      `the policy answered "${String(result['outcome'])}", which is not an outcome`,
    );
  return build(blank(policy, subject), policy, result);
}

/** Returns the observation for a policy that could not be evaluated on a subject. */
export function errorObservation(
  policy: Pick<EvaluatedPolicy, 'id'>,
  subject: EvaluatedSubject,
  error: string,
): Observation {
  return { ...blank(policy, subject), outcome: 'error', error: shortened(error) };
}

/** Shortens the text of an error, since a policy can put anything into it. */
function shortened(text: string): string {
  if (text.length <= MOST_ERROR_CHARACTERS) return text;
  return `${text.slice(0, MOST_ERROR_CHARACTERS).replace(HALF_CHARACTER, '')} …`;
}

type Build = (base: Observation, policy: EvaluatedPolicy, result: Record<string, unknown>) => Observation;

const builders = new Map<string, Build>(
  Object.entries<Build>({
    pass: (base) => ({ ...base, outcome: 'pass' }),
    attested: (base) => ({ ...base, outcome: 'attested' }),
    'not-applicable': (base, _policy, result) => ({
      ...base,
      outcome: 'not-applicable',
      reasons: sortedStrings(result['reasons']),
    }),
    'no-evidence': (base, _policy, result) => ({
      ...base,
      outcome: 'no-evidence',
      missing: sortedStrings(result['missing']),
    }),
    fail: (base, policy, result) => {
      const violations = list(result['violations']).map(toViolation).sort(compareViolations(policy));
      return {
        ...base,
        outcome: 'fail',
        severity: violations.length > 0 ? severityOf(violations[0], policy) : severityOf(undefined, policy),
        violations,
        missing: sortedStrings(result['missing']),
      };
    },
  }),
);

function blank(policy: Pick<EvaluatedPolicy, 'id'>, subject: EvaluatedSubject): Observation {
  return {
    id: observationId(policy.id, subject),
    ruleId: policy.id,
    subject: { kind: subject.kind, id: subject.id },
    outcome: 'error',
    severity: null,
    violations: [],
    missing: [],
    reasons: [],
    error: null,
  };
}

function toViolation(value: unknown): Violation {
  const violation = isObject(value) ? value : { message: value };
  const severity = SEVERITIES.find((known) => known === violation['severity']);
  return {
    message:
      typeof violation['message'] === 'string'
        ? violation['message']
        : JSON.stringify(sortedKeys(violation['message'] ?? value)),
    ...(severity ? { severity } : {}),
    facts: isObject(violation['facts']) ? (sortedKeys(violation['facts']) as Violation['facts']) : {},
    records: list(violation['records']).filter(isSourceRef).sort(compareRecords),
  };
}

function severityOf(violation: Violation | undefined, policy: EvaluatedPolicy): Severity {
  return violation?.severity ?? SEVERITIES.find((known) => known === policy.severity) ?? 'high';
}

function compareViolations(policy: EvaluatedPolicy): (a: Violation, b: Violation) => number {
  const rank = (violation: Violation): number => SEVERITIES.indexOf(severityOf(violation, policy));
  return (a, b) =>
    rank(a) - rank(b) ||
    compareText(a.message, b.message) ||
    compareText(JSON.stringify(a), JSON.stringify(b));
}

function compareRecords(a: Violation['records'][number], b: Violation['records'][number]): number {
  return compareText(a.file, b.file) || compareText(a.record, b.record);
}

function sortedStrings(value: unknown): string[] {
  return list(value).map(String).sort(compareText);
}

/** Returns the value with the names in its objects sorted: WebAssembly gives them in no fixed order. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sortedKeys(inner)]));
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isSourceRef(value: unknown): value is Violation['records'][number] {
  return isObject(value) && typeof value['file'] === 'string' && typeof value['record'] === 'string';
}
