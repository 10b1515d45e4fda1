import { randomUUID } from 'node:crypto';
import { redactSecrets } from '../secrets/redact.js';

/** Prints text in the log of the step. What looks like a live secret is replaced, whatever printed it. */
export type Say = (text: string) => void;

/**
 * Returns a printer for text that holds names from evidence: the runner takes a line that begins with `::` for a command,
 * unless commands are stopped for as long as it is printed.
 */
export function quietPrinter(write: (text: string) => void): Say {
  return (text) => {
    const token = `keyproof-${randomUUID()}`;
    write(`::stop-commands::${token}\n${redactSecrets(text)}\n::${token}::\n`);
  };
}
