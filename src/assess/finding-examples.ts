import { type Framework, type Policy, type Predicate, SEVERITIES, type SubjectKind } from '../model/index.js';
import type { Store } from '../store/index.js';
import { groupBy } from '../text/group-by.js';
import type { FactSets } from './fact-sets.js';
import { decide, needsOf } from './predicate.js';

/** Ids of failed observations by policy and predicate, worst first. */
export type FindingExamples = ReadonlyMap<string, { ruleId: string; ids: string[] }>;

/** Most ids kept for one policy and predicate. */
export const EXAMPLE_LIMIT = 20;

/** Returns the key of one policy under one predicate. */
export function exampleKey(ruleId: string, predicate: Predicate): string {
  return `${ruleId} ${JSON.stringify(predicate)}`;
}

/** Looks up the worst failures in scope, for each policy and distinct predicate of the frameworks. */
export async function readFindingExamples(
  frameworks: readonly Framework[],
  policies: readonly Policy[],
  factSets: FactSets,
  store: Store,
): Promise<FindingExamples> {
  const kinds = new Map(policies.map((policy) => [policy.id, policy.subject]));
  const failures = groupBy(await worstFailures(store), ({ ruleId }) => ruleId);
  const examples = new Map<string, { ruleId: string; ids: string[] }>();
  for (const { id, predicate } of usesOf(frameworks)) {
    const key = exampleKey(id, predicate);
    const kind = kinds.get(id);
    if (kind === undefined || examples.has(key)) continue;
    const inScope = setsInScope(predicate, kind, factSets);
    const ids = (failures.get(id) ?? []).filter(({ factSet }) => inScope.has(factSet)).map((one) => one.id);
    examples.set(key, { ruleId: id, ids: ids.slice(0, EXAMPLE_LIMIT) });
  }
  return examples;
}

function usesOf(frameworks: readonly Framework[]): { id: string; predicate: Predicate }[] {
  return frameworks.flatMap((framework) =>
    framework.controls.flatMap((control) =>
      control.policies.map((mapping) => ({
        id: mapping.id,
        predicate: needsOf(framework, control, mapping),
      })),
    ),
  );
}

function setsInScope(predicate: Predicate, kind: SubjectKind, { all }: FactSets): ReadonlySet<number> {
  const inScope = all.filter(
    (set) => set.kind === kind && decide(predicate, set.facts).state.startsWith('in'),
  );
  return new Set(inScope.map(({ factSet }) => factSet));
}

type Failure = { ruleId: string; factSet: number; id: string };

const RANK = `list_position([${SEVERITIES.map((severity) => `'${severity}'`).join(', ')}], o.severity) NULLS LAST, o."subjectId"`;

/** Returns the worst failures of every policy in every fact set, the worst of a policy first. */
async function worstFailures(store: Store): Promise<Failure[]> {
  return store.query<Failure>(
    `SELECT o."ruleId" AS "ruleId", s.fact_set AS "factSet", o.id AS id
      FROM observations o JOIN subjects s ON s.kind = o.kind AND s.id = o."subjectId" WHERE o.outcome = 'fail'
      QUALIFY row_number() OVER (PARTITION BY o."ruleId", s.fact_set ORDER BY ${RANK}) <= ${EXAMPLE_LIMIT}
      ORDER BY o."ruleId", ${RANK}`,
  );
}
