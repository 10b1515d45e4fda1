import { emptyTable, quoteId } from '../../duckdb/sql.js';
import { type AuditPlan, SUBJECT_TABLES, type TabledKind } from '../../model/index.js';
import { columnNames, columnTypes } from '../columns.js';
import { type JsonText, jsonRecord } from '../json-text.js';
import { STATED_UNTIL } from '../terms/stated-until.js';
import { summariseKey } from '../terms/summaries.js';
import { BUCKET_TYPE, bucketOf } from './bucket.js';
import { LAST_ROTATION_OPEN } from './contradictions.js';
import { joinNames, listOfIds } from './join-names.js';
import { laterOf } from './key-times.js';
import { CONSTANTS_OF_FILE, scopeValue, statedScope, statedScopeTypes } from './stated-scope.js';
import { agesWithTime, statedUntil, untilType, WHEN_TAKEN } from './stated-until.js';

/** How the table of a kind of subject is made of its distinct records. */
type Making = {
  /** Columns whose value is not that of the record, over `r` and the joined tables. */
  replaced?: { readonly [column: string]: string };
  /** Columns beside those of the record, with their types. */
  added?: { readonly [column: string]: readonly [type: 'VARCHAR' | 'BOOLEAN', expression: string] };
  /** Its records as other dossiers hold them: JSON text kept as column `json`, over the row `s`. */
  json?: JsonText;
  /** LEFT JOINs that these need. */
  joins?: readonly string[];
};

const VENDOR_JOIN = joinNames('vendor', 'vendor_names');

const VENDOR_ID = ['VARCHAR', 'vendor_name.id'] as const;

/** A record of the principal `r` states that the person left, even if another states the opposite. */
const MAY_HAVE_LEFT = `(coalesce(r.status = 'left', false) OR coalesce(r.departed_at."state" = 'known', false)
  OR r.principal_id IN (SELECT id FROM contradicted WHERE kind = 'principals'
    AND (field = 'status' AND shown = 'left' OR field = 'departed_at' AND "at"."state" = 'known')))`;

const MAKING: { readonly [K in TabledKind]: Making } = {
  key: {
    replaced: {
      last_rotated: `CASE WHEN r.key_id IN ${LAST_ROTATION_OPEN} THEN NULL ELSE ${laterOf('r.last_rotated', 't.rotated')} END`,
      last_used: laterOf('r.last_used', 't.used'),
      kek_admins: 'coalesce(kek_admins_ids.ids, r.kek_admins)',
      unclear: `CASE WHEN open.fields IS NULL THEN r.unclear
        ELSE list_sort(list_distinct(list_concat(coalesce(r.unclear, []), open.fields))) END`,
    },
    added: {
      owner_id: ['VARCHAR', 'owner_name.id'],
      vendor_id: VENDOR_ID,
      rotation_filled_in: ['BOOLEAN', 'r.last_rotated IS NOT NULL'],
      use_filled_in: ['BOOLEAN', 'r.last_used IS NOT NULL'],
      standby_id: ['VARCHAR', 'standby_key_name.id'],
      fingerprint_start: [
        'VARCHAR',
        'CASE WHEN length(r.fingerprint) >= 16 THEN lower(r.fingerprint[1:16]) END',
      ],
    },
    json: summariseKey('s'),
    joins: [
      'LEFT JOIN key_times t ON t.key_id = r.key_id',
      `LEFT JOIN (SELECT id, list(field) AS fields FROM contradicted WHERE kind = 'keys' GROUP BY id) open ON open.id = r.key_id`,
      joinNames('owner', 'principal_names'),
      joinNames('standby_key', 'key_names'),
      listOfIds('distinct_keys', 'kek_admins', 'principal_names'),
      VENDOR_JOIN,
    ],
  },
  principal: {
    added: { may_have_left: ['BOOLEAN', MAY_HAVE_LEFT] },
    json: jsonRecord('principals', 's'),
  },
  repository: { added: { listed: ['BOOLEAN', 'r.listed'] } },
  route: { added: { vendor_id: VENDOR_ID }, joins: [VENDOR_JOIN] },
  vendor: { json: jsonRecord('vendors', 's') },
  incident: {
    replaced: { key_ids: 'coalesce(key_ids_ids.ids, r.key_ids)' },
    added: { vendor_id: VENDOR_ID },
    joins: [listOfIds('distinct_incidents', 'key_ids', 'key_names'), VENDOR_JOIN],
  },
};

/**
 * Columns whose value came after the as-of date, by their own date: an export taken later states what the subject has become since, and
 * not what it was. What it was is not known.
 */
const SINCE: {
  readonly [K in TabledKind]?: { readonly [column: string]: readonly [when: string, at: string][] };
} = {
  key: {
    status: [
      [`r.status IN ('revoked', 'destroyed')`, 'r.revoked'],
      [`r.status = 'expired'`, 'r.expires'],
    ],
  },
  vendor: { status: [[`r.status = 'terminated'`, 'r.terminated_at']] },
};

/** Returns the value of a column at the as-of date; undefined if it has no date of its own. */
function valueAsOf(kind: TabledKind, { asOfMs }: AuditPlan, column: string): string | undefined {
  const since = SINCE[kind]?.[column];
  const later = since?.map(([when, at]) => `${when} AND ${at}."state" = 'known' AND ${at}."ms" > ${asOfMs}`);
  return later && `CASE WHEN ${later.join(' OR ')} THEN NULL ELSE r.${quoteId(column)} END`;
}

/** Returns the statement that creates the table of a kind of subject from `distinct_<table>`, ordered by bucket. */
export function createSubjectTable(kind: TabledKind, plan: AuditPlan, buckets: number): string {
  const { table, id } = SUBJECT_TABLES[kind];
  const { replaced = {}, added = {}, joins = [], json } = MAKING[kind];
  const aging = agesWithTime(table);
  const columns = columnNames(table).map(
    (name) =>
      `${replaced[name] ?? valueAsOf(kind, plan, name) ?? scopeValue(kind, plan, name)} AS ${quoteId(name)}`,
  );
  const further = Object.entries({ ...added, ...statedScope(kind, plan) }).map(
    ([name, [, expression]]) => `${expression} AS ${quoteId(name)}`,
  );
  const until = aging ? [`${statedUntil(table, plan.asOfMs)} AS ${STATED_UNTIL}`] : [];
  const bucket = `${bucketOf(`r.${quoteId(id)}`, buckets)} AS bucket`;
  return `CREATE TABLE ${table} AS SELECT *${json ? `, ${json} AS json` : ''} FROM (
    SELECT r.ordinal, ${[...columns, ...further, ...until, bucket].join(', ')} FROM distinct_${table} r
    ${[...joins, CONSTANTS_OF_FILE, ...(aging ? [WHEN_TAKEN] : [])].join(' ')}) s
    ORDER BY bucket`;
}

/** Returns the statement that creates the same table for a kind of which there is no record. */
export function createEmptySubjectTable(kind: TabledKind): string {
  const { table } = SUBJECT_TABLES[kind];
  const { added = {}, json } = MAKING[kind];
  return emptyTable(table, {
    ordinal: 'BIGINT',
    ...columnTypes(table),
    ...Object.fromEntries(Object.entries(added).map(([name, [type]]) => [name, type])),
    ...statedScopeTypes(kind),
    ...(agesWithTime(table) ? { [STATED_UNTIL]: untilType(table) } : {}),
    bucket: BUCKET_TYPE,
    ...(json ? { json: 'VARCHAR' } : {}),
  });
}

/**
 * Statements that add the repositories that only findings name to `distinct_repositories`, not `listed` and knowing
 * nothing else about them: a secret found in a repository that no inventory lists is not to be lost.
 */
export const ADD_FOUND_REPOSITORIES: readonly string[] = [
  'ALTER TABLE distinct_repositories ADD COLUMN listed BOOLEAN DEFAULT true',
  `INSERT INTO distinct_repositories BY NAME SELECT min(ordinal) AS ordinal, repository_id,
    arg_min(source, ordinal) AS source, false AS listed FROM secret_findings f
    WHERE repository_id <> '' AND NOT EXISTS (FROM distinct_repositories r WHERE r.repository_id = f.repository_id)
    GROUP BY repository_id`,
];
