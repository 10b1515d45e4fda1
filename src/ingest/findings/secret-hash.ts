import { secretSha256 } from '../../secrets/fingerprint.js';
import { keptHash } from '../../secrets/fingerprint-key.js';
import { sha256Hex } from '../../text/sha256.js';

/** How scanners write a secret that they do not show: in words, as stars or crosses, or only its beginning. */
const MASKED = /REDACTED|\*{4}|[xX]{8}|^[*xX]+$|(?:\.\.\.|…)$/;
/** The first line of a private key, which all keys share. */
const HEADER_ONLY = /^-----BEGIN [A-Z0-9 ]+-----$/;

/**
 * Returns the hash of a secret that a report shows in full. Null if it shows none, or only a part of it: a hash of what stands
 * there would never be that of the secret, and two masks alike are not two secrets alike.
 */
export function hashOfSecret(secret: unknown): string | null {
  if (typeof secret !== 'string') return null;
  const text = secret.trim();
  if (text === '' || MASKED.test(text) || HEADER_ONLY.test(text)) return null;
  return secretSha256(secret);
}

/** Hashes of first lines of private keys. */
const HEADER_HASHES = new Set(
  ['', 'RSA ', 'DSA ', 'EC ', 'OPENSSH ', 'ENCRYPTED '].map((kind) =>
    sha256Hex(`-----BEGIN ${kind}PRIVATE KEY-----`),
  ),
);

/**
 * Returns what is kept of a SHA-256 that a report states of a secret; null if it is none, or that of something all private keys
 * share.
 */
export function hashStated(hash: string | null | undefined): string | null {
  return hash && /^[0-9a-f]{64}$/.test(hash) && !HEADER_HASHES.has(hash) ? keptHash(hash) : null;
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
