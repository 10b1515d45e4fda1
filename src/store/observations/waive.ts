import type { Database } from '../../duckdb/database.js';
import type { Waiver } from '../../model/index.js';
import { spelledKey } from '../terms/key-spelling.js';

/** An accepted exception, and whether it is in force at the as-of date. */
export type JudgedWaiver = Waiver & {
  /** Whether failures that it names are waived. */
  inForce: boolean;
};

const PATTERNS = `[{"id": "VARCHAR", "rule": "VARCHAR", "pattern": "VARCHAR", "subject": "VARCHAR", "inForce": "BOOLEAN"}]`;

/** A failure of a rule that a pattern or the id itself names; one in force comes before one that is not. */
const NAMED = `SELECT o.id, arg_min(w.id, {'lapsed': NOT w."inForce", 'id': w.id}) AS waiver, bool_or(w."inForce") AS in_force
  FROM observations o JOIN (SELECT unnest(from_json(?, '${PATTERNS}')) AS w) ON o.outcome = 'fail' AND o."ruleId" = w.rule
    AND (o."subjectId" = ${spelledKey('w.subject')} OR o."subjectId" LIKE w.pattern ESCAPE '\\') GROUP BY o.id`;

/**
 * Names in `observations` the exception that each failure is under. Those in force make it `waived`, its failed elements too;
 * its violations and severity stay. Another outcome is never changed: an exception makes nothing pass.
 */
export async function waive(database: Database, waivers: readonly JudgedWaiver[]): Promise<void> {
  if (waivers.length === 0) return;
  await database.rows(`CREATE TEMP TABLE named AS ${NAMED}`, [JSON.stringify(waivers.flatMap(patternsOf))]);
  await database.run(
    'UPDATE observations SET waiver = named.waiver FROM named WHERE named.id = observations.id',
    `UPDATE observations SET outcome = 'waived', elements = [{
        'element': e.element, 'outcome': CASE e.outcome WHEN 'fail' THEN 'waived' ELSE e.outcome END,
        'severity': e.severity, 'missing': e.missing, 'reasons': e.reasons } FOR e IN elements]
      FROM named WHERE named.id = observations.id AND named.in_force`,
    'DROP TABLE named',
  );
}

function patternsOf({ id, rule, subjects = [], allSubjects, inForce }: JudgedWaiver) {
  const all = allSubjects ? ['*'] : subjects;
  return all.map((subject) => ({ id, rule, subject, pattern: likePattern(subject), inForce }));
}

/** Returns a pattern of SQL in which only `*` stands for something else. */
function likePattern(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&').replaceAll('*', '%');
}
