import type { AuditEventRecord } from '../../model/index.js';
import { isObject } from '../../text/is-object.js';

/** Query parameters that hold a credential and nothing else, in lower case without separators. */
const CREDENTIALS = new Set(
  'apikey xapikey accesstoken authtoken clientsecret secret password bearertoken'.split(' '),
);

/** Returns the outcome of a call by the status of its answer; null if that is not stated. */
export function outcomeOfStatus(status: number | null): AuditEventRecord['outcome'] {
  if (status === null) return null;
  return status < 400 ? 'success' : 'failure';
}

/**
 * Returns whether the query of an address holds a credential, by the names of its parameters. Null if that is not certain: a
 * parameter of another name may be one too.
 */
export function credentialInQuery(query: unknown): boolean | null {
  if (!isObject(query)) return null;
  const names = Object.keys(query).map((name) => name.toLowerCase().replace(/[^a-z\d]/g, ''));
  if (names.some((name) => CREDENTIALS.has(name))) return true;
  return names.length === 0 ? false : null;
}
