import { EXIT, KeyproofError } from '../model/index.js';

/** What the machine ran out of, by how the error of DuckDB or of the system tells, and what to do. */
const EXHAUSTED: readonly { tells: RegExp; sentence: string }[] = [
  {
    tells: /^Out of Memory Error/,
    sentence:
      'The evidence needs more memory than its database may use, also after moving what it could to disk. Nothing was written. Set KEYPROOF_MEMORY_MB to more (default 500), or audit fewer systems or a shorter time at once.',
  },
  {
    tells: /No space left on device|ENOSPC|EDQUOT/,
    sentence:
      'The disk is full: an audit needs about twice the size of its exports in the folder for temporary files. Nothing was written. Free some, or set TMPDIR to a folder on a larger disk.',
  },
  {
    tells: /EMFILE|ENFILE|Too many open files/,
    sentence:
      'The system allows too few open files. Nothing was written. Raise the limit (ulimit -n 4096) or use fewer workers (--workers 1).',
  },
];

/** Returns the error to show in place of one that says that the machine ran out of something; null if it says nothing of it. */
export function exhaustedError(error: unknown): KeyproofError | null {
  const text = messagesOf(error).join('\n');
  const found = EXHAUSTED.find(({ tells }) => new RegExp(tells, 'm').test(text));
  return found ? new KeyproofError(found.sentence, EXIT.incomplete, { cause: error }) : null;
}

/** Returns the messages of an error and of what caused it. */
function messagesOf(error: unknown): string[] {
  return error instanceof Error ? [error.message, ...messagesOf(error.cause)] : [];
}
