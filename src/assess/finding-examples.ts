import type { Framework, Policy, Predicate } from '../model/index.js';
import type { Store } from '../store/index.js';
import type { Facts } from './facts.js';
import { needsOf } from './predicate.js';
import { inScopeSql, organisationSql } from './predicate-sql.js';

/** Ids of failed observations by policy and predicate, worst first. */
export type FindingExamples = ReadonlyMap<string, { ruleId: string; ids: string[] }>;

/** Most ids kept for one policy and predicate. */
export const EXAMPLE_LIMIT = 20;

/** Key of one policy under one predicate. */
export function exampleKey(ruleId: string, predicate: Predicate): string {
  return `${ruleId} ${JSON.stringify(predicate)}`;
}

/** Looks up the worst failures in scope, once for each policy and distinct predicate of the frameworks. */
export async function readFindingExamples(
  frameworks: readonly Framework[],
  policies: readonly Policy[],
  { organisation, entity }: { organisation: Facts; entity: Facts },
  store: Store,
): Promise<FindingExamples> {
  const examples = new Map<string, { ruleId: string; ids: string[] }>();
  const kinds = new Map(policies.map((policy) => [policy.id, policy.subject]));
  for (const { id, predicate } of usesOf(frameworks)) {
    const key = exampleKey(id, predicate);
    const kind = kinds.get(id);
    if (kind === undefined || examples.has(key)) continue;
    const scope =
      kind === 'organisation'
        ? organisationSql.inScope(predicate, organisation)
        : inScopeSql(predicate, entity);
    examples.set(key, { ruleId: id, ids: await worstFailures(id, scope, store) });
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

async function worstFailures(ruleId: string, scope: string, store: Store): Promise<string[]> {
  const rows = await store.query<{ id: string }>(
    `SELECT o.id AS id FROM (SELECT id, kind, "subjectId", severity FROM observations WHERE "ruleId" = ? AND outcome = 'fail') o
      JOIN (SELECT kind, id FROM subjects WHERE ${scope}) s ON s.kind = o.kind AND s.id = o."subjectId"
      ORDER BY list_position(['critical', 'high', 'medium', 'low'], o.severity) NULLS LAST, o."subjectId"
      LIMIT ${EXAMPLE_LIMIT}`,
    [ruleId],
  );
  return rows.map((row) => row.id);
}
