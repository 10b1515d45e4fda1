import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac } from 'node:crypto';

/** Environment variable that states the key of fingerprints. */
export const FINGERPRINT_KEY = 'KEYPROOF_FINGERPRINT_KEY';

/** Hex characters of a keyed fingerprint, and the first ones of a SHA-256 that it is made of: as many as inventories keep. */
const KEPT = 32;

const keys = new AsyncLocalStorage<string>();

/** Returns the key that an environment states; null if it states none. */
export function keyStatedIn(env: Readonly<Record<string, string | undefined>>): string | null {
  return env[FINGERPRINT_KEY] || null;
}

/** Runs work in which every fingerprint is made with a key; null leaves it as it is. */
export function withFingerprintKey<T>(key: string | null, work: () => T): T {
  return key === null ? work() : keys.run(key, work);
}

/** Returns the key of the work that goes on; null if it has none. */
export function fingerprintKey(): string | null {
  return keys.getStore() ?? null;
}

/** Returns the keyed fingerprint of a secret whose SHA-256 is known, or the first 32 characters of it. */
export function keyedFingerprint(sha256: string, key: string): string {
  return createHmac('sha256', key).update(sha256.slice(0, KEPT)).digest('hex').slice(0, KEPT);
}

/** Returns what is kept of a SHA-256 of a secret: itself, or, if there is a key, the keyed fingerprint. */
export function keptHash(sha256: string): string {
  const key = fingerprintKey();
  return key === null ? sha256 : keyedFingerprint(sha256, key);
}

/** Returns whether the beginning of a SHA-256 is long enough for its keyed fingerprint, if there is a key. */
export function canBeKept(start: string): boolean {
  return fingerprintKey() === null || start.length >= KEPT;
}
