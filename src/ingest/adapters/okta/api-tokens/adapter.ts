import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with GET /api/v1/api-tokens.';
const ZONES =
  'Some tokens are limited to network zones, whose addresses the export does not hold: their networks are unknown.';

/**
 * Okta API tokens: the list of `GET /api/v1/api-tokens`. Follows
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApiToken/
 * - The list holds active tokens only, and no values. A token cannot be replaced: `last_rotated` is when it was created.
 * - `tokenWindow` is how long a token lives without being used, and `expiresAt` moves with every use. The day of last use is not
 *   in the list; `lastUpdated` moves with the token's use and its settings, so that it proves neither.
 * - A token has the rights of its user, which the list does not state.
 * - `network.connection: ANYWHERE` states that there is no limit; zones are named by id only.
 */
export const adapter: Adapter = {
  id: 'okta-api-tokens',
  title: 'Okta API tokens (JSON)',
  recognisedBy: '`userId` and `tokenWindow` beside `created`',
  proves: 'which API tokens are active, whose they are, since when, and how long they live without use',
  cannot:
    'what a token may do (the rights of its user), when it was last used, from which addresses, and that the list is complete',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['id', 'name', 'userId', 'tokenWindow', 'clientName', 'created', 'expiresAt'],
  recognise,
  open,
};

function recognise({ keys }: FileSample): { version: string | null } | null {
  return ['userId', 'tokenWindow', 'created'].every((name) => keys.includes(name)) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return {
    items: ['$', ''],
    convert(raw) {
      const r = reading(raw, context, AGAIN);
      const id = r.need('id', r.text('id'), 'There is no id: every token has one.');
      return r.emit('keys', {
        key_id: `okta-token:${id}`,
        aliases: id === null ? [] : [id],
        name: () => r.text('name') ?? id,
        store: 'okta',
        type: 'api-token',
        auth_type: 'static-key',
        owner: () => r.text('userId'),
        status: 'active',
        created: () => r.date('created'),
        last_rotated: () => r.date('created'),
        last_used: statedInstant('not-tracked'),
        expires: () => r.date('expiresAt'),
        rotation_enabled: false,
        ip_allowlist: () => networksOf(r, context),
      });
    },
  };
}

function networksOf(r: Reading, context: AdapterContext): string[] | null {
  const connection = r.text('network.connection');
  if (connection === 'ANYWHERE') return [];
  if (connection !== null) context.warn(ZONES);
  return null;
}
