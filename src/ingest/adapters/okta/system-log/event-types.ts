import { entryOf } from '../../../fields/json.js';
import type { Meaning } from '../../../fields/life-events.js';

/** Events about API tokens, credentials of OAuth clients and who may manage them (https://developer.okta.com/docs/reference/api/event-types/). */
const EVENT_TYPES: { readonly [eventType: string]: Meaning } = {
  'system.api_token.create': { category: 'create', step: 'created' },
  'system.api_token.revoke': { category: 'revoke', step: 'revoked' },
  'system.api_token.enable': { category: 'update' },
  'system.api_token.update': { category: 'update' },
  'system.api_token.request_outside_allowed_range': { category: 'use' },
  'app.oauth2.credentials.lifecycle.create': { category: 'create' },
  'app.oauth2.credentials.lifecycle.activate': { category: 'update' },
  'app.oauth2.credentials.lifecycle.deactivate': { category: 'revoke' },
  'app.oauth2.credentials.lifecycle.delete': { category: 'revoke' },
  'app.oauth2.client.read_client_secret': { category: 'read-secret' },
  'app.oauth2.client.privilege.grant': { category: 'admin' },
  'app.oauth2.client.privilege.revoke': { category: 'admin' },
  'user.account.privilege.grant': { category: 'admin' },
  'user.account.privilege.revoke': { category: 'admin' },
};

/** Returns what an event means for a credential; null if it is about none. */
export function meaningOf(eventType: string): Meaning | null {
  return entryOf(EVENT_TYPES, eventType) ?? null;
}
