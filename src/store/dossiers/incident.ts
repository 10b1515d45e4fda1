import { quoteText } from '../../duckdb/sql.js';
import { ENTITY_FACT_NAMES, type RecordKind } from '../../model/index.js';
import { boundedMember, newestFirst, type Order } from '../bounded.js';
import { placeOf } from '../coverage/coverage-table.js';
import { type JsonText, jsonConstant, jsonRecord, jsonValue } from '../json-text.js';
import { contradictions } from './contradictions.js';
import { documents } from './documents.js';
import { type Dossier, dossier, list, type Member, member, ownRecord } from './dossier.js';
import { exposedKeys, SHOWN_OF_EXPOSED } from './exposed-key.js';

/** Keys the incident names, as sub-query `named`. */
const NAMED = `SELECT incident_id, detected_at AS moment, unnest(list_distinct(key_ids)) AS key_id FROM subject`;

/** A kind of incident that is about a whole store: each of its keys may have been read. */
const OF_STORE = quoteText('(^|[^a-z])(key)?(store|vault)s?([^a-z]|$)|secrets?[^a-z]?manager');

const accountOf = (row: string) => placeOf('key', row).account;

/**
 * Keys that an incident does not name and that share the repository, or owner and store, of one it names. If the incident is one of a
 * store, the store alone, in the same account.
 */
const RELATED = `SELECT DISTINCT n.incident_id, other.key_id, n.moment
  FROM named n JOIN subject s USING (incident_id) JOIN keys k USING (key_id)
  JOIN keys other ON list_has_any(other.repositories, k.repositories)
    OR (other.store = k.store AND coalesce(other.owner_id, lower(other.owner)) = coalesce(k.owner_id, lower(k.owner)) AND k.owner <> '')
    OR (other.store = k.store AND k.store <> '' AND regexp_matches(lower(s.kind), ${OF_STORE}) AND ${accountOf('other')} = ${accountOf('k')})
  WHERE NOT EXISTS (FROM named m WHERE m.incident_id = n.incident_id AND m.key_id = other.key_id)`;

/** Keys of the vendor concerned, from the moment its notice arrived, or else the incident was detected. */
const OF_VENDOR = `SELECT s.incident_id, k.key_id,
    CASE WHEN s.notice_received_at."state" = 'known' THEN s.notice_received_at ELSE s.detected_at END AS moment
  FROM subject s JOIN keys k USING (vendor_id)`;

/** Worst first: those whose secret is not known to have stopped working, then those that stopped last. */
const WORST_FIRST: Order = ['coalesce(-x.safe_ms, -9223372036854775807)', 'x.key_id'];

/** The dossiers of incidents. */
export const INCIDENT_DOSSIER: Dossier = dossier('incident', 'i', {
  queries: { named: NAMED },
  members: {
    incident: ownRecord('incidents', 'i', { key_ids: ['keys'] }),
    keys: exposed('named_key', [], 'FROM named'),
    related_keys: exposed('related', ['principals'], RELATED),
    relations_known: member({ from: ['keys'], silence: { keys: 'kind' } }, () => ({
      queries: {
        unrelatable: `SELECT n.incident_id FROM named n JOIN keys k USING (key_id)
          WHERE k.repositories IS NULL OR k.owner IS NULL OR k.store IS NULL`,
      },
      value: jsonValue('i.incident_id NOT IN (FROM unrelatable)'),
    })),
    vendor_keys: exposed('supplied_key', ['vendors'], OF_VENDOR, namesVendor),
    notifications: list({ from: ['notifications'], silence: { notifications: 'kind' } }, () => ({
      group: 'n.incident_id',
      record: jsonRecord('notifications', 'n'),
      order: newestFirst('n.decided_at."ms"', 'n'),
      from: 'subject s JOIN notifications n USING (incident_id)',
    })),
    entity: member({}, ({ plan }) => ({
      value: jsonConstant(
        Object.fromEntries(ENTITY_FACT_NAMES.map((fact) => [fact, plan.applicability[fact] ?? null])),
      ),
    })),
    attestations: documents('incident'),
    contradictions: contradictions('incident'),
  },
});

/** Returns a list of exposed keys; `keys` is a SELECT of (incident_id, key_id, moment). */
function exposed(
  name: string,
  beside: readonly RecordKind[],
  keys: string,
  value: (list: string) => JsonText = boundedMember,
): Member {
  const pairs = `SELECT row_number() OVER (ORDER BY incident_id, key_id) AS pair, * FROM (${keys})`;
  return list(
    { from: ['keys'], beside: [...SHOWN_OF_EXPOSED, ...beside], silence: { keys: 'kind' } },
    (place) => ({
      queries: exposedKeys(place, name, pairs),
      group: 'x.incident_id',
      record: 'x.json',
      order: WORST_FIRST,
      from: `${name} x`,
      value,
    }),
  );
}

function namesVendor(keys: string): JsonText {
  return `CASE WHEN coalesce(i.vendor, '') = '' THEN 'null' ELSE ${boundedMember(keys)} END`;
}
