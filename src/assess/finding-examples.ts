import { type Framework, type Policy, SEVERITIES, type SubjectKind } from '../model/index.js';
import type { Store } from '../store/index.js';
import { groupBy } from '../text/group-by.js';
import type { FactSets } from './fact-sets.js';
import { type MappingUse, scopeOf, useOf } from './mapping-use.js';
import { itemsOf } from './tallies.js';

/** Failed observations of one use of a policy. */
type Examples = {
  ruleId: string;
  /** Their ids, worst first. */
  ids: string[];
  /** What the worst failure of each element says, worst first. */
  says: Said[];
};

/** What a failure says, and the element that it is about. */
export type Said = { message: string; element: string | null };

/** Failed observations by use of a policy. */
export type FindingExamples = ReadonlyMap<string, Examples>;

/** Most ids kept for one use of a policy. */
export const EXAMPLE_LIMIT = 20;

/** Returns the key of one use of a policy. */
export function exampleKey({ ruleId, predicate, taken }: MappingUse): string {
  return `${ruleId} ${JSON.stringify([predicate, taken])}`;
}

/** Looks up the worst failures that count, for each distinct use of a policy by the frameworks. */
export async function readFindingExamples(
  frameworks: readonly Framework[],
  policies: readonly Policy[],
  factSets: FactSets,
  store: Store,
): Promise<FindingExamples> {
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  const failures = groupBy(await worstFailures(store), ({ ruleId }) => ruleId);
  const examples = new Map<string, Examples>();
  for (const use of usesOf(frameworks, byId)) {
    const key = exampleKey(use);
    const kind = byId.get(use.ruleId)?.subject;
    if (kind === undefined || examples.has(key)) continue;
    const own = failuresFor(use, failures.get(use.ruleId) ?? [], kind, factSets);
    const ids = [...new Set(own.map(({ id }) => id))].slice(0, EXAMPLE_LIMIT);
    examples.set(key, { ruleId: use.ruleId, ids, says: worstOfEach(own) });
  }
  return examples;
}

function worstOfEach(failures: readonly Failure[]): Said[] {
  const said = new Map<string | null, Said>();
  for (const { message, about } of failures)
    if (message !== null && !said.has(about)) said.set(about, { message, element: about });
  return [...said.values()];
}

function usesOf(frameworks: readonly Framework[], policies: ReadonlyMap<string, Policy>): MappingUse[] {
  return frameworks.flatMap((framework) =>
    framework.controls.flatMap((control) =>
      control.policies.map((mapping) => useOf(framework, control, mapping, policies.get(mapping.id))),
    ),
  );
}

function failuresFor(
  use: MappingUse,
  failures: readonly Failure[],
  kind: SubjectKind,
  factSets: FactSets,
): Failure[] {
  const counts = ({ element }: Failure) =>
    use.taken === null ? element === null : element !== null && use.taken.includes(element);
  const inScope = scopeTest(use, kind, factSets);
  return failures.filter((failure) => counts(failure) && inScope(failure));
}

/** Returns whether failures are in the scope of a use; those of the same facts are decided once. */
function scopeTest(use: MappingUse, kind: SubjectKind, factSets: FactSets): (failure: Failure) => boolean {
  const known = new Map<string, boolean>();
  return ({ factSet, items }) => {
    const key = `${factSet} ${items}`;
    const facts = factSets.factsOf(kind, factSet);
    const inScope =
      known.get(key) ?? scopeOf(use, { facts, items: itemsOf(items, factSets) }).state.startsWith('in');
    known.set(key, inScope);
    return inScope;
  };
}

/** A failure of a policy, or of one of its elements. */
type Failure = {
  ruleId: string;
  element: string | null;
  factSet: number;
  items: string | null;
  id: string;
  /** What its first violation says, and the element that this is about. */
  message: string | null;
  about: string | null;
};

const RANK = `list_position([${SEVERITIES.map((severity) => `'${severity}'`).join(', ')}], severity) NULLS LAST, "subjectId", id, element NULLS FIRST`;

/** The first violation, of the element or of the whole. */
const FIRST = `list_filter(from_json(violations, '[{"element": "VARCHAR", "message": "VARCHAR"}]'),
  lambda v: element IS NULL OR v.element = element)[1]`;

const FAILURES = `SELECT "ruleId", kind, "subjectId", id, severity, items, NULL AS element, violations
    FROM observations WHERE outcome = 'fail'
  UNION ALL
  SELECT "ruleId", kind, "subjectId", id, e.severity AS severity, items, e.element AS element, violations
    FROM (SELECT "ruleId", kind, "subjectId", id, items, violations, unnest(elements) AS e FROM observations WHERE outcome = 'fail')
    WHERE e.outcome = 'fail'`;

/** Returns the worst failures of every policy and element in every fact set, the worst first. */
async function worstFailures(store: Store): Promise<Failure[]> {
  return store.query<Failure>(
    `SELECT "ruleId", element, "factSet", items, id, ${FIRST}.message AS message, ${FIRST}.element AS about FROM (
        SELECT f.*, s.fact_set AS "factSet" FROM (${FAILURES}) f
        JOIN subjects s ON s.kind = f.kind AND s.id = f."subjectId")
      QUALIFY row_number() OVER (PARTITION BY "ruleId", element, "factSet", items ORDER BY ${RANK}) <= ${EXAMPLE_LIMIT}
      ORDER BY "ruleId", ${RANK}`,
  );
}
