import { quoteTexts, struct } from '../../duckdb/sql.js';
import { SUBJECT_TABLES, type TabledKind } from '../../model/index.js';
import { BOUND, newestFirst, recordsMember } from '../bounded.js';
import { jsonObject, jsonRecord, jsonValue } from '../json-text.js';
import { type Member, type MemberSql, member } from './dossier.js';

const SOURCES = { from: ['attestations'], beside: ['principals'] } as const;

const ORDER = newestFirst('coalesce(a.attested_on."ms", a.approved_on."ms")', 'a');

/**
 * Returns the `attestations` member: documents for the rules about a kind of subject that rest on one and speak for the
 * subject.
 */
export function documents(kind: TabledKind): Member {
  return member(SOURCES, ({ rulesOnDocuments }) => {
    const id = `s.${SUBJECT_TABLES[kind].id}`;
    const from = `subject s JOIN attestations a ON a.rule IN (FROM (SELECT unnest(${quoteTexts(rulesOnDocuments[kind] ?? [])}::VARCHAR[])))
        AND (coalesce(len(a.subject_ids), 0) = 0 OR list_contains(a.subject_ids, ${id}))`;
    return boundedByRule(id, from);
  });
}

/** The `attestations` member of the organisation: all documents. */
export const ALL_DOCUMENTS: Member = member(SOURCES, () => boundedByRule('NULL', 'attestations a'));

/** Returns the documents, each rule's cut on its own: the many of one rule leave those of another alone. */
function boundedByRule(id: string, from: string): MemberSql {
  const whole = id === 'NULL';
  const place = `row_number() OVER (PARTITION BY ${id}, a.rule ORDER BY ${ORDER.join(', ')})`;
  const order = struct(ORDER.map((expression, n) => [`o${n}`, expression]));
  return {
    queries: {
      ranked_document: `SELECT ${id} AS id, a.rule, ${jsonRecord('attestations', 'a')} AS json, ${order} AS place, ${place} AS nth FROM ${from}`,
      document: `SELECT ${whole ? '' : 'id, '}string_agg(json, ',' ORDER BY place) FILTER (nth <= ${BOUND}) AS records, count(*) AS total,
        list_sort(list(DISTINCT rule) FILTER (nth > ${BOUND})) AS cut_rules FROM ranked_document${whole ? '' : ' GROUP BY id'}`,
    },
    joined: ['document'],
    value: jsonObject([
      ['records', recordsMember('document')],
      ['total', 'coalesce(document.total, 0)'],
      ['cut_rules', jsonValue('coalesce(document.cut_rules, [])')],
    ]),
  };
}
