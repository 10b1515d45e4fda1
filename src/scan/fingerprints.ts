import { dropSecret } from '../secrets/dropped.js';
import { keyedFingerprint } from '../secrets/fingerprint-key.js';
import { sha256Hex } from '../text/sha256.js';
import { entropyOf } from './detect/entropy.js';

/** What is kept of a secret. */
export type KeptOfSecret = {
  /** HMAC-SHA-256 of the first 32 hex characters of its SHA-256 with the key of the scan, 32 hex characters: the same for every place of the secret. */
  fingerprint: string;
  /** SHA-256 of it, as inventories and other scanners have it; null if the value could be guessed, and its hash be tried. */
  sha256: string | null;
};

/** Shorter values, and less mixed ones, could be found by trying. */
const LEAST_LENGTH = 20;
const LEAST_BITS = 3.3;

/**
 * Returns what is kept of a secret; the value counts as dropped.
 * @param key key of the scan: KEYPROOF_FINGERPRINT_KEY, else one that only who has the repository knows
 */
export function keptOf(secret: string, key: string): KeptOfSecret {
  dropSecret(secret);
  const sha256 = sha256Hex(secret);
  return { fingerprint: keyedFingerprint(sha256, key), sha256: canBeGuessed(secret) ? null : sha256 };
}

function canBeGuessed(secret: string): boolean {
  return secret.length < LEAST_LENGTH || !/\d/.test(secret) || entropyOf(secret) < LEAST_BITS;
}
