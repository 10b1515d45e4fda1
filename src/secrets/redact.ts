import { isObject } from '../text/is-object.js';
import { fingerprint } from './fingerprint.js';
import { fingerprintKey } from './fingerprint-key.js';
import { TOKEN_SHAPES } from './patterns.js';

const LIVE_SECRET = new RegExp(TOKEN_SHAPES.join('|'), 'g');

/** Returns whether a text holds what a secret detector knows. */
export function holdsSecret(text: string): boolean {
  return text.search(LIVE_SECRET) >= 0;
}

/**
 * Returns the text with every live secret in it replaced by `sha256:` (`hmac:` if there is a key of fingerprints) and its
 * fingerprint; the same text if there is none.
 */
export function redactSecrets(text: string): string {
  return text.replace(
    LIVE_SECRET,
    (secret) => `${fingerprintKey() === null ? 'sha256' : 'hmac'}:${fingerprint(secret)}`,
  );
}

/**
 * Returns a record whose texts, also those in lists and members, hold no live secret.
 * @param found called with the name of each field that held one
 */
export function redactRecord<T extends object>(record: T, found: (field: string) => void): T {
  let changed: T | null = null;
  for (const field of Object.keys(record)) {
    const value: unknown = Reflect.get(record, field);
    const clean = redactValue(value);
    if (clean === value) continue;
    changed = { ...(changed ?? record), [field]: clean };
    found(field);
  }
  return changed ?? record;
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactSecrets(value);
  if (isObject(value)) return redactRecord(value, () => undefined);
  if (!Array.isArray(value)) return value;
  if (value.length === 0) return value;
  const clean = value.map(redactValue);
  return clean.some((item, index) => item !== value[index]) ? clean : value;
}
