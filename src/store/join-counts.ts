import type { Database } from '../duckdb/database.js';
import type { JoinCount } from '../model/index.js';
import { joinRuleAt } from './resolve/key-names.js';

/** Returns how many records of each kind were joined to keys by each rule, and how many were not, in the order of kinds and rules. */
export async function joinCountsOf(database: Database): Promise<JoinCount[]> {
  const rows = await database.rows(`SELECT kind, rule, records FROM joins
    UNION ALL SELECT kind, 100, ambiguous_keys FROM resolution WHERE ambiguous_keys > 0
    UNION ALL SELECT kind, 101, unknown_keys FROM resolution WHERE unknown_keys > 0 ORDER BY kind, rule`);
  return rows.map(({ kind, rule, records }) => ({
    kind: kind as JoinCount['kind'],
    rule: joinRuleAt(Number(rule)) ?? (Number(rule) === 100 ? 'ambiguous' : 'unknown'),
    records: Number(records),
  }));
}
