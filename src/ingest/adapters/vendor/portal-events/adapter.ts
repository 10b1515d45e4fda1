import type { Adapter, AdapterContext, AdapterReader, FileSample, RawRecord } from '../../../adapter.js';
import { entryOf, textOf } from '../../../fields/json.js';
import { lifeEvent, type Meaning } from '../../../fields/life-events.js';
import { reading } from '../../../fields/record-reader.js';
import { type IsRepeated, repeatedIds } from '../../../fields/repeated-ids.js';
import { EVENT_ITEMS, firstRecord } from '../portal-lists.js';

const AGAIN = 'export the audit log of the portal again.';
const ACCESSED =
  'key.accessed does not say whether the key was used or its value was looked at: it counts as neither.';
const GRACE =
  'A rotation with a grace period leaves the old key valid: that it stopped is proved by key.revoked or key.expired only.';

/** What an event means for the key. */
const MEANINGS: { readonly [type: string]: Meaning } = {
  'key.created': { category: 'create', step: 'created' },
  'key.rotated': { category: 'rotate', step: 'rotated' },
  'key.revoked': { category: 'revoke', step: 'revoked' },
  'key.deleted': { category: 'revoke', step: 'revoked' },
  'key.expired': { category: 'revoke', step: 'revoked' },
  'key.updated': { category: 'update' },
  'key.used': { category: 'use' },
  'key.accessed': { category: 'other' },
};

const TYPE = ['type', 'event', 'eventType', 'event_type'];
const KEY = ['keyId', 'key_id', 'data.keyId', 'data.key_id', 'data.id', 'data.key.id'];
const TIME = ['timestamp', 'created_at', 'createdAt', 'occurred_at', 'occurredAt', 'time'];
const ACTOR = [
  'actor.email',
  'actor.id',
  'actor',
  'user.email',
  'user.id',
  'user',
  'performed_by',
  'performedBy',
];
const ADDRESS = ['ip', 'ip_address', 'ipAddress', 'source_ip', 'sourceIp', 'actor.ip'];
const GRACE_PERIOD = ['gracePeriod', 'grace_period', 'data.gracePeriod', 'data.grace_period'];

const OUTCOME = ['outcome', 'result'];
const OUTCOMES = ['success', 'failure'] as const;

/**
 * Events of keys in the portal of a vendor, such as FinFusion: audit logs (`key.created`, `key.rotated`, `key.accessed`) and deliveries of
 * webhooks; a bare array, one a line, or a page (`data`, `logs`, `events`).
 * - Portals document the names of events and not the members of one. So the usual names are read, in both spellings, also below `data`; an
 *   event without key or time is rejected.
 * - What is named in the past (`key.rotated`) happened: its outcome is success, unless the event states one.
 * - `key.accessed` may be a call with the key or a look at it: it is kept and counts as neither.
 */
export const adapter: Adapter = {
  id: 'vendor-portal-events',
  title: 'Key events of the portal of a vendor, such as FinFusion (JSON: audit log, webhooks)',
  recognisedBy:
    '`type` or `event` such as `key.created`, `key.rotated` or `key.accessed` beside a key and a time',
  proves: 'when the portal made, replaced or revoked which key, and who did it if the event says so',
  cannot:
    'events that the query or the subscription left out, that an old key stopped working after a grace period, and deliveries that were lost',
  produces: ['events', 'rotations'],
  formats: ['json', 'ndjson'],
  signature: ['id', 'type', 'keyId', 'timestamp', 'actor'],
  recognise,
  open,
};

function recognise(sample: FileSample): { version: string | null } | null {
  const record = firstRecord(sample, EVENT_ITEMS);
  const types = TYPE.map((name) => textOf(record[name]) ?? '');
  const isEvent = types.some((type) => entryOf(MEANINGS, type) !== undefined);
  return isEvent && TIME.some((name) => name in record) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const isRepeated = repeatedIds();
  return { items: EVENT_ITEMS, convert: (raw) => convert(raw, isRepeated, context) };
}

function convert(raw: RawRecord, isRepeated: IsRepeated, context: AdapterContext) {
  const r = reading(raw, context, AGAIN);
  const action = r.need(TYPE, r.text(TYPE), 'There is no type: every event has one.') ?? '';
  const meaning = entryOf(MEANINGS, action);
  const id = r.text(['id', 'event_id', 'eventId']);
  if (r.failed) return [];
  if (meaning === undefined || isRepeated(id)) {
    context.skip(meaning === undefined ? 'event about no key' : 'event delivered twice');
    return [];
  }
  if (action === 'key.accessed') context.warn(ACCESSED);
  if (r.states(GRACE_PERIOD)) context.warn(GRACE);
  return lifeEvent(r, meaning, {
    event_id: id,
    at: r.need(TIME, r.date(TIME), 'There is no time: every event has one.'),
    action,
    key_id: r.need(KEY, r.text(KEY), 'There is no keyId: every event of a key has one.'),
    actor: r.text(ACTOR),
    outcome: () => (r.states(OUTCOME) ? r.oneOf(OUTCOME, OUTCOMES) : 'success'),
    source_ip: () => r.text(ADDRESS),
    log: 'vendor-portal',
  });
}
