/** Names that formats of stages give to the variables of a call, those that AWS proposes first. */
export const NAMES = {
  request: ['extendedRequestId', 'requestId', 'extended_request_id', 'request_id'],
  time: ['requestTimeEpoch', 'requestTime', 'request_time_epoch', 'request_time', 'timestamp'],
  method: ['httpMethod', 'http_method', 'method'],
  route: ['routeKey', 'resourcePath', 'route_key', 'resource_path'],
  key: ['apiKeyId', 'api_key_id', 'identity.apiKeyId', 'key_id'],
  value: ['apiKey', 'api_key', 'identity.apiKey'],
  status: ['status', 'response_status'],
  api: ['apiId', 'api_id'],
  latency: ['responseLatency', 'response_latency', 'request_latency'],
  actor: ['user', 'caller', 'identity.user', 'identity.caller'],
  address: ['ip', 'sourceIp', 'source_ip', 'identity.sourceIp'],
} as const;

/** Names that no other gateway gives; `api_id` only beside the stage. */
const OF_AWS = ['apiKeyId', 'identity.apiKeyId', 'routeKey', 'resourcePath', 'extendedRequestId'];

/** Returns the kind of API of which an access log has an entry with these members; null if it is none. */
export function kindOfApi(keys: readonly string[]): string | null {
  const has = (names: readonly string[]) => names.some((name) => keys.includes(name));
  const isAws = has(OF_AWS) || (has(['api_id']) && has(['stage']));
  const isWebSocket = has(['connectionId', 'eventType']);
  const isCall = has(NAMES.request) && has(NAMES.time) && (isWebSocket || has(NAMES.method));
  if (!isAws || !isCall || !(has(NAMES.key) || (has(NAMES.status) && has(NAMES.route)))) return null;
  if (isWebSocket && !has(NAMES.method)) return 'WebSocket API';
  return has(['routeKey', 'route_key']) ? 'HTTP API' : 'REST API';
}
