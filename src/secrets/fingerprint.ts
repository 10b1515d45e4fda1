import { sha256Hex } from '../text/sha256.js';
import { dropSecret } from './dropped.js';
import { keptHash } from './fingerprint-key.js';

/**
 * Returns all that is kept of a secret: its SHA-256, 64 lower-case hex characters, or, if there is a key of fingerprints, its keyed
 * fingerprint of 32. The value counts as dropped.
 */
export function secretSha256(secret: string): string {
  dropSecret(secret);
  return keptHash(sha256Hex(secret));
}

/** Returns the first 32 hex characters of `secretSha256`: the joining key that `KeyRecord.fingerprint` holds. */
export function fingerprint(secret: string): string {
  return secretSha256(secret).slice(0, 32);
}
