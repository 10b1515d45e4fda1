import { emptyTable, quoteId } from '../../duckdb/sql.js';
import type { RecordKind } from '../../model/index.js';
import { columnNames, columnTypes, SQL_TYPES } from '../columns.js';
import { BUCKET_TYPE, bucketOf } from './bucket.js';
import { distinctRecords } from './distinct-records.js';
import { joinNames, listOfIds, type NameTable } from './join-names.js';
import { isPattern } from './scoped-grants.js';

/** Columns by the name table that knows their ids. */
type References = { readonly [column: string]: NameTable };

/**
 * Columns whose names become ids. People are resolved wherever one record may name them in two ways (`jane`,
 * `jane@bank.example`), so that a rule comparing requester, approver and holder compares people and not spellings.
 */
const REFERENCES: { readonly [K in RecordKind]?: References } = {
  rotations: { key_id: 'key_names', actor: 'principal_names' },
  grants: {
    key_id: 'key_names',
    principal_id: 'principal_names',
    requested_by: 'principal_names',
    approved_by: 'principal_names',
    reviewer: 'principal_names',
  },
  events: { key_id: 'key_names', actor: 'principal_names' },
  secret_findings: { key_id: 'key_names', repository_id: 'repository_names' },
  attestations: { owner: 'principal_names', approver: 'principal_names', attestor: 'principal_names' },
  changes: { requested_by: 'principal_names' },
  register: { owner: 'principal_names' },
};

/** Lists of names, resolved like the columns above. */
const LISTS: { readonly [K in RecordKind]?: References } = {
  rotations: { approvers: 'principal_names' },
  changes: { approved_by: 'principal_names' },
  log_sources: {
    readers: 'principal_names',
    allowed_readers: 'principal_names',
    deleters: 'principal_names',
  },
};

/** Records that are about subjects and not subjects themselves. */
export const RELATIONS: readonly RecordKind[] = [
  'rotations',
  'grants',
  'events',
  'secret_findings',
  'attestations',
  'changes',
  'control_runs',
  'log_sources',
  'notifications',
  'register',
  'extracts',
];

/** Columns of a relation that no single record has, with their types. */
const FURTHER: { readonly [K in RecordKind]?: { readonly [column: string]: string } } = {
  secret_findings: { tools: SQL_TYPES.texts, sources: `${SQL_TYPES.source}[]` },
};

/** Relations whose records name keys. */
export const NAMING_KEYS: readonly RecordKind[] = RELATIONS.filter(
  (kind) => 'key_id' in (REFERENCES[kind] ?? {}),
);

/**
 * Returns the statement that creates the final table of a relation: distinct records with names replaced by ids (a name
 * that stands for nothing or for several things stays as it is), `ordinal` for the order of the evidence, and, if the
 * records name keys, `key_state` (`known`, `ambiguous`, `unknown`; null if no key is named) and `bucket`, by key.
 */
export function createResolved(kind: RecordKind, keyBuckets: number, isAnyRepeated: boolean): string {
  const references = REFERENCES[kind] ?? {};
  const lists = LISTS[kind] ?? {};
  const columns = columnNames(kind).map((name) => `${resolved(name, references, lists)} AS ${quoteId(name)}`);
  const joins = [
    ...Object.entries(references).map(([column, names]) => joinNames(column, names)),
    ...Object.entries(lists).map(([column, names]) => listOfIds(`raw_${kind}`, column, names)),
  ];
  const byKey = 'key_id' in references;
  const further = Object.keys(FURTHER[kind] ?? {}).map((name) => `r.${name}`);
  const extra = byKey
    ? [
        `${KEY_STATE} AS key_state`,
        `${bucketOf(resolved('key_id', references, lists), keyBuckets)} AS bucket`,
      ]
    : [];
  return `CREATE TABLE ${kind} AS SELECT r.ordinal, ${[...columns, ...further, ...extra].join(', ')}
    FROM ${distinctRecords(kind, isAnyRepeated)} r ${joins.join(' ')} ${byKey ? 'ORDER BY bucket' : ''}`;
}

/** Returns the statement that creates the same table for a kind of which there is no record. */
export function createEmptyRelation(kind: RecordKind): string {
  const byKey = NAMING_KEYS.includes(kind) ? { key_state: 'VARCHAR', bucket: BUCKET_TYPE } : {};
  return emptyTable(kind, { ordinal: 'BIGINT', ...columnTypes(kind), ...FURTHER[kind], ...byKey });
}

/** A pattern that fits no key names none that an inventory could lack. */
const KEY_STATE = `CASE WHEN coalesce(r.key_id, '') = '' OR ${isPattern('r.key_id')} THEN NULL WHEN "key_id_name".id IS NOT NULL THEN 'known'
  WHEN "key_id_name".ambiguous THEN 'ambiguous' ELSE 'unknown' END`;

function resolved(column: string, references: References, lists: References): string {
  const value = `r.${quoteId(column)}`;
  if (column in references) return `coalesce(${quoteId(`${column}_name`)}.id, ${value})`;
  return column in lists ? `coalesce(${quoteId(`${column}_ids`)}.ids, ${value})` : value;
}
