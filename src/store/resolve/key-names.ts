import type { JoinRule } from '../../model/index.js';
import { belowProject, isNumbered, projectIn } from '../terms/google-names.js';
import { createNameTable, namesWithRules } from './names.js';

/** ARN of an AWS Secrets Manager secret: base, secret name, and the six random characters AWS appends. */
const SECRET_ARN = '^(arn:aws[a-z-]*:secretsmanager:[^:]*:[^:]*:secret:(.+))-[A-Za-z0-9]{6}$';

/** Key of the IAM credential report, which does not print access key ids: `<user ARN>#access_key_1`. */
const REPORT_KEY = '^(arn:aws[a-z-]*:iam::.*)#access_key_[12]$';

/** IAM access key id (AWS "Unique identifiers": AKIA for long-term, ASIA for temporary keys). */
const ACCESS_KEY_ID = '^A[KS]IA[A-Z0-9]{12,}$';

/**
 * Returns the statements that create `iam_pair` (report_id, access_key_id): keys of the credential report that are the
 * access key other records name, proved by the same user and the same creation time, and only if exactly one fits one; and
 * `iam_pairs` with the others.
 */
export function pairAccessKeys(): string[] {
  return [
    `CREATE TEMP TABLE access_key AS
      SELECT key_id, unnest(list_concat([owner, name], aliases)) AS holder, created AS "at" FROM raw_keys
        WHERE regexp_matches(key_id, '${ACCESS_KEY_ID}')
      UNION SELECT r.key_id, u.holder, r."at" FROM raw_rotations r JOIN (
        SELECT key_id, actor AS holder FROM raw_rotations UNION SELECT key_id, actor FROM raw_events) u USING (key_id)
        WHERE r.step = 'created' AND regexp_matches(r.key_id, '${ACCESS_KEY_ID}')`,
    `CREATE TEMP TABLE iam_pairs AS
      WITH report AS (SELECT key_id, regexp_extract(key_id, '${REPORT_KEY}', 1) AS arn, created FROM raw_keys
        WHERE regexp_matches(key_id, '${REPORT_KEY}')),
      pair AS (SELECT DISTINCT report.key_id AS report_id, a.key_id AS access_key_id FROM report JOIN access_key a
        ON a.holder IN (report.arn, regexp_extract(report.arn, '[^/:]+$'),
          concat(regexp_extract(report.arn, '[^/:]+$'), ' ', a.key_id))
        AND a."at"."ms" <= report.created."ms" + report.created."tolerance_ms"
        AND report.created."ms" <= a."at"."ms" + a."at"."tolerance_ms")
      SELECT *, count(*) OVER (PARTITION BY report_id) = 1 AND count(*) OVER (PARTITION BY access_key_id) = 1 AS proved FROM pair`,
    `CREATE TEMP TABLE iam_pair AS SELECT report_id, access_key_id FROM iam_pairs WHERE proved`,
  ];
}

/** Key of a service account of Google whose project is called by its number: its e-mail address has the project's id. */
const ACCOUNT_KEY = '^projects/\\d+/serviceAccounts/[^/]+@([a-z][a-z0-9-]+)\\.iam\\.gserviceaccount\\.com/';

/**
 * Statement that creates `google_projects` (number, id): projects of Google of which a record has both, as a key of a service account does
 * and an inventory record that calls one thing by either; and only if no record has another.
 */
const CREATE_GOOGLE_PROJECTS = `CREATE TEMP TABLE google_projects AS
  WITH listed AS (SELECT key_id, unnest(list_prepend(key_id, aliases)) AS name FROM raw_keys),
  both_ways AS (
    SELECT ${projectIn('key_id')} AS number, regexp_extract(key_id, '${ACCOUNT_KEY}', 1) AS id FROM (
      ${['keys', 'rotations', 'grants', 'events'].map((kind) => `SELECT key_id FROM raw_${kind} WHERE key_id LIKE 'projects/%/serviceAccounts/%'`).join(' UNION ')})
      WHERE regexp_matches(key_id, '${ACCOUNT_KEY}')
    UNION SELECT ${projectIn('n.name')}, ${projectIn('i.name')} FROM listed n JOIN listed i
      ON i.key_id = n.key_id AND ${belowProject('i.name')} = ${belowProject('n.name')}
      WHERE ${isNumbered('n.name')} AND NOT ${isNumbered('i.name')})
  SELECT number, min(id) AS id FROM both_ways
    WHERE id NOT IN (SELECT id FROM both_ways GROUP BY id HAVING count(*) > 1) GROUP BY number HAVING count(*) = 1`;

/** SELECT of (id, name): what keys of Google are called with the other name of their project. */
const IN_OTHER_WORDS = otherWords('distinct_keys');

function otherWords(table: string): string {
  const named = (own: string, other: string) =>
    `SELECT k.key_id AS id, concat('projects/', p.${other}, '/', ${belowProject('k.key_id')}) AS name
      FROM ${table} k JOIN google_projects p ON p.${own} = ${projectIn('k.key_id')}`;
  return `${named('number', 'id')} UNION ALL ${named('id', 'number')}`;
}

/**
 * Returns the statements that create `same_key` (key_id, canonical): inventory records of one key under two ids, that
 * is an AWS partial ARN beside the full one, a credential report key beside its access key id, and a Google resource name
 * with the number of its project beside that with its id.
 */
export function findSameKeys(): string[] {
  return [
    `CREATE TEMP TABLE full_arns AS SELECT base AS key_id, list_sort(list(key_id)) AS ids FROM (
        SELECT DISTINCT key_id, regexp_extract(key_id, '${SECRET_ARN}', 1) AS base FROM raw_keys
        WHERE name = regexp_extract(key_id, '${SECRET_ARN}', 2))
      WHERE base IN (SELECT key_id FROM raw_keys) GROUP BY base`,
    CREATE_GOOGLE_PROJECTS,
    `CREATE TEMP TABLE same_key AS SELECT key_id, ids[1] AS canonical FROM full_arns WHERE len(ids) = 1
      UNION ALL SELECT DISTINCT id, name FROM (${otherWords('raw_keys')}) WHERE ${isNumbered('id')} AND name IN (SELECT key_id FROM raw_keys)
      UNION ALL SELECT report_id, access_key_id FROM iam_pair WHERE access_key_id IN (SELECT key_id FROM raw_keys)`,
    `CREATE TEMP VIEW inventory AS SELECT r.rowid AS rowid, r.* REPLACE (coalesce(s.canonical, r.key_id) AS key_id)
      FROM raw_keys r LEFT JOIN same_key s ON s.key_id = r.key_id`,
  ];
}

/** An ARN of a secret without its Region. */
const regionless = (id: string) =>
  `regexp_replace(${id}, '^(arn:aws[a-z-]*:secretsmanager:)[^:]*(:[^:]*:secret:.+-[A-Za-z0-9]{6})$', '\\1*\\2')`;

/**
 * SELECT of names that records use of replicas: a secret that AWS copies to other Regions has the same name and the same six characters
 * there, so that a log of another Region does not name a key that the inventory lacks.
 */
const REPLICAS = `SELECT k.key_id AS id, seen.key_id AS name
  FROM (${['rotations', 'grants', 'events', 'secret_findings'].map(secretsNamedIn).join(' UNION ')}) seen
  JOIN distinct_keys k ON regexp_matches(k.key_id, '${SECRET_ARN}') AND ${regionless('k.key_id')} = ${regionless('seen.key_id')}
  WHERE seen.key_id NOT IN (SELECT key_id FROM distinct_keys)`;

function secretsNamedIn(kind: string): string {
  return `SELECT key_id FROM raw_${kind} WHERE key_id LIKE 'arn:aws%:secretsmanager:%'`;
}
/**
 * Statement that creates `undecided_keys` (key_id, ids): inventory records that may be of the same key as several others, so that
 * they were joined to none.
 */
export const CREATE_UNDECIDED_KEYS = `CREATE TABLE undecided_keys AS
  SELECT key_id, ids FROM full_arns WHERE len(ids) > 1
  UNION ALL SELECT report_id, list_sort(list(DISTINCT access_key_id)) FROM iam_pairs WHERE NOT proved GROUP BY report_id`;

/** The same without rows, for evidence without keys. */
export const NO_UNDECIDED_KEYS = 'CREATE TABLE undecided_keys (key_id VARCHAR, ids VARCHAR[])';

/**
 * Statement that creates `settled_reports` (report_id): keys of the credential report whose access key id another inventory proves to the
 * second. A user has no second key of that moment, so that no log entry could tell anything else.
 */
export const CREATE_SETTLED_REPORTS = `CREATE TABLE settled_reports AS SELECT DISTINCT report_id
  FROM iam_pair JOIN raw_keys report ON report.key_id = report_id JOIN raw_keys listed ON listed.key_id = access_key_id
  WHERE report.created."ms" = listed.created."ms" AND report.created."tolerance_ms" = 0 AND listed.created."tolerance_ms" = 0`;

/** The same without rows, for evidence without keys. */
export const NO_SETTLED_REPORTS = 'CREATE TABLE settled_reports (report_id VARCHAR)';

/**
 * SELECT of `system`, one row for each: systems, lower case, of the keys of which logs may be needed to tell which key a record means; null
 * if it is not known.
 */
export const SYSTEMS_OF_UNSETTLED_KEYS = `SELECT DISTINCT lower(k.store) AS system FROM key_names n LEFT JOIN keys k ON k.key_id = n.id
  WHERE regexp_matches(n.name, '${REPORT_KEY}') AND n.name NOT IN (SELECT report_id FROM settled_reports)`;

const arnPart = (group: number) =>
  `SELECT key_id AS id, regexp_extract(key_id, '${SECRET_ARN}', ${group}) AS name FROM distinct_keys
    WHERE name IS NULL OR name = regexp_extract(key_id, '${SECRET_ARN}', 2)`;

/** The rules by which a name means a key, each with the SELECT of its names, in the order in which they are counted. */
const SOURCES: readonly (readonly [JoinRule, string])[] = [
  ['id', 'SELECT key_id AS id, key_id AS name FROM distinct_keys'],
  ['alias', 'SELECT key_id AS id, unnest(aliases) AS name FROM distinct_keys'],
  ['name', 'SELECT key_id AS id, name FROM distinct_keys'],
  ['arn-without-suffix', arnPart(1)],
  ['secret-name', arnPart(2)],
  ['same-key', 'SELECT canonical AS id, key_id AS name FROM same_key'],
  [
    'access-key-id',
    'SELECT report_id AS id, access_key_id AS name FROM iam_pair WHERE report_id IN (SELECT key_id FROM distinct_keys)',
  ],
  ['replica', REPLICAS],
  ['google-project', IN_OTHER_WORDS],
];

/**
 * Returns the statements that create `key_names`: ids, aliases, names, partial ARNs and access key ids of the inventory; and
 * `ambiguous_key_names` (name, ids, total): names that mean several keys, with the first of them.
 */
export function createKeyNames(): string[] {
  const [[, ids] = ['id', ''], ...names] = SOURCES;
  return [
    createNameTable(
      'key_names',
      'exact',
      ids,
      names.map(([, select]) => select),
    ),
    `CREATE TABLE ambiguous_key_names AS SELECT name, list_sort(list(DISTINCT id))[:${MOST_CANDIDATES}] AS ids, count(DISTINCT id) AS total
      FROM (${namesWithRules(SOURCES.map(([, select]) => select))}) WHERE name IN (SELECT name FROM key_names WHERE ambiguous) GROUP BY name`,
  ];
}

/** Most keys that are listed for one ambiguous name. */
const MOST_CANDIDATES = 5;

/** Statement that creates `ambiguous_key_names` without rows. */
export const NO_AMBIGUOUS_NAMES =
  'CREATE TABLE ambiguous_key_names (name VARCHAR, ids VARCHAR[], total BIGINT)';

/** Returns the rule at a place of `key_names`. */
export function joinRuleAt(place: number): JoinRule | undefined {
  return SOURCES[place]?.[0];
}

/** Statement that creates `joins` (kind, rule, records): how many records of each kind mean a key by which rule. */
export const CREATE_JOINS = 'CREATE TABLE joins (kind VARCHAR, rule UTINYINT, records BIGINT)';

/** Returns the statement that counts the records of a kind by the rule that joins them to a key; before their names become ids. */
export function countJoins(kind: string): string {
  return `INSERT INTO joins SELECT '${kind}', n.rule, count(*) FROM raw_${kind} r JOIN key_names n ON n.name = r.key_id
    WHERE n.id IS NOT NULL GROUP BY n.rule`;
}
