import type { InputFile } from '../model/index.js';

/** What the report on a file says of its content if nothing was read of it; new for each file. */
export function nothingRead(
  why: string,
): Omit<InputFile, 'path' | 'bytes' | 'sha256' | 'state' | 'adapter' | 'version'> {
  return {
    records: 0,
    produced: {},
    rejected: 0,
    rejects: [],
    unreadableFields: 0,
    unreadable: [],
    skipped: {},
    decisions: [],
    warnings: [why],
    lineOffset: null,
    truncated: false,
    coverage: [],
  };
}
