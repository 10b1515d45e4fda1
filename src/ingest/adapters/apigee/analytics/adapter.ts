import { fingerprint } from '../../../../secrets/fingerprint.js';
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

const AGAIN = 'export the analytics of the environment again (analytics/exports).';
const HOLDS_KEYS =
  'The export holds the API keys of the calls (client_id); only fingerprints of them were kept: protect it, and remove it after the audit.';
const TIME = 'client_received_start_timestamp';
/** What Apigee writes for what a call does not have. */
const NOTHING = /^(?:\(not set\)|na|-)$/i;

/**
 * Apigee: calls as a data export of analytics writes them (`analytics/exports`, to Cloud Storage or BigQuery), or its records. Follows
 * https://cloud.google.com/apigee/docs/api-platform/analytics/export-data and
 * https://cloud.google.com/apigee/docs/api-platform/analytics/analytics-reference
 * - `client_id` is the consumer key of the app, which is the API key itself: the key is `apigee:` and its fingerprint, as in the developer apps.
 *   A call that was refused for its key has none.
 * - The route is the proxy. Paths, addresses and parameters hold keys and data of customers and are not kept; whether the query holds a
 *   credential is.
 * - The address is the one that Apigee takes for the client's (`ax_resolved_client_ip`, `proxy_client_ip`); `client_ip` may be a load balancer.
 */
export const adapter: Adapter = {
  id: 'apigee-analytics',
  title: 'Apigee analytics export (JSON, NDJSON, CSV)',
  recognisedBy: '`client_received_start_timestamp` beside `apiproxy`',
  proves: 'which API key called which proxy when, from where, with what status, and calls that were refused',
  cannot:
    'calls past the gateway, operations of a proxy, customers that a call was about, and calls of other environments',
  produces: ['events'],
  formats: ['ndjson', 'json', 'csv'],
  signature: [TIME, 'apiproxy', 'client_id', 'developer_app', 'response_status_code', 'request_verb'],
  recognise: ({ keys, header }: FileSample) =>
    [TIME, 'apiproxy'].every((name) => (header ?? keys).includes(name)) ? { version: null } : null,
  open: (_file, context) => open(context),
};

function open(context: AdapterContext): AdapterReader {
  return { items: ['$.records', '$', ''], convert: (raw) => convert(raw, context) };
}

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const at = r.need(TIME, r.date(TIME), `There is no ${TIME}: every call has one.`);
  const key = keyIn(r.value('client_id'));
  const proxy = stated(r, 'apiproxy');
  const kept = key === null ? null : fingerprint(key);
  if (kept !== null) context.warn(HOLDS_KEYS);
  if (r.failed) return [];
  if (kept === null && proxy === null) {
    context.skip('call that matched no proxy');
    return [];
  }
  const key_id = kept === null ? null : `apigee:${kept}`;
  return r.emit('events', call(r, proxy), { at, key_id, route_id: proxy });
}

function call(r: Reading, proxy: string | null) {
  return {
    event_id: () => stated(r, 'gateway_flow_id'),
    category: 'use' as const,
    action: () => [stated(r, 'request_verb'), proxy].filter(Boolean).join(' ') || null,
    actor: () => stated(r, ['developer_app', 'developer_email']),
    outcome: () => outcomeOfStatus(r.number('response_status_code')),
    http_status: () => r.number('response_status_code'),
    latency_ms: () => r.number('total_response_time'),
    source_ip: () => stated(r, ['ax_resolved_client_ip', 'proxy_client_ip']),
    credential_in_url: () => credentialInUri(r.value('request_uri')),
    log: 'apigee',
  };
}

/** Returns the key of a call; what stands in its place is never shown. */
function keyIn(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || NOTHING.test(text) ? null : text;
}

/** Returns the first text that is stated; a member in which Apigee says that there is nothing states none. */
function stated(r: Reading, names: string | readonly string[]): string | null {
  const values = [names].flat().map((name) => r.cell(name));
  return values.find((value) => value !== null && !NOTHING.test(value)) ?? null;
}

function credentialInUri(uri: unknown): boolean | null {
  if (typeof uri !== 'string' || !/^\/|^https?:/.test(uri)) return null;
  return credentialInQuery(Object.fromEntries(new URLSearchParams(uri.split('?')[1] ?? '')));
}
