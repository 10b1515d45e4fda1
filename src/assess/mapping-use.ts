import {
  type Control,
  type ControlMapping,
  elementsOf,
  type Framework,
  type NamedElement,
  type Outcome,
  type Policy,
  type Predicate,
  resultOfElements,
  type Severity,
} from '../model/index.js';
import { broadest, decide, needsOf, type Scope } from './predicate.js';
import type { Tally } from './tallies.js';

/** What of a policy counts for a control: some of its elements, on subjects in scope. */
export type MappingUse = {
  /** Policy id. */
  ruleId: string;
  /** Facts that a subject needs. */
  predicate: Predicate;
  /** Ids of the elements that count; null if all of the policy counts. */
  taken: readonly string[] | null;
};

/** How observations count for a control. */
export type Counted = {
  /** Whether their subjects are in scope. */
  scope: Scope;
  /** Outcome of the elements that count. */
  outcome: Outcome;
  /** Worst severity of the elements that count; null unless they failed. */
  severity: Severity | null;
  /** Whether they lack evidence only because the time allowed is not over. */
  waits: boolean;
};

/** Returns what of a policy a mapping uses. */
export function useOf(
  framework: Framework,
  control: Control,
  mapping: ControlMapping,
  policy: Policy | undefined,
): MappingUse {
  const several = policy !== undefined && elementsOf(policy).length > 1;
  const taken = several && mapping.elements !== undefined ? mapping.elements : null;
  return { ruleId: mapping.id, predicate: needsOf(framework, control, mapping), taken };
}

/** Returns the elements of a policy that a use takes. */
export function takenElements({ taken }: MappingUse, policy: Policy): NamedElement[] {
  return elementsOf(policy).filter(({ id }) => taken === null || taken.includes(id));
}

/**
 * Decides how observations count for a control. Everything that says what counts where asks this: verdicts, populations, the
 * checklist, findings.csv.
 */
export function counted(
  use: MappingUse,
  tally: Pick<Tally, 'facts' | 'outcome' | 'severity' | 'elements' | 'items' | 'waits'>,
): Counted {
  return { scope: scopeOf(use, tally), ...resultOfElements(tally, use.taken), waits: waits(use, tally) };
}

function waits(
  { taken }: MappingUse,
  { elements, waits: whole }: Pick<Tally, 'elements' | 'waits'>,
): boolean {
  if (taken === null || elements.length === 0) return whole;
  const lacking = elements.filter(
    ({ element, outcome }) => taken.includes(element) && outcome === 'no-evidence',
  );
  return lacking.length > 0 && lacking.every((one) => one.waits);
}

/** Returns whether a subject is in scope; if it failed by items of its own, such as its logs, whether one of these is. */
export function scopeOf(
  { predicate, taken }: MappingUse,
  { facts, items }: Pick<Tally, 'facts' | 'items'>,
): Scope {
  const concerned = items.filter(({ element }) => taken === null || taken.includes(element));
  const [first, ...rest] = concerned.map((item) => decide(predicate, { ...facts, ...item.facts }));
  return first === undefined ? decide(predicate, facts) : broadest(first, rest);
}

/** Returns whether observations are failures that count for a control. */
export function failureCounts(use: MappingUse, tally: Parameters<typeof counted>[1]): boolean {
  const { scope, outcome } = counted(use, tally);
  return outcome === 'fail' && (scope.state === 'in' || scope.state === 'in-unknown');
}
