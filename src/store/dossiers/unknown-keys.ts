import type { RecordKind, UnknownKey } from '../../model/index.js';
import { jsonValue } from '../json-text.js';
import { list } from './dossier.js';

/** Tables that name keys. */
const NAMING = [
  'rotations',
  'grants',
  'events',
  'secret_findings',
  'routes',
] as const satisfies readonly (RecordKind & UnknownKey['seen_in'])[];

/**
 * The `unknown_keys` member of the organisation: keys that records name and the inventory lacks. It takes an inventory to
 * compare with and an export that names keys. A name that several keys share is in the inventory.
 */
export const UNKNOWN_KEYS = list(
  {
    from: ['keys'],
    beside: NAMING,
    told: ({ supplied }) => NAMING.some((kind) => supplied.has(kind)),
  },
  () => ({
    whole: true,
    record: jsonValue(`{'key_id': u.key_id, 'seen_in': u.seen_in, 'count': u."count", 'source': u.source}`),
    order: ['u.source.file', 'u.place', 'u.ordinal'],
    from: `(${unknownIn().join(' UNION ALL ')}) u`,
  }),
);

function unknownIn(): string[] {
  return NAMING.map(
    (kind, place) => `SELECT key_id, '${kind}' AS seen_in, ${place} AS place, count(*) AS count,
    arg_min(source, ordinal) AS source, min(ordinal) AS ordinal FROM (${unknown(kind)}) GROUP BY key_id`,
  );
}

function unknown(kind: (typeof NAMING)[number]): string {
  if (kind === 'routes') {
    return `SELECT r.upstream_credential AS key_id, r.source, r.ordinal FROM routes r LEFT JOIN key_names n ON n.name = r.upstream_credential
      WHERE r.upstream_credential <> '' AND n.name IS NULL AND (r.status = 'retired') IS NOT TRUE`;
  }
  const refused = kind === 'events' ? `AND (outcome = 'failure') IS NOT TRUE` : '';
  return `FROM ${kind} WHERE key_state = 'unknown' ${refused}`;
}
