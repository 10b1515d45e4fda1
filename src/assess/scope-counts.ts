import { SCOPE_FACT_NAMES, type ScopeCount, SUBJECT_KINDS } from '../model/index.js';
import type { Store } from '../store/index.js';

/**
 * Counts what states each fact about scope, for the subjects of each kind: facts in the order of the model, kinds in that of
 * reports. The organisation is left out: it has the scope of its subjects.
 */
export async function scopeCounts(store: Store): Promise<ScopeCount[]> {
  const kinds = SUBJECT_KINDS.filter((kind) => kind !== 'organisation');
  const rows = await store.query<ScopeCount>(
    SCOPE_FACT_NAMES.map((fact) => countsOf(fact)).join(' UNION ALL '),
  );
  return SCOPE_FACT_NAMES.flatMap((fact) =>
    kinds.flatMap((kind) => rows.filter((row) => row.fact === fact && row.kind === kind)),
  );
}

function countsOf(fact: string): string {
  const by = `"${fact}_by"`;
  const count = (origin: string) => `count(*) FILTER (${by} = '${origin}') AS "${origin}"`;
  return `SELECT '${fact}' AS fact, kind, ${['record', 'rule', 'keys', 'default'].map(count).join(', ')},
    count(*) FILTER (${by} IS NULL) AS unstated FROM subjects WHERE kind <> 'organisation' GROUP BY kind`;
}
