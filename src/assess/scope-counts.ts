import { SCOPE_FACT_NAMES, type ScopeCount, SUBJECT_KINDS } from '../model/index.js';
import type { Store } from '../store/index.js';

const ORIGINS = ['record', 'rule', 'keys', 'default'] as const;

/** Number of subjects of a kind by origin of each fact, under the names of `countColumn`. */
type KindCounts = { kind: string; [column: string]: string | number };

/**
 * Counts what states each fact about scope, for the subjects of each kind: facts in the order of the model, kinds in that of
 * reports. The organisation is left out: it has the scope of its subjects.
 */
export async function scopeCounts(store: Store): Promise<ScopeCount[]> {
  const kinds = SUBJECT_KINDS.filter((kind) => kind !== 'organisation');
  const rows = await store.query<KindCounts>(
    `SELECT kind, ${SCOPE_FACT_NAMES.flatMap(countsOf).join(', ')} FROM subjects WHERE kind <> 'organisation' GROUP BY kind`,
  );
  return SCOPE_FACT_NAMES.flatMap((fact) =>
    kinds.flatMap((kind) => rows.filter((row) => row.kind === kind).map((row) => countOf(row, fact, kind))),
  );
}

function countsOf(fact: string): string[] {
  const by = `"${fact}_by"`;
  return [
    ...ORIGINS.map((origin) => `count(*) FILTER (${by} = '${origin}') AS "${countColumn(fact, origin)}"`),
    `count(*) FILTER (${by} IS NULL) AS "${countColumn(fact, 'unstated')}"`,
  ];
}

function countOf(row: KindCounts, fact: string, kind: ScopeCount['kind']): ScopeCount {
  const count = (origin: string) => Number(row[countColumn(fact, origin)]);
  return {
    fact,
    kind,
    record: count('record'),
    rule: count('rule'),
    keys: count('keys'),
    default: count('default'),
    unstated: count('unstated'),
  };
}

function countColumn(fact: string, origin: string): string {
  return `${fact} ${origin}`;
}
