import type { InputFile } from '../../model/index.js';

/**
 * Returns the line of a record in its file, from 1; null if its locator has no number (a JSON pointer) or the file keeps no line for
 * it.
 */
export function recordLine(record: string, file: InputFile | undefined): number | null {
  const number = /^(?:row|line) (\d{1,9})(?: |$)/.exec(record)?.[1];
  const offset = file?.lineOffset ?? null;
  if (number === undefined || offset === null) return null;
  const line = Number(number) + offset;
  return line >= 1 ? line : null;
}
