import { AsyncLocalStorage } from 'node:async_hooks';
import { hash, randomBytes } from 'node:crypto';

/** A secret value that was read and not kept, in a form from which it cannot be had: it serves to recognise the value. */
export type DroppedSecret = {
  /** Rolling hash of its first 8 bytes. */
  head: number;
  /** Number of its first bytes that `digest` is of, at most 256. */
  bytes: number;
  /** SHA-256 of the key of the run and these bytes, base64. */
  digest: string;
};

/** Bytes of the window that a text is searched with. */
export const WINDOW = 8;
/** Bytes of a value that are compared. */
const COMPARED = 256;
/** Shorter values, and those of words, cannot be told from what a report has to name. */
const SHORTEST = 16;
const LEAST_BITS = 3;

const listening = new AsyncLocalStorage<(secret: string) => void>();

/** Returns a new key for the secrets of one run; it is kept in memory only. */
export function newRunKey(): string {
  return randomBytes(32).toString('base64');
}

/** Runs work, and returns its result with the secrets that were dropped meanwhile, each once; none without a key. */
export async function collectDropped<T>(
  key: string | null,
  work: () => Promise<T>,
): Promise<{ result: T; dropped: DroppedSecret[] }> {
  if (key === null) return { result: await work(), dropped: [] };
  const found = new Map<string, DroppedSecret>();
  const result = await listening.run((secret) => {
    const dropped = droppedSecret(secret, key);
    if (dropped) found.set(dropped.digest, dropped);
  }, work);
  return { result, dropped: [...found.values()] };
}

/** States that a value is a secret and is not kept. Everything that takes a fingerprint of one calls this. */
export function dropSecret(secret: string): void {
  listening.getStore()?.(secret);
}

function droppedSecret(secret: string, key: string): DroppedSecret | null {
  const text = secret.trim();
  if (!isTelling(text)) return null;
  const bytes = Buffer.from(text, 'utf8').subarray(0, COMPARED);
  const isAscii = bytes.length === text.length;
  const digest = isAscii ? hash('sha256', key + text, 'base64') : keyedDigest(bytes, key);
  return { head: headHash(bytes), bytes: bytes.length, digest };
}

/** Returns whether a value is long and mixed enough that a report which holds it can only have it from there. */
function isTelling(text: string): boolean {
  if (text.length < SHORTEST || /\s/.test(text.slice(0, WINDOW)) || !/\d/.test(text)) return false;
  return bitsOf(text) >= LEAST_BITS;
}

const counts = new Uint32Array(65_536);

/** Returns how many bits a character of a text carries, by how often each occurs in it. */
function bitsOf(text: string): number {
  for (let at = 0; at < text.length; at += 1)
    counts[text.charCodeAt(at)] = (counts[text.charCodeAt(at)] ?? 0) + 1;
  let bits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const share = (counts[code] ?? 0) / text.length;
    if (share > 0) bits -= share * Math.log2(share);
    counts[code] = 0;
  }
  return bits;
}

/** Returns the SHA-256 of a key and of bytes, base64. Nobody else has the key, which no output holds. */
export function keyedDigest(bytes: Uint8Array, key: string): string {
  return hash('sha256', Buffer.concat([Buffer.from(key), bytes]), 'base64');
}

/** Factor of the rolling hash. */
export const FACTOR = 0x01000193;

/** The power of the factor with which a byte leaves the window. */
export const LEAVING = Array.from({ length: WINDOW }).reduce<number>((power) => Math.imul(power, FACTOR), 1);

function headHash(bytes: Uint8Array): number {
  return bytes.subarray(0, WINDOW).reduce((hash, byte) => (Math.imul(hash, FACTOR) + byte) | 0, 0);
}
