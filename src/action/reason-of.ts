import { redactSecrets } from '../secrets/redact.js';

/** Returns why something failed, in one line without what looks like a secret. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return redactSecrets(text.replace(/\s+/g, ' ').trim());
}
