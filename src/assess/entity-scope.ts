import type { Control, Framework } from '../model/index.js';
import type { Facts } from './facts.js';
import { decide, needsOf, split } from './predicate.js';

/** What the facts stated about the entity say on whether a control concerns it. */
export type EntityScope = {
  /** Facts stated otherwise than the control needs; any makes the control not applicable. */
  against: {
    /** Name of the fact. */
    field: string;
    /** Fact and value, written `finra_member: false`. */
    text: string;
  }[];
  /** Names of facts the control needs and nobody stated. */
  unstated: string[];
};

/** Looks at what the framework and the control themselves need of the entity; what single mappings need is not in it. */
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
