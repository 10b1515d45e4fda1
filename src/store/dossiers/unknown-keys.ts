import type { RecordKind, UnknownKey } from '../../model/index.js';
import { jsonValue } from '../json-text.js';
import { boundedList } from './bounded.js';
import type { DossierPlan } from './dossier-plan.js';

/** Tables that name keys. */
const NAMING = ['rotations', 'grants', 'events', 'secret_findings'] as const satisfies readonly (RecordKind &
  UnknownKey['seen_in'])[];

/** Whether unknown keys can be told at all: an inventory to compare with, and an export that names keys. */
export function unknownKeysSupplied({ supplied }: DossierPlan): boolean {
  return supplied.has('keys') && NAMING.some((kind) => supplied.has(kind));
}

/** Keys that records name and the inventory lacks. A name that several keys share is in the inventory. */
export function unknownKeys(): string {
  const seen = NAMING.map(
    (kind, place) => `SELECT key_id, '${kind}' AS seen_in, ${place} AS place, count(*) AS count,
    arg_min(source, ordinal) AS source, min(ordinal) AS ordinal FROM ${kind} WHERE key_state = 'unknown' GROUP BY key_id`,
  );
  return boundedList({
    group: 'u.place * 0',
    record: jsonValue(`{'key_id': u.key_id, 'seen_in': u.seen_in, 'count': u."count", 'source': u.source}`),
    order: ['u.source.file', 'u.place', 'u.ordinal'],
    from: `(${seen.join(' UNION ALL ')}) u`,
  });
}
