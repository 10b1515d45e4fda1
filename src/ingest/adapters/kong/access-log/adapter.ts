import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { credentialInQuery, outcomeOfStatus } from '../../../fields/http-calls.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'take the log of the file-log or http-log plugin again.';
const MEMBERS = ['started_at', 'request', 'response', 'latencies'];

/**
 * Kong Gateway: calls as the plugins file-log and http-log write them, one a line, or in lists if http-log batches them. Follows
 * https://developer.konghq.com/plugins/file-log/ and https://developer.konghq.com/plugins/http-log/
 * - The key is the credential that Kong let in (`authenticated_entity.id`), as the Admin API names it. A call that was refused before that
 *   has none.
 * - The route is its name, else its id. A call that matched no route is left out: it reached nothing.
 * - Addresses, headers and parameters are not kept: they hold keys and data of customers.
 */
export const adapter: Adapter = {
  id: 'kong-access-log',
  title: 'Kong Gateway access log of file-log or http-log (JSON, NDJSON)',
  recognisedBy: '`request` and `response` beside `latencies` and `started_at`',
  proves:
    'which credential called which route when, from where, with what status, and calls that were refused',
  cannot:
    'calls past the gateway or on routes without the plugin, customers and scopes that a call was about',
  produces: ['events'],
  formats: ['ndjson', 'json'],
  signature: [...MEMBERS, 'client_ip', 'route', 'service', 'consumer', 'authenticated_entity'],
  recognise: ({ keys }: FileSample) =>
    MEMBERS.every((name) => keys.includes(name)) ? { version: null } : null,
  open: (_file, context) => open(context),
};

function open(context: AdapterContext): AdapterReader {
  return { items: ['$', ''], convert: (raw) => convert(raw, context) };
}

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const at = r.need('started_at', r.date('started_at'), 'There is no started_at: every call has one.');
  const credential = r.text('authenticated_entity.id');
  const route = r.text(['route.name', 'route.id']);
  if (r.failed) return [];
  if (credential === null && route === null) {
    context.skip('call that matched no route');
    return [];
  }
  const key_id = credential === null ? null : `kong:${credential}`;
  return r.emit('events', call(r), { at, key_id, route_id: route });
}

function call(r: Reading) {
  return {
    event_id: () => r.text('request.id'),
    category: 'use' as const,
    action: () =>
      [r.text('request.method'), r.text(['route.name', 'service.name'])].filter(Boolean).join(' '),
    actor: () => r.text(['consumer.username', 'consumer.custom_id', 'consumer.id']),
    outcome: () => outcomeOfStatus(r.number('response.status')),
    http_status: () => r.number('response.status'),
    latency_ms: () => r.number('latencies.request'),
    source_ip: () => r.text('client_ip'),
    credential_in_url: () => credentialInQuery(r.value('request.querystring')),
    log: 'kong',
  };
}
