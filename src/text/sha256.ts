import { hash } from 'node:crypto';

/** Returns the SHA-256 of bytes, or of a text as UTF-8: 64 lower-case hex characters. */
export function sha256Hex(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}
