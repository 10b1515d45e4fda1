import { quoteId, struct } from '../../duckdb/sql.js';
import { type RecordKind, SUBJECT_TABLES, type TabledKind } from '../../model/index.js';
import { sinceColumn } from '../coverage/coverage-table.js';
import { jsonValue } from '../json-text.js';
import { agingFields, STATED_UNTIL } from '../terms/stated-until.js';
import { type DossierPlan, type Member, member } from './dossier.js';
import { COVERAGE_ROW, joinCoverage } from './not-covered.js';

/** Logs that show what came of a field after its export was taken. */
const LOGGED: { readonly [field: string]: RecordKind } = { last_used: 'events', last_rotated: 'rotations' };

/**
 * Returns the `stated_until` member: until when exports speak of fields of the subject's own record, if that is before the as-of date and
 * no log that is complete for the subject covers the rest.
 */
export function statedUntil(kind: TabledKind, row: string): Member {
  const { table } = SUBJECT_TABLES[kind];
  return member({ beside: [table] }, (plan) => {
    const parts = agingFields(table).map((name): [string, string] => [name, untilOf(name, row, plan)]);
    const joins = plan.coverage !== null && kind === 'key' ? [joinCoverage(kind, row)] : [];
    return { joins, value: jsonValue(struct(parts)) };
  });
}

function untilOf(field: string, row: string, { coverage }: DossierPlan): string {
  const until = `${row}.${STATED_UNTIL}.${quoteId(field)}`;
  const log = LOGGED[field];
  if (log === undefined || coverage === null) return until;
  return `CASE WHEN (${COVERAGE_ROW}.${quoteId(sinceColumn(log))}::BIGINT <= ${until}) IS NOT TRUE THEN ${until} END`;
}
