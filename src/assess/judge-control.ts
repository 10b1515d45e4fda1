import type { ControlStatus, Grade, Verdict } from '../model/index.js';
import type { MappingState } from './mapping-state.js';

/** The result of one mapping, reduced to what a verdict depends on. */
export type Signal =
  /** At least one violation in scope. */
  | 'fails'
  /** Violations of nothing but defaults of keyproof, in a framework in which these are observations and no exceptions. */
  | 'observes'
  /** No violation, but evidence is missing: unknown data, unknown scope, an error, nothing supplied, not evaluated. */
  | 'lacks'
  /** No violation that counts and nothing missing, but at least one violation is covered by an accepted exception. */
  | 'waived'
  /** Everything in scope passed or is not applicable; at least one passed. */
  | 'passes'
  /** Some passed, but not all in scope counts: attested subjects, inputs that may be incomplete, or a time allowed that is not over. */
  | 'passes-in-part'
  /** Documents are on record; nothing was tested. */
  | 'attests'
  /** Nothing to test: no subject in scope, the policy states that it applies to none, or the time allowed is not over. */
  | 'silent';

/** All signals. */
export const SIGNALS: readonly Signal[] = [
  'fails',
  'observes',
  'lacks',
  'waived',
  'passes',
  'passes-in-part',
  'attests',
  'silent',
];

/** One line of the truth table: holds when every condition it states holds for the direct and partial mappings. */
export type VerdictRule = {
  /** Verdict it gives. */
  verdict: Verdict;
  /** The control has one of these statuses. */
  status?: readonly ControlStatus[];
  /** At least one mapping gives one of these. */
  some?: readonly Signal[];
  /** At least one direct mapping gives one of these. */
  someDirect?: readonly Signal[];
  /** All mappings give one of these. */
  every?: readonly Signal[];
};

/** The truth table: the first line that holds gives the verdict. Supporting mappings never count. */
export const VERDICT_RULES: readonly VerdictRule[] = [
  { verdict: 'not-applicable', status: ['not-applicable'] },
  { verdict: 'exception', some: ['fails'] },
  { verdict: 'insufficient-data', some: ['observes', 'lacks'] },
  { verdict: 'exception-accepted', some: ['waived'] },
  {
    verdict: 'evidence-supports',
    status: ['automated'],
    someDirect: ['passes'],
    every: ['passes', 'silent'],
  },
  { verdict: 'partly-supported', some: ['passes', 'passes-in-part'] },
  { verdict: 'attested', some: ['attests'] },
  { verdict: 'not-tested' },
];

/** Returns the signal of one mapping from its numbers. */
export function signalOf(mapping: MappingState): Signal {
  const { outcomes } = mapping;
  if (outcomes.fail > 0) return mapping.observed ? 'observes' : 'fails';
  if (lacksEvidence(mapping)) return 'lacks';
  if (outcomes.waived > 0) return 'waived';
  const weakened = outcomes.attested > 0 || mapping.waiting > 0 || mapping.inputGaps.length > 0;
  if (outcomes.pass > 0) return weakened ? 'passes-in-part' : 'passes';
  return outcomes.attested > 0 ? 'attests' : 'silent';
}

function lacksEvidence(mapping: MappingState): boolean {
  const { outcomes } = mapping;
  const examined = mapping.population + mapping.outOfScope + mapping.notStated + mapping.undecided;
  const neverSupplied = examined === 0 && !mapping.supplied;
  const lacking = outcomes['no-evidence'] - mapping.waiting;
  const unknown = lacking + outcomes.error + mapping.undecided + mapping.unevaluated;
  return unknown > 0 || neverSupplied || mapping.kind === null;
}

/** Returns the verdict on a control from its status and the signals of its mappings. */
export function judgeControl(
  status: ControlStatus,
  mappings: readonly { grade: Grade; signal: Signal }[],
): Verdict {
  const deciding = mappings.filter((mapping) => mapping.grade !== 'supporting');
  return VERDICT_RULES.find((rule) => holds(rule, status, deciding))?.verdict ?? 'not-tested';
}

function holds(
  rule: VerdictRule,
  status: ControlStatus,
  mappings: readonly { grade: Grade; signal: Signal }[],
): boolean {
  const gives = (signals: readonly Signal[]) => (mapping: { signal: Signal }) =>
    signals.includes(mapping.signal);
  const direct = mappings.filter((mapping) => mapping.grade === 'direct');
  return (
    (rule.status?.includes(status) ?? true) &&
    (!rule.some || mappings.some(gives(rule.some))) &&
    (!rule.someDirect || direct.some(gives(rule.someDirect))) &&
    (!rule.every || mappings.every(gives(rule.every)))
  );
}
