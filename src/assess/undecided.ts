import type { Framework, FrameworkResult, Predicate, SubjectKind } from '../model/index.js';
import { SUBJECT_KINDS } from '../model/index.js';
import { distinctTexts } from '../text/compare-text.js';
import { type Facts, UNKNOWN } from './facts.js';
import type { Evidence } from './mapping-states.js';
import { decide, needsOf, split } from './predicate.js';

type Undecided = FrameworkResult['undecided'][number];

/**
 * Lists the facts that kept subjects out of a framework: a subject counts for a field if some mapping of its kind
 * needs that field and no known fact rules the subject out. Sorted by kind in report order, then field. Facts about
 * the entity come first, as facts of the organisation, whether or not a policy is mapped to the controls that need
 * them.
 * @param entityName id of the organisation.
 */
export async function undecidedFacts(
  framework: Framework,
  evidence: Evidence,
  entityName: string,
): Promise<Undecided[]> {
  const results: Undecided[] = unstated(framework, evidence).map((field) => ({
    field,
    kind: 'organisation',
    subjects: 1,
    examples: [entityName],
  }));
  for (const kind of SUBJECT_KINDS) {
    const predicates = predicatesFor(framework, kind, evidence);
    for (const field of strictFields(predicates)) {
      const found = await findUndecided(kind, field, predicates, evidence);
      if (found.subjects > 0) results.push(found);
    }
  }
  return results;
}

/**
 * Returns facts about the entity that a control needs and the plan does not state, unless another stated fact rules
 * it out.
 */
function unstated(framework: Framework, { entity }: Evidence): string[] {
  const needs = framework.controls.flatMap((control) => [
    needsOf(framework, control),
    ...control.policies.map((mapping) => needsOf(framework, control, mapping)),
  ]);
  const open = needs.flatMap((predicate) => {
    const scope = decide(split(predicate).entity, entity);
    return scope.state === 'undecided' ? scope.fields : [];
  });
  return distinctTexts(open);
}

function predicatesFor(framework: Framework, kind: SubjectKind, evidence: Evidence): Predicate[] {
  const distinct = new Map<string, Predicate>();
  for (const control of framework.controls) {
    for (const mapping of control.policies) {
      if (evidence.policies.get(mapping.id)?.subject !== kind) continue;
      const needs = needsOf(framework, control, mapping);
      distinct.set(JSON.stringify(needs), needs);
    }
  }
  return [...distinct.values()];
}

function strictFields(predicates: readonly Predicate[]): string[] {
  const strict = predicates.flatMap((predicate) =>
    Object.keys(split(predicate).subject).filter((field) => !predicate[field]?.includes(UNKNOWN)),
  );
  return distinctTexts(strict);
}

async function findUndecided(
  kind: SubjectKind,
  field: string,
  predicates: readonly Predicate[],
  { factSets }: Evidence,
): Promise<Undecided> {
  const needing = predicates.filter((predicate) => predicate[field] && !predicate[field].includes(UNKNOWN));
  const open = factSets.all.filter(
    (set) => set.kind === kind && needing.some((predicate) => isOpen(predicate, field, set.facts)),
  );
  const sets = open.map(({ factSet }) => factSet);
  const subjects = open.reduce((sum, set) => sum + set.subjects, 0);
  return { field, kind, subjects, examples: sets.length > 0 ? await factSets.firstIds(kind, sets) : [] };
}

/** Returns whether the field is unknown and no known fact rules the subjects out. */
function isOpen(predicate: Predicate, field: string, facts: Facts): boolean {
  const scope = decide(predicate, facts);
  return scope.state === 'undecided' && scope.fields.includes(field);
}
