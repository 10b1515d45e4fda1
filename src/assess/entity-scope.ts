import type { Control, Framework } from '../model/index.js';
import type { Facts } from './facts.js';
import { decide, needsOf, split } from './predicate.js';

/** Whether the facts stated about the entity make a control apply to it. */
export type EntityScope = {
  /** Facts stated with another value than the control needs; any of them makes the control not applicable. */
  against: {
    /** Name of the fact. */
    field: string;
    /** Fact and value, written `finra_member: false`. */
    text: string;
  }[];
  /** Names of facts that the control needs and that are not stated. */
  unstated: string[];
};

/** Compares the entity with what the framework and the control need of it; ignores what single mappings need. */
export function entityScope(framework: Framework, control: Control, entity: Facts): EntityScope {
  const needs = Object.entries(split(needsOf(framework, control)).entity);
  const inState = (state: string) =>
    needs
      .filter(([field, values]) => decide({ [field]: values }, entity).state === state)
      .map(([field]) => field);
  return {
    against: inState('out').map((field) => ({
      field,
      text: `${field}: ${(entity[field] ?? []).join(', ')}`,
    })),
    unstated: inState('undecided'),
  };
}
