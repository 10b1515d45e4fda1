import { secretSha256 } from '../../secrets/fingerprint.js';

/** How scanners write a secret that they do not show: in words, as stars or crosses, or only its beginning. */
const MASKED = /REDACTED|\*{4}|[xX]{8}|^[*xX]+$|(?:\.\.\.|…)$/;

/**
 * Returns the hash of a secret that a report shows in full. Null if it shows none, or only a part of it: a hash of what stands
 * there would never be that of the secret, and two masks alike are not two secrets alike.
 */
export function hashOfSecret(secret: unknown): string | null {
  if (typeof secret !== 'string' || secret.trim() === '' || MASKED.test(secret)) return null;
  return secretSha256(secret);
}

/** Returns the text of base64 as machines write it; null if it is none. */
export function fromBase64(text: unknown): string | null {
  if (
    typeof text !== 'string' ||
    !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
  )
    return null;
  return Buffer.from(text, 'base64').toString('utf8');
}
