import { quoteTexts } from '../../duckdb/sql.js';
import { SUBJECT_TABLES, type TabledKind } from '../../model/index.js';
import { newestFirst } from '../bounded.js';
import { jsonRecord } from '../json-text.js';
import { list, type Member } from './dossier.js';

/** Documents of all rules are in one list of the organisation, and there is one such dossier. */
const MOST_DOCUMENTS = 1000;

const SOURCES = { from: ['attestations'], beside: ['principals'] } as const;

const DOCUMENT = {
  record: jsonRecord('attestations', 'a'),
  order: newestFirst('coalesce(a.attested_on."ms", a.approved_on."ms")', 'a'),
};

/**
 * Returns the `attestations` member: documents for the rules about a kind of subject that rest on one and speak for the
 * subject.
 */
export function documents(kind: TabledKind): Member {
  return list(SOURCES, ({ rulesOnDocuments }) => {
    const id = `s.${SUBJECT_TABLES[kind].id}`;
    return {
      ...DOCUMENT,
      group: id,
      from: `subject s JOIN attestations a ON a.rule IN (FROM (SELECT unnest(${quoteTexts(rulesOnDocuments[kind] ?? [])}::VARCHAR[])))
        AND (coalesce(len(a.subject_ids), 0) = 0 OR list_contains(a.subject_ids, ${id}))`,
    };
  });
}

/** The `attestations` member of the organisation: all documents. */
export const ALL_DOCUMENTS: Member = list(SOURCES, () => ({
  ...DOCUMENT,
  whole: true,
  from: 'attestations a',
  bound: MOST_DOCUMENTS,
}));
