import type { InputFile } from '../../src/model/index.js';

/** A file that was read without trouble, of one key. */
export function inputFile(path: string, rest: Partial<InputFile> = {}): InputFile {
  return {
    path,
    bytes: 1,
    sha256: '0'.repeat(64),
    state: 'used',
    adapter: 'canonical',
    version: null,
    records: 1,
    produced: { keys: 1 },
    rejected: 0,
    rejects: [],
    unreadableFields: 0,
    unreadable: [],
    decisions: [],
    skipped: {},
    warnings: [],
    lineOffset: null,
    truncated: false,
    coverage: [],
    ...rest,
  };
}
