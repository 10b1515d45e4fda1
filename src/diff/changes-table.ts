import { checkChange } from '../duckdb/check-change.js';
import type { Database } from '../duckdb/database.js';
import { packTable } from '../duckdb/pack-tables.js';
import { quoteText, quoteTexts } from '../duckdb/sql.js';
import {
  type Assessment,
  CHANGE_CAUSES,
  DECIDED_CAUSES,
  type PackDifferences,
  type RuleDifference,
} from '../model/index.js';
import { tablesOf } from '../pack/index.js';
import { distinctTexts } from '../text/compare-text.js';
import type { ComparedPack } from './compared-pack.js';
import { sameInputs } from './pack-differences.js';

/** Dossier members that say when the audit speaks for. */
const TIME_MEMBERS = ['as_of', 'period'];

/**
 * Fills table `changes`: a row for each check that differs between two packs or fails in the new one, with everything that
 * may explain it. The join is DuckDB's, so that memory does not grow with the packs.
 */
export async function createChanges(
  database: Database,
  old: ComparedPack,
  now: ComparedPack,
  differences: PackDifferences,
): Promise<void> {
  await database.run(
    `CREATE TABLE rules (${Object.entries(RULE)
      .map((column) => column.join(' '))
      .join(', ')})`,
  );
  await database.rows(`INSERT INTO rules ${RULES}`, [rulesJson(old.assessment, now.assessment, differences)]);
  const before = packChecks(old.dir);
  const after = packChecks(now.dir);
  await database.run(
    `CREATE VIEW old_subjects AS ${before.subjects}`,
    `CREATE VIEW new_subjects AS ${after.subjects}`,
    `CREATE VIEW old_checks AS ${before.checks}`,
    `CREATE VIEW new_checks AS ${after.checks}`,
    `CREATE TABLE changed AS ${CHANGED}`,
    `CREATE TABLE changes AS ${withCauses(differences)}`,
    'DROP TABLE changed',
  );
}

/** Returns SQL of what a pack examined and found. */
export function packChecks(dir: string): { subjects: string; checks: string } {
  const { subjects, observations } = tablesOf(dir);
  return {
    subjects: `SELECT * FROM ${packTable('subjects', subjects)}`,
    checks: `SELECT * FROM ${packTable('observations', observations)}`,
  };
}

/** Columns of `rules`. */
const RULE = {
  rule_id: 'VARCHAR',
  in_both: 'BOOLEAN',
  source: 'BOOLEAN',
  params: 'BOOLEAN',
  reads: 'VARCHAR[]',
  timed: 'BOOLEAN',
};

/** SELECT of `rules`; its parameter is `rulesJson`. */
export const RULES = `SELECT unnest(from_json(?, '${JSON.stringify([{ ...RULE, reads: ['VARCHAR'] }])}'), recursive := true)`;

type Rule = {
  rule_id: string;
  /** Whether both packs have it. */
  in_both: boolean;
  /** Whether its source differs or may differ. */
  source: boolean;
  /** Whether a threshold differs. */
  params: boolean;
  /** Members of the dossier that it may read; null for any. */
  reads: string[] | null;
  /** Whether it may read the as-of date or the period. */
  timed: boolean;
};

/** What an audit took as given and evaluated: what tells rules apart. */
type Asked = Pick<Assessment, 'policies'>;

/** Returns the rules of two packs as JSON, with what differs of each. */
export function rulesJson(old: Asked, now: Asked, { rules }: Pick<PackDifferences, 'rules'>): string {
  const different = new Map(rules.map((rule) => [rule.ruleId, rule]));
  const ids = distinctTexts([...old.policies, ...now.policies].map(({ id }) => id));
  return JSON.stringify(ids.map((id): Rule => ruleOf(id, different.get(id), readsOf(id, old, now))));
}

function ruleOf(rule_id: string, rule: RuleDifference | undefined, reads: string[] | null): Rule {
  return {
    rule_id,
    in_both: (rule?.what ?? 'changed') === 'changed',
    source: rule !== undefined && rule.source !== false,
    params: (rule?.params.length ?? 0) > 0,
    reads,
    timed: reads === null || TIME_MEMBERS.some((member) => reads.includes(member)),
  };
}

/** Returns the members that a rule may read in either pack; null for any. A pack before 3.1.0 does not tell. */
function readsOf(ruleId: string, ...packs: readonly Asked[]): string[] | null {
  const own = packs.flatMap(({ policies }) => policies.filter(({ id }) => id === ruleId));
  const reads = own.map((policy) => policy.reads ?? null);
  return reads.includes(null) ? null : distinctTexts(reads.flatMap((members) => members ?? []));
}

/** Tells that a check `o` of the old pack and a check `n` of the new one are the same. */
export const SAME_CHECK =
  'o.rule_id = n.rule_id AND o.subject_kind = n.subject_kind AND o.subject_id = n.subject_id';

/** Joins the observations; a check that passes in both packs, or passes and is new, leaves the query at once. */
export const CHANGED = `SELECT coalesce(n.id, o.id) AS id, coalesce(n.rule_id, o.rule_id) AS rule_id,
      coalesce(n.subject_kind, o.subject_kind) AS kind, coalesce(n.subject_id, o.subject_id) AS subject_id,
      o.outcome AS old_outcome, o.severity AS old_severity, n.outcome AS new_outcome, n.severity AS new_severity,
      coalesce(n.violations[1].message, o.violations[1].message) AS message,
      ${checkChange('o.outcome', 'n.outcome')} AS change
    FROM old_checks o FULL JOIN new_checks n ON ${SAME_CHECK}
    WHERE change IS NOT NULL`;

/** SQL of whether other settings alone explain a change: every cause is one that people decide. */
export const BY_SETTINGS = `len(causes) > 0 AND list_has_all(${quoteTexts(DECIDED_CAUSES)}, causes)`;

/** Returns a SELECT of `changed` with the causes of each, from `rules`, `old_subjects` and `new_subjects`. */
export function withCauses(differences: PackDifferences): string {
  return `SELECT c.* EXCLUDE (source, params, reads, timed, in_both, both_subjects, evidence_unknown, differing),
      CASE WHEN ${NOTHING_CHANGED} THEN [] ELSE ${causes(differences)} END AS causes
    FROM (SELECT c.*, r.* EXCLUDE (rule_id), coalesce(sn.label, so.label) AS label, coalesce(sn.owner, so.owner) AS owner,
        so.id IS NOT NULL AND sn.id IS NOT NULL AS both_subjects,
        so.evidence IS NULL OR sn.evidence IS NULL AS evidence_unknown, ${differing('so', 'sn')} AS differing
      FROM changed c LEFT JOIN rules r ON r.rule_id = c.rule_id
      LEFT JOIN old_subjects so ON so.kind = c.kind AND so.id = c.subject_id
      LEFT JOIN new_subjects sn ON sn.kind = c.kind AND sn.id = c.subject_id) c`;
}

/** Members of the dossier, as the rule reads them, that are not the same in both packs. */
function differing(old: string, now: string): string {
  const not = (one: string, other: string) =>
    `[e.member FOR e IN coalesce(${one}.evidence, []) IF NOT list_contains(coalesce(${other}.evidence, []), e)
      AND (r.reads IS NULL OR list_contains(r.reads, split_part(e.member, '.', 1)) OR (${COVERAGE}))]`;
  return `list_distinct(list_concat(${not(old, now)}, ${not(now, old)}))`;
}

/** What is not covered makes a rule undecided without being read by it; a violation stands, and what passes rests on what is read. */
const COVERAGE = `list_contains(['not_covered', 'lost'], e.member)
  AND list_contains([c.old_outcome, c.new_outcome], 'no-evidence')`;

const NOTHING_CHANGED =
  'c.old_outcome IS NOT DISTINCT FROM c.new_outcome AND c.old_severity IS NOT DISTINCT FROM c.new_severity';

/**
 * Returns SQL of everything that may explain a change. The outcome of a check follows from what the rule reads, the as-of date
 * and period, the rule and its thresholds: what is the same in both packs is ruled out.
 */
function causes(differences: PackDifferences): string {
  const { time, facts, scope, reading, tool } = differences;
  const evidence = !sameInputs(differences);
  const differs = '(len(c.differing) > 0 OR c.evidence_unknown)';
  const later = `(c.timed OR c.evidence_unknown OR len(list_filter(c.differing, member -> member <> c.kind)) > 0)`;
  const exception = `(c.old_outcome IN ('fail', 'waived') AND c.new_outcome IN ('fail', 'waived') AND c.old_outcome <> c.new_outcome)`;
  const inBoth: { readonly [cause: string]: string } = {
    evidence: evidence ? differs : 'false',
    time: time ? later : 'false',
    policy: 'c.source',
    threshold: 'c.params',
    waiver: `c.new_outcome = 'waived' AND c.old_outcome <> 'waived'`,
    scope: facts.length > 0 || scope ? differs : 'false',
    reading: reading ? differs : 'false',
    tool: tool ? differs : 'false',
  };
  const inOne: { readonly [cause: string]: string } = {
    evidence: evidence ? 'NOT c.both_subjects' : 'false',
    policy: 'NOT c.in_both',
    reading: reading ? 'NOT c.both_subjects' : 'false',
    tool: tool ? 'NOT c.both_subjects' : 'false',
  };
  return `CASE WHEN ${exception} THEN ['waiver'] WHEN c.in_both AND c.both_subjects THEN ${listOf(inBoth)} ELSE ${listOf(inOne)} END`;
}

function listOf(conditions: { readonly [cause: string]: string }): string {
  const known = CHANGE_CAUSES.filter((cause) => cause in conditions);
  const parts = known.map((cause) => `CASE WHEN ${conditions[cause]} THEN ${quoteText(cause)} END`);
  return `list_filter([${parts.join(', ')}], cause -> cause IS NOT NULL)`;
}
