import type { AuditEventRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { objectOf, textOf } from '../../../fields/json.js';
import { lifeEvent } from '../../../fields/life-events.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { type IsRepeated, repeatedIds } from '../../../fields/repeated-ids.js';
import { hasMember } from '../../../fields/whole-record.js';
import { meaningOf } from './paths.js';

const AGAIN = 'export the log again.';
const RAW =
  'The log holds tokens or secrets as they are (log_raw): nothing of them was kept. Switch log_raw off, rotate what it shows, and protect the log.';

/**
 * HashiCorp Vault and OpenBao audit device (file or socket): one JSON entry a line. Follows
 * https://developer.hashicorp.com/vault/docs/audit and https://developer.hashicorp.com/vault/docs/audit/schema
 * - Every call is two entries; only the response counts, with or without an error. An entry that several devices wrote
 *   (`request.id`) counts once.
 * - The key is the path without `data` or `metadata`: `kv/payments/sepa`. Writing it is `rotated`, or `created` if the
 *   answer has version 1; deleting its latest version or its metadata is `revoked`.
 * - Values are hashed with a salt of the device and are not read; an entry with a token as it is comes from `log_raw`, and
 *   is reported.
 * - The actor is the display name of the token; a person by login with a directory (ldap, oidc, userpass, github ...), a
 *   machine by approle, kubernetes, cert or a cloud.
 */
export const adapter: Adapter = {
  id: 'vault-audit-log',
  title: 'HashiCorp Vault or OpenBao audit log (NDJSON)',
  recognisedBy: '`type` request or response with `request.path` and `request.operation`',
  proves: 'who read, wrote or deleted which secret, who logged in, and who changed policies, with the result',
  cannot:
    'calls before the device was enabled or of days that were not exported, and people behind a shared token',
  produces: ['events', 'rotations'],
  formats: ['ndjson', 'json'],
  signature: ['time', 'type', 'auth', 'request', 'response'],
  recognise,
  open,
};

function recognise({ first, partial }: FileSample): { version: string | null } | null {
  const entry = objectOf([first ?? partial].flat()[0]);
  const request = objectOf(entry['request']);
  const shaped =
    typeof entry['type'] === 'string' &&
    'operation' in request &&
    ('path' in request || 'mount_type' in request);
  return shaped && 'time' in entry ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const isRepeated = repeatedIds();
  return { items: ['$', ''], convert: (raw) => convert(raw, isRepeated, context) };
}

const NO_PATH = 'There is no request.path: every entry has one.';

function convert(raw: RawRecord, isRepeated: IsRepeated, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  if ([r.value('request.client_token'), r.value('auth.client_token')].some(isRaw)) context.warn(RAW);
  const left = leftOut(r, isRepeated);
  const path = r.need('request.path', r.text('request.path'), NO_PATH) ?? '';
  const operation = r.text('request.operation') ?? '';
  const mounts = { mountType: r.text('request.mount_type'), mountPoint: r.text('request.mount_point') };
  const request = meaningOf({ path, operation, ...mounts });
  if (r.failed) return [];
  if (left !== null || request === null) {
    context.skip(left ?? 'request about no credential');
    return [];
  }
  const version = r.number('response.data.version');
  const isFirst = request.step === 'rotated' && version === 1;
  const meaning = isFirst ? { category: 'create' as const, step: 'created' as const } : request;
  const event = {
    ...who(r),
    event_id: r.text('request.id'),
    at: r.need('time', r.date('time'), 'There is no time: every entry has one.'),
    action: `${operation} ${path}`,
    key_id: request.key,
    outcome: outcomeOf(r),
    source_ip: () => r.text('request.remote_address'),
    log: 'vault-audit',
  };
  return lifeEvent(
    r,
    { category: meaning.category, ...(meaning.step ? { step: meaning.step } : {}) },
    event,
    version === null ? null : String(version),
  );
}

function leftOut(r: Reading, isRepeated: IsRepeated): string | null {
  if (r.text('type') !== 'response') return 'request, whose response counts';
  return isRepeated(r.text('request.id')) ? 'entry of a second device' : null;
}

/** Returns whether a token is not hashed. */
function isRaw(token: unknown): boolean {
  const text = textOf(token);
  return text !== null && !text.startsWith('hmac-');
}

/** An entry without `error` succeeded; one with neither login nor answer was selected from, and does not say. */
function outcomeOf(r: Reading): AuditEventRecord['outcome'] {
  if (r.states('error')) return 'failure';
  return hasMember(r, ['auth', 'response']) ? 'success' : null;
}

const PEOPLE = /^(?:ldap|oidc|userpass|github|okta|radius|kerberos|saml)\d*-/;
const MACHINES = /^(?:approle|kubernetes|aws|gcp|azure|cert|jwt|alicloud|oci|cf)\d*(?:-|$)/;

function who(r: Reading): { actor: string | null; actor_type: AuditEventRecord['actor_type'] } {
  const actor = r.text(['auth.metadata.username', 'auth.display_name', 'auth.entity_id']);
  const login = r.text('auth.display_name') ?? '';
  const isPerson = PEOPLE.test(login);
  return { actor, actor_type: isPerson ? 'human' : MACHINES.test(login) ? 'automation' : null };
}
