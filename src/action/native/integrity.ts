import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * Compares a file with the hash that package-lock.json has for it.
 * @param expected `sha512-` and the hash in Base64.
 * @param from where the file came from, for the message.
 * @throws Error if it differs.
 */
export async function requireIntegrity(file: string, expected: string, from: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found === expected) return;
  throw new Error(
    `${from}: the file is not the one this Action was built for; expected ${expected}, got ${found}.`,
  );
}
