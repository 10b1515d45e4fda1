import { sha256Hex } from '../text/sha256.js';

/** Returns the SHA-256 of a secret, 64 lower-case hex characters: all that is kept of it. */
export function secretSha256(secret: string): string {
  return sha256Hex(secret);
}

/** Returns the first 32 hex characters of `secretSha256`: the joining key that `KeyRecord.fingerprint` holds. */
export function fingerprint(secret: string): string {
  return secretSha256(secret).slice(0, 32);
}
