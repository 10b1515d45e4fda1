import type { RecordKind, UnknownKey } from '../../model/index.js';
import { jsonValue } from '../json-text.js';
import { belowProject, isNumbered } from '../terms/google-names.js';
import { list } from './dossier.js';

/** Tables that name keys. */
const NAMING = [
  'rotations',
  'grants',
  'events',
  'secret_findings',
  'routes',
] as const satisfies readonly (RecordKind & UnknownKey['seen_in'])[];

/** Inventory records that may be of the same key as several others. */
const UNDECIDED = `SELECT k.key_id, 'keys' AS seen_in, -1 AS place, 1 AS count, k.source, k.ordinal, d.ids
  FROM undecided_keys d JOIN keys k USING (key_id)`;

/** Keys of the inventory by what they are called below their project, and whether that is called by its number. */
const IN_PROJECTS = `SELECT item, numbered, list_sort(list(key_id))[:5] AS ids FROM (
  SELECT key_id, ${belowProject('key_id')} AS item, ${isNumbered('key_id')} AS numbered FROM keys) WHERE item IS NOT NULL GROUP BY item, numbered`;

/** Inventory records whose project is called by its number, and may be of a key of which another record calls it by its id. */
const LISTED_TWICE = `SELECT k.key_id, 'keys' AS seen_in, -1 AS place, 1 AS count, k.source, k.ordinal, i.ids
  FROM keys k JOIN (${IN_PROJECTS}) i ON i.item = ${belowProject('k.key_id')} AND NOT i.numbered WHERE ${isNumbered('k.key_id')}`;

/**
 * The `unknown_keys` member of the organisation: keys that records name and the inventory lacks. It takes an inventory to
 * compare with, known to be complete, and an export that names keys.
 */
export const UNKNOWN_KEYS = list(
  {
    from: ['keys'],
    beside: NAMING,
    silence: { keys: 'kind', events: 'logs', rotations: 'gaps', grants: 'gaps', secret_findings: 'gaps' },
    provedBy: ['keys'],
    told: ({ supplied }) => NAMING.some((kind) => supplied.has(kind)),
  },
  () => ({
    queries: { named_keys: namedKeys() },
    whole: true,
    record: jsonValue(`{'key_id': n.key_id, 'seen_in': n.seen_in, 'count': n."count", 'source': n.source}`),
    order: ORDER,
    from: 'named_keys n WHERE n.candidates IS NULL',
  }),
);

/**
 * The `undecided_keys` member of the organisation: names that were joined to none of the keys they may mean, and inventory
 * records that may be of another key of the inventory. What they may mean is known whatever else was supplied.
 */
export const UNDECIDED_KEYS = list({ from: ['keys'], beside: NAMING }, () => ({
  queries: { named_keys: namedKeys() },
  whole: true,
  record: jsonValue(
    `{'key_id': n.key_id, 'seen_in': n.seen_in, 'candidates': n.candidates, 'count': n."count", 'source': n.source}`,
  ),
  order: ORDER,
  from: 'named_keys n WHERE n.candidates IS NOT NULL',
}));

const ORDER = ['n.source.file', 'n.place', 'n.ordinal', 'n.key_id'];

/** SELECT of the names of keys that were joined to none, with the keys that each may mean. */
function namedKeys(): string {
  return `SELECT u.*, coalesce(a.ids, u.ids, i.ids) AS candidates
    FROM (${[...unknownIn(), UNDECIDED, LISTED_TWICE].join(' UNION ALL ')}) u
    LEFT JOIN ambiguous_key_names a ON a.name = u.key_id
    LEFT JOIN (${IN_PROJECTS}) i ON i.item = ${belowProject('u.key_id')} AND i.numbered <> ${isNumbered('u.key_id')}`;
}

function unknownIn(): string[] {
  return NAMING.map(
    (kind, place) => `SELECT key_id, '${kind}' AS seen_in, ${place} AS place, count(*) AS count,
    arg_min(source, ordinal) AS source, min(ordinal) AS ordinal, NULL::VARCHAR[] AS ids FROM (${unknown(kind)}) GROUP BY key_id`,
  );
}

function unknown(kind: (typeof NAMING)[number]): string {
  if (kind === 'routes') {
    return `SELECT r.upstream_credential AS key_id, r.source, r.ordinal FROM routes r LEFT JOIN key_names n ON n.name = r.upstream_credential
      WHERE r.upstream_credential <> '' AND n.id IS NULL AND (r.status = 'retired') IS NOT TRUE`;
  }
  const refused = kind === 'events' ? `AND (outcome = 'failure') IS NOT TRUE` : '';
  return `FROM ${kind} WHERE key_state IN ('unknown', 'ambiguous') ${refused}`;
}
