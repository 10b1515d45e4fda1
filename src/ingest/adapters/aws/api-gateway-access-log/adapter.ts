import type { Instant } from '../../../../model/index.js';
import { dropSecret } from '../../../../secrets/dropped.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { outcomeOfStatus } from '../../../fields/http-calls.js';
import { parseInstant } from '../../../fields/instants.js';
import { textOf } from '../../../fields/json.js';
import { type Parsed, parsed } from '../../../fields/parsed.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { kindOfApi, NAMES } from './names.js';

const AGAIN = 'take the access log again.';
const HOLDS_KEYS =
  'The log holds keys (apiKey, $context.identity.apiKey): nothing of them was kept. Log apiKeyId in its place, and protect the log.';

/**
 * AWS API Gateway: access logs of a stage in JSON, with the member names of the formats that AWS proposes (`requestId`, `ip`,
 * `requestTime`, `httpMethod`, `resourcePath` or `routeKey`, `status`) and, if they are logged, `apiKeyId`, `apiId`, `stage`,
 * `responseLatency`; or with other names that formats give to them (`names.ts`). Follows https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html and
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 * - The key is `aws-apigw:<apiKeyId>`, as in get-api-keys. The scope that a call used is `<apiId>/<stage>`, as `stageKeys` has it.
 * - The route is its method and pattern, after API and stage if they are stated. `path` holds data of customers and is not read, so that a call
 *   with a key may have no route.
 * - `-` is what AWS writes for nothing. A call of no key and no route is left out: it reached nothing.
 */
export const adapter: Adapter = {
  id: 'aws-api-gateway-access-log',
  title: 'AWS API Gateway access log (JSON, NDJSON)',
  recognisedBy:
    '`requestId`, `requestTime` and `httpMethod` (`eventType` of a WebSocket API) beside `apiKeyId`, or beside `status` and `resourcePath` or `routeKey`',
  proves: 'which API key called which method when, from where, with what status, and calls that were refused',
  cannot:
    'what the format of the stage does not log, calls of other stages, and customers that a call was about',
  produces: ['events'],
  formats: ['ndjson', 'json'],
  signature: [
    'requestId',
    'httpMethod',
    'status',
    'requestTime',
    'resourcePath',
    'routeKey',
    'apiKeyId',
    'ip',
  ],
  recognise,
  open: (_file, context) => open(context),
};

function recognise({ keys }: FileSample): { version: string | null } | null {
  const version = kindOfApi(keys);
  return version === null ? null : { version };
}

function open(context: AdapterContext): AdapterReader {
  return { items: ['$', ''], convert: (raw) => convert(raw, context) };
}

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  for (const name of NAMES.value) reportKey(raw.value[name], context);
  const at = r.need(
    NAMES.time,
    r.read(NAMES.time, (value) => timeOf(value, context)),
    'There is no requestTime: every call has one.',
  );
  const key = r.cell(NAMES.key);
  const [stage, call] = [stageOf(r), callOf(r)];
  if (r.failed) return [];
  if (key === null && call === null) {
    context.skip('call that matched no method');
    return [];
  }
  return r.emit('events', answer(r), {
    event_id: () => r.cell(NAMES.request),
    at,
    action: call,
    key_id: key === null ? null : `aws-apigw:${key}`,
    route_id: call === null ? null : [stage, call].filter((part) => part !== null).join(' '),
    scopes: stage === null ? null : [stage],
  });
}

/** Reads `01/Sep/2026:08:00:00 +0000`, and the milliseconds of `requestTimeEpoch`. */
function timeOf(value: unknown, context: AdapterContext): Parsed<Instant | null> {
  if (value === '-') return parsed(null);
  const [, day, month, year, clock] =
    /^(\d{2})\/([A-Za-z]{3})\/(\d{4}):(\S+ [+-]\d{4})$/.exec(textOf(value) ?? '') ?? [];
  return parseInstant(
    day === undefined ? value : `${day} ${month} ${year} ${clock}`,
    context.datesOf(undefined),
  );
}

function reportKey(value: unknown, context: AdapterContext): void {
  if (typeof value !== 'string' || value === '' || value === '-') return;
  dropSecret(value);
  context.warn(HOLDS_KEYS);
}

function stageOf(r: Reading): string | null {
  const [api, stage] = [r.cell(NAMES.api), r.cell('stage')];
  return api === null || stage === null ? null : `${api}/${stage}`;
}

/** Returns the method and the pattern of its path: `GET /payments/{id}`. */
function callOf(r: Reading): string | null {
  const pattern = r.cell(NAMES.route);
  const method = r.cell(NAMES.method);
  if (pattern === null || method === null || pattern.includes(' ')) return pattern;
  return `${method} ${pattern}`;
}

function answer(r: Reading) {
  return {
    category: 'use' as const,
    actor: () => r.cell(NAMES.actor),
    outcome: () => outcomeOfStatus(r.number(NAMES.status)),
    http_status: () => r.number(NAMES.status),
    latency_ms: () => (r.cell(NAMES.latency) === null ? null : r.number(NAMES.latency)),
    source_ip: () => r.cell(NAMES.address),
    log: 'aws-api-gateway',
  };
}
