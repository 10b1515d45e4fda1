import {
  type Control,
  type ControlMapping,
  type Framework,
  isEntityFact,
  type Predicate,
} from '../model/index.js';
import { ASSUMED, type Fact, type Facts, UNKNOWN } from './facts.js';

/** Whether a mapping may be used for a subject. */
export type Scope =
  /** Every fact is known and allowed. */
  | { state: 'in' }
  /** Allowed although a fact is unknown, because the predicate accepts that. */
  | { state: 'in-unknown'; fields: string[] }
  /** Ruled out by nothing but defaults of keyproof.yaml: no record and no rule states the scope. */
  | { state: 'not-stated'; fields: string[] }
  /** A known fact rules it out. */
  | { state: 'out' }
  /** Nothing rules it out, but a fact is unknown. */
  | { state: 'undecided'; fields: string[] };

/** Combines two predicates: a field named by both allows only the values both allow. */
export function both(first: Predicate | undefined, second: Predicate | undefined): Predicate {
  const merged: Predicate = { ...first };
  for (const [field, values] of Object.entries(second ?? {})) {
    const already = merged[field];
    merged[field] = already ? already.filter((value) => values.includes(value)) : values;
  }
  return merged;
}

/** Returns what a mapping needs: the conditions of its framework, its control and its own combined. */
export function needsOf(framework: Framework, control: Control, mapping?: ControlMapping): Predicate {
  return both(both(framework.when, control.when), mapping?.when);
}

/** Splits a predicate into what it requires of the entity and what it requires of each subject. */
export function split(predicate: Predicate): { entity: Predicate; subject: Predicate } {
  const about = (entity: boolean): Predicate =>
    Object.fromEntries(Object.entries(predicate).filter(([field]) => isEntityFact(field) === entity));
  return { entity: about(true), subject: about(false) };
}

/** Decides a predicate by three-valued logic: one known contrary fact is enough for `out`, whatever else is unknown. */
export function decide(predicate: Predicate, facts: Facts): Scope {
  const states = Object.entries(predicate).map(([field, allowed]) => ({
    field,
    state: factState(facts[field] ?? [], allowed),
  }));
  const fieldsIn = (wanted: FactState) =>
    states.filter(({ state }) => state === wanted).map(({ field }) => field);
  const against = fieldsIn('no');
  if (against.length > 0 && against.every((field) => facts[ASSUMED]?.includes(field)))
    return { state: 'not-stated', fields: against };
  if (against.length > 0) return { state: 'out' };
  if (fieldsIn('unknown').length > 0) return { state: 'undecided', fields: fieldsIn('unknown') };
  if (fieldsIn('accepted').length > 0) return { state: 'in-unknown', fields: fieldsIn('accepted') };
  return { state: 'in' };
}

const BROADEST: readonly Scope['state'][] = ['in', 'in-unknown', 'undecided', 'not-stated', 'out'];

/** Returns the scope of what is about several things: it is in scope as soon as one of them is. */
export function broadest(first: Scope, rest: readonly Scope[]): Scope {
  const rank = ({ state }: Scope) => BROADEST.indexOf(state);
  return rest.reduce((best, one) => (rank(one) < rank(best) ? one : best), first);
}

type FactState = 'yes' | 'no' | 'unknown' | 'accepted';

function factState(values: readonly Fact[], allowed: readonly (string | boolean)[]): FactState {
  if (values.some((value) => value !== null && allowed.includes(value))) return 'yes';
  if (values.length > 0 && !values.includes(null)) return 'no';
  return allowed.includes(UNKNOWN) ? 'accepted' : 'unknown';
}
