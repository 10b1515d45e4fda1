import type { Database } from '../../duckdb/database.js';
import { quoteText } from '../../duckdb/sql.js';
import { DAY_MS } from '../../model/index.js';

/** What a document that counts states. */
export type LimitDocument = {
  /** Title. */
  title: string;
  /** File and record that describe it, as `attestations.yaml, record 3`. */
  place: string;
  /** Owner. */
  owner: string;
  /** Who approved it. */
  approver: string;
  /** When, epoch ms UTC. */
  approvedMs: number;
  /** What it covers. */
  topics: string[];
  /** Values that it states, such as `critical=30`. */
  values: string[];
};

/**
 * Returns the documents of a rule that count at a moment, as `lib.attestation` decides it: named with hash, owner, another approver and
 * somebody who attests, approved lately, in force, their review not passed. What a date leaves open does not count. That two names may be
 * one person is left to the caller.
 */
export async function limitDocuments(
  database: Database,
  { rule, maxAgeDays, asOfMs }: { rule: string; maxAgeDays: number; asOfMs: number },
): Promise<LimitDocument[]> {
  const stated = (field: string) => `trim(coalesce(a.${field}, '')) <> ''`;
  const latest = (field: string) => `a.${field}."ms" + a.${field}."tolerance_ms"`;
  const rows = await database.rows(`SELECT coalesce(a.document_title, 'untitled') AS title,
      concat(a.source.file, ', ', a.source.record) AS place, a.owner, a.approver, a.approved_on."ms" AS "approvedMs",
      coalesce(a.topics, []) AS topics, coalesce(a."values", []) AS "values"
    FROM attestations a WHERE a.rule = ${quoteText(rule)} AND coalesce(len(a.subject_ids), 0) = 0
      AND NOT ${stated('not_applicable_reason')} AND ${stated('owner')} AND ${stated('approver')} AND ${stated('attestor')}
      AND lower(trim(a.owner)) <> lower(trim(a.approver)) AND regexp_full_match(a.document_sha256, '[0-9a-f]{64}')
      AND a.approved_on."state" = 'known' AND a.approved_on."ms" >= ${asOfMs - maxAgeDays * DAY_MS} AND ${latest('approved_on')} <= ${asOfMs}
      AND a.next_review."state" = 'known' AND ${latest('next_review')} >= ${asOfMs}
      AND (a.effective_from."ms" > ${asOfMs}) IS NOT TRUE
    ORDER BY a.ordinal`);
  return rows as LimitDocument[];
}
