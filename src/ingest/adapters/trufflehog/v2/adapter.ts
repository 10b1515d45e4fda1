import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { commitOf, findingWriter } from '../../../findings/finding.js';
import { readReport } from '../../../findings/report-reader.js';
import { hashOfSecret } from '../../../findings/secret-hash.js';

/**
 * trufflehog version 2, and version 3 with `--json-legacy`: one commit and reason a line, with all strings found in it.
 * - What it proves: that these strings were in that commit of that file. What it cannot: that they work, on which line they were
 *   (a diff has none), or that nothing else is there.
 * - `commit` is the message of the commit, `commitHash` its id. Dates state no zone.
 * - Each string of `stringsFound` is a finding, and is hashed. The diff, the message and the branch are not kept.
 */
export const adapter: Adapter = {
  id: 'trufflehog-v2',
  title: 'trufflehog 2 findings (JSON lines)',
  recognisedBy: '`stringsFound` beside `commitHash` and `reason`',
  proves: 'that these strings were in that commit of that file',
  cannot: 'that they work, on which line they were, and that nothing else is there',
  produces: ['secret_findings'],
  formats: ['ndjson', 'json'],
  signature: ['branch', 'commit', 'commitHash', 'date', 'path', 'reason', 'stringsFound'],
  recognise: ({ keys }: FileSample) =>
    ['stringsFound', 'commitHash', 'reason'].every((name) => keys.includes(name)) ? { version: '2' } : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('trufflehog', context);
  return {
    items: ['', '$'],
    convert(raw) {
      const change = readReport(raw, context);
      const found = {
        rule: change.text('reason'),
        path: change.text('path'),
        commit: commitOf(change.text('commitHash')),
        first_seen: change.date('date'),
      };
      const strings = change.value('stringsFound');
      if (!Array.isArray(strings)) {
        context.reject(raw.record, 'stringsFound', NO_STRINGS);
        return [];
      }
      return strings.flatMap((secret, index) =>
        write(raw.record, { ...found, secret_sha256: hashOfSecret(secret), marks: [index] }),
      );
    },
  };
}

const NO_STRINGS =
  'There is no list stringsFound: every finding of trufflehog 2 has one; scan again (it is not shown, it may hold the secret).';
