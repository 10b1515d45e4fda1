import { quoteId } from '../../duckdb/sql.js';
import type { SubjectTable, TabledKind } from '../../model/index.js';
import { columnNames } from '../columns.js';

/** SQL of the owners of one kind of subject. */
type Owners = {
  /** Owner of the row `r`; null if its record names none. */
  value: string;
  /** LEFT JOIN that it needs; empty if it needs none. */
  join: string;
};

/**
 * A name for each principal that no other has. Records name one person by id, address and name; a list by owner needs one
 * of them.
 */
const PRINCIPALS = `SELECT principal_id, CASE WHEN coalesce(name, '') = '' THEN principal_id
    WHEN count(*) OVER (PARTITION BY lower(name)) > 1 THEN concat(name, ' (', principal_id, ')') ELSE name END AS name
  FROM principals`;

/** Returns the owners of the subjects of a table, whose rows are `r`: as the principals are named if one is known by that name. */
export function ownersOf({ kind, table }: SubjectTable & { kind: TabledKind }): Owners {
  if (!columnNames(table).includes('owner')) return { value: 'NULL', join: '' };
  const stated = `nullif(trim(r.${quoteId('owner')}), '')`;
  return kind === 'key'
    ? {
        value: `coalesce(p.name, ${stated})`,
        join: `LEFT JOIN (${PRINCIPALS}) p ON p.principal_id = r.owner_id`,
      }
    : { value: stated, join: '' };
}
