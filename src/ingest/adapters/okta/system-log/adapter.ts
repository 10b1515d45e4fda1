import type { AuditEventRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { lifeEvent } from '../../../fields/life-events.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { type IsRepeated, repeatedIds } from '../../../fields/repeated-ids.js';
import { meaningOf } from './event-types.js';

const AGAIN = 'export again with GET /api/v1/logs.';

/**
 * Okta System Log: the list of `GET /api/v1/logs`, or one event a line as log streaming writes them. Follows
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 * - Events about API tokens, credentials of OAuth clients and administrator rights are kept; the rest is counted and left out.
 * - A token is `okta-token:<id>`, as in the list of tokens: the target of the type Token. Of a credential of a client the log names the
 *   client, and which of its secrets only in a member whose form is not documented: the event names no key.
 * - A call made with a token names it (`transaction.detail.requestApiTokenId`): a use of that token.
 * - `outcome.result` is SUCCESS or ALLOW of what was done, FAILURE or DENY of what was not; others (SKIPPED, CHALLENGE, UNKNOWN)
 *   do not tell.
 */
export const adapter: Adapter = {
  id: 'okta-system-log',
  title: 'Okta System Log (JSON, NDJSON)',
  recognisedBy:
    '`eventType` and `published` beside `actor`, and `outcome`, `legacyEventType` or `displayMessage`',
  proves:
    'who made or revoked which API token, read the secret of which client or granted administrator rights, and which token a call was made with',
  cannot:
    'which secret of a client was changed, events older than Okta keeps (90 days), and calls that Okta writes no event for',
  produces: ['events', 'rotations'],
  formats: ['json', 'ndjson'],
  signature: ['eventType', 'published', 'actor', 'outcome', 'target', 'displayMessage'],
  recognise,
  open,
};

function recognise({ keys }: FileSample): { version: string | null } | null {
  const has = (name: string) => keys.includes(name);
  const isEvent = ['eventType', 'published', 'actor'].every(has);
  return isEvent && ['outcome', 'legacyEventType', 'displayMessage'].some(has) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const isRepeated = repeatedIds();
  return { items: ['$', ''], convert: (raw) => convert(raw, isRepeated, context) };
}

function convert(raw: RawRecord, isRepeated: IsRepeated, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const type = r.need('eventType', r.text('eventType'), 'There is no eventType: every event has one.') ?? '';
  const meaning = meaningOf(type);
  const used = usedToken(r);
  const id = r.text('uuid');
  if (r.failed) return [];
  if ((meaning === null && used === null) || isRepeated(id)) {
    context.skip(meaning === null && used === null ? 'event about no credential' : 'event delivered twice');
    return [];
  }
  const at = r.need('published', r.date('published'), 'There is no time (published): every event has one.');
  const event = { ...common(r), event_id: id, at, action: type };
  return [
    ...(meaning === null ? [] : lifeEvent(r, meaning, { ...event, key_id: tokenOf(r) })),
    ...(used === null ? [] : r.emit('events', useOf(event, used))),
  ];
}

function common(r: Reading): Draft<'events'> {
  return {
    actor: () => r.text(['actor.alternateId', 'actor.displayName', 'actor.id']),
    actor_type: () => actorType(r),
    outcome: () => outcomeOf(r),
    source_ip: () => r.text('client.ipAddress'),
    log: 'okta-system-log',
  };
}

/** Returns the use of a token, as an event of its own. */
function useOf(event: Draft<'events'>, token: string): Draft<'events'> {
  const id = typeof event.event_id === 'string' ? `${event.event_id}#token` : null;
  return { ...event, event_id: id, key_id: `okta-token:${token}`, category: 'use' };
}

function usedToken(r: Reading): string | null {
  return r.text(['transaction.detail.requestApiTokenId', 'transaction.details.requestApiTokenId']);
}

/** Returns the token that an event is about. */
function tokenOf(r: Reading): string | null {
  const token = r.each('target').find(({ reading: target }) => target.text('type') === 'Token');
  const id = token?.reading.text('id') ?? null;
  return id === null ? null : `okta-token:${id}`;
}

function actorType(r: Reading): AuditEventRecord['actor_type'] {
  switch (r.text('actor.type')) {
    case 'User':
      return 'human';
    case 'SystemPrincipal':
      return 'service';
    case 'PublicClientApp':
    case 'AppInstance':
      return 'automation';
    default:
      return null;
  }
}

function outcomeOf(r: Reading): AuditEventRecord['outcome'] {
  const result = r.text('outcome.result');
  if (result === 'SUCCESS' || result === 'ALLOW') return 'success';
  return result === 'FAILURE' || result === 'DENY' ? 'failure' : null;
}
