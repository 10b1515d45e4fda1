import { hash } from 'node:crypto';
import { type Observation, SEVERITIES, type SubjectKind, type Violation } from '../model/index.js';
import { type SaidByPolicy, saidByPolicy, textsOf } from '../policies/said-by-policy.js';
import { compareText } from '../text/compare-text.js';
import { isObject } from '../text/is-object.js';
import { compareRecords, compareViolations, severityOf } from '../text/violation-order.js';
import { type EvaluatedElement, elementOutcomes } from './element-outcomes.js';

/** A policy as the evaluator sees it. */
export type EvaluatedPolicy = {
  /** Rule id. */
  id: string;
  /** Severity of its violations. */
  severity: string;
  /** The elements it declares; absent if it is one element with its own id. */
  elements?: readonly EvaluatedElement[];
};

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
  const outcome = OUTCOMES_OF_POLICIES.find((known) => known === result['outcome']);
  if (outcome === undefined) return errorObservation(policy, subject, unknownOutcome(result['outcome']));
  const elements = policy.elements ?? [{ id: policy.id, clean: 'pass' }];
  const said = saidByPolicy(partsOf(outcome, result), elements);
  if (typeof said === 'string') return errorObservation(policy, subject, said);
  const parts = builders[outcome](policy, said);
  const whole = { outcome, violations: parts.violations ?? [] };
  const outcomes = elementOutcomes(whole, said, elements, (violation) => severityOf(violation, policy));
  return { ...blank(policy, subject), outcome, ...parts, elements: outcomes };
}

function unknownOutcome(outcome: unknown): string {
  return `the policy answered "${String(outcome)}", which is not an outcome`;
}

/** Leaves out what a result of this outcome does not say: a policy from outside can put anything beside it. */
function partsOf(outcome: PolicyOutcome, result: Record<string, unknown>): Record<string, unknown> {
  const { missing, reasons } = result;
  return outcome === 'fail' ? result : { missing, reasons };
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

const OUTCOMES_OF_POLICIES = ['pass', 'attested', 'not-applicable', 'no-evidence', 'fail'] as const;

type PolicyOutcome = (typeof OUTCOMES_OF_POLICIES)[number];

type Build = (policy: EvaluatedPolicy, said: SaidByPolicy) => Partial<Observation>;

const builders: { readonly [O in PolicyOutcome]: Build } = {
  pass: () => ({}),
  attested: () => ({}),
  'not-applicable': (_, { reasons }) => ({ reasons: textsOf(reasons) }),
  'no-evidence': (_, { missing }) => ({ missing: textsOf(missing) }),
  fail: (policy, { violations: found, missing }) => {
    const violations = found.map(toViolation).sort(compareViolations(policy));
    return { severity: severityOf(violations[0], policy), violations, missing: textsOf(missing) };
  },
};

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
    elements: [],
  };
}

function toViolation({ element, violation: value }: SaidByPolicy['violations'][number]): Violation {
  const violation = isObject(value) ? value : { message: value };
  const severity = SEVERITIES.find((known) => known === violation['severity']);
  return {
    element,
    message:
      typeof violation['message'] === 'string'
        ? violation['message']
        : JSON.stringify(sortedKeys(violation['message'] ?? value)),
    ...(severity ? { severity } : {}),
    facts: isObject(violation['facts']) ? (sortedKeys(violation['facts']) as Violation['facts']) : {},
    records: list(violation['records']).filter(isSourceRef).sort(compareRecords),
  };
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
