import { quoteText, quoteTexts } from '../../duckdb/sql.js';
import { SUBJECT_TABLES, type TabledKind } from '../../model/index.js';
import { BOUND } from '../bounded.js';
import { type JsonText, jsonObject, jsonValue } from '../json-text.js';
import { type Member, member } from './dossier.js';

/** Fields by which other members of a dossier are found: with one reading of them alone, the dossier would not be whole. */
const JOINED: { readonly [K in TabledKind]: readonly string[] } = {
  key: [
    'owner',
    'vendor',
    'standby_key',
    'fingerprint',
    'environment',
    'integration',
    'revoked',
    'repositories',
    'store',
    'name',
  ],
  principal: [],
  repository: [],
  route: ['vendor', 'ticket', 'calls_from', 'calls_to'],
  vendor: [],
  incident: ['key_ids', 'vendor', 'detected_at', 'notice_received_at'],
};

/** Returns the `contradictions` member: fields of the subject's own record that are unknown because its records disagree. */
export function contradictions(kind: TabledKind): Member {
  const { table, id } = SUBJECT_TABLES[kind];
  return member({ beside: [table] }, () => ({
    queries: {
      contradiction: `SELECT c.id, c.field, string_agg(${READING}, ',' ORDER BY c.ordinal) AS readings
        FROM contradicted c JOIN subject s ON s.${id} = c.id WHERE c.kind = ${quoteText(table)}
        GROUP BY c.id, c.field HAVING count(*) <= ${BOUND}`,
      contradictions: `SELECT id, string_agg(${contradiction(kind)}, ',' ORDER BY field) AS records FROM contradiction GROUP BY id`,
    },
    joined: ['contradictions'],
    value: `concat('[', contradictions.records, ']')`,
  }));
}

const READING: JsonText = jsonObject([
  ['value', 'c.json'],
  ['source', jsonValue('c.source')],
]);

function contradiction(kind: TabledKind): JsonText {
  return jsonObject([
    ['field', jsonValue('field')],
    ['joined', jsonValue(`field IN (FROM (SELECT unnest(${quoteTexts(JOINED[kind])}::VARCHAR[])))`)],
    ['readings', `concat('[', readings, ']')`],
  ]);
}
