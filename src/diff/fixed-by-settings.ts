import type { PackDifferences } from '../model/index.js';
import { BY_SETTINGS, CHANGED, packChecks, RULES, rulesJson, withCauses } from './changes-table.js';
import type { ComparedPack } from './compared-pack.js';
import { packDifferences } from './pack-differences.js';

/** What an audit has before its pack is written: the same as a pack, with its tables still in a store. */
export type ComparedAudit = Omit<ComparedPack, 'dir' | 'facts'> & {
  /** Returns rows of a SELECT from the tables of the store. */
  query<T>(sql: string, params: readonly string[]): Promise<T[]>;
};

/**
 * Returns how many checks that failed in a pack and pass in an audit other settings alone explain, as `comparePacks` counts them of the
 * two packs. Reads nothing if both were asked alike.
 */
export async function fixedBySettings(old: ComparedPack, now: ComparedAudit): Promise<number> {
  const differences = packDifferences(old, now);
  if (!askedOtherwise(differences)) return 0;
  const [row] = await now.query<{ number: number }>(countSql(old.dir, differences), [
    rulesJson(old.assessment, now.assessment, differences),
  ]);
  return row?.number ?? 0;
}

function askedOtherwise({ rules, facts, scope, reading }: PackDifferences): boolean {
  return rules.length + facts.length > 0 || scope || reading !== false;
}

function countSql(dir: string, differences: PackDifferences): string {
  const old = packChecks(dir);
  return `WITH rules AS (${RULES}), old_checks AS (${old.checks}), old_subjects AS (${old.subjects}),
    new_checks AS (${NEW_CHECKS}), changed AS (SELECT * FROM (${CHANGED}) WHERE change = 'fixed'), new_subjects AS (${NEW_SUBJECTS}),
    changes AS (${withCauses(differences)}) SELECT count(*) AS number FROM changes WHERE ${BY_SETTINGS}`;
}

/** Observations in the store, with the columns of a pack that a comparison reads. */
const NEW_CHECKS = `SELECT id, "ruleId" AS rule_id, kind AS subject_kind, "subjectId" AS subject_id, outcome, severity,
  NULL::STRUCT(message VARCHAR)[] AS violations FROM observations`;

/** Subjects in the store that something fixed is about, with the hashes of their evidence. */
const NEW_SUBJECTS = `SELECT s.kind, s.id, NULL AS label, s.owner, coalesce(h.evidence, []) AS evidence
  FROM subjects s SEMI JOIN changed c ON c.kind = s.kind AND c.subject_id = s.id
  LEFT JOIN (SELECT kind, id, list({'member': member, 'hash': hash}) AS evidence FROM evidence_hashes GROUP BY kind, id) h
    ON h.kind = s.kind AND h.id = s.id`;
