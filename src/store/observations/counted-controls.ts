import type { Database } from '../../duckdb/database.js';
import type { CountedControl, SubjectKind } from '../../model/index.js';

/** The controls that failures of one policy count for, if the facts of the subject and the failed elements are these. */
export type CountedControls = {
  /** Policy. */
  ruleId: string;
  /** Kind of subject. */
  kind: SubjectKind;
  /** Number of the set of facts in `subjects`; null if the subject is in no set. */
  factSet: number | null;
  /** Ids of the failed elements, in the order of METADATA; empty if the policy is one element. */
  failed: readonly string[];
  /** What the violations are about, as `observations` has it; null if that is the subject itself. */
  items: string | null;
  /** Controls in the order of the frameworks. */
  controls: readonly CountedControl[];
};

const CONTROLS = 'STRUCT(framework VARCHAR, control VARCHAR, grade VARCHAR)[]';

/** Statement that creates `counted_controls`: a row for each failure that counts for a control, by the id of the observation. */
export const CREATE_COUNTED_CONTROLS = `CREATE TABLE counted_controls (id VARCHAR, controls ${CONTROLS})`;

const ROWS = `[{"ruleId": "VARCHAR", "kind": "VARCHAR", "factSet": "INTEGER", "failed": ["VARCHAR"], "items": "VARCHAR",
  "controls": [{"framework": "VARCHAR", "control": "VARCHAR", "grade": "VARCHAR"}]}]`;

/** Adds a row to `counted_controls` for each failure that counts for a control. After `resolve`. */
export async function keepControls(database: Database, counted: readonly CountedControls[]): Promise<void> {
  const some = counted.filter(({ controls }) => controls.length > 0);
  if (some.length === 0) return;
  await database.rows(
    `INSERT INTO counted_controls SELECT o.id, c.controls
      FROM observations o LEFT JOIN subjects s ON s.kind = o.kind AND s.id = o."subjectId"
      JOIN (SELECT unnest(from_json(?, '${ROWS}')) AS c) ON o.outcome = 'fail'
        AND c."ruleId" = o."ruleId" AND c.kind = o.kind AND coalesce(c."factSet", -1) = coalesce(s.fact_set, -1)
        AND coalesce(c.items, '') = coalesce(o.items, '')
        AND c.failed = [e.element FOR e IN o.elements IF e.outcome = 'fail']`,
    [JSON.stringify(some)],
  );
}
