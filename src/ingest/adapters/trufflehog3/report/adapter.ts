import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { commitOf, findingWriter } from '../../../findings/finding.js';
import { readReport } from '../../../findings/report-reader.js';
import { hashOfSecret } from '../../../findings/secret-hash.js';

/**
 * trufflehog3, the scanner in Python that is named like trufflehog and is another program, version 3: `--format json`, one issue
 * for each string. Follows https://github.com/feeltheajf/trufflehog3/blob/master/trufflehog3/models.py
 * - What it proves: that this string was at that line, in a commit or in the tree. What it cannot: that it works, or that nothing else is
 *   there.
 * - Without `commit` the string is in the tree as it was scanned. `context` has the lines around it, and `message` and `author` are the
 *   commit's: none is kept.
 */
export const adapter: Adapter = {
  id: 'trufflehog3',
  title: 'trufflehog3 report (JSON)',
  recognisedBy: '`rule` with `id` and `severity` beside `secret`, `path` and `context`',
  proves: 'that this string was at that line of that file, in a commit or in the tree',
  cannot: 'that it works, and that nothing else is there',
  produces: ['secret_findings'],
  formats: ['json', 'ndjson'],
  signature: ['rule', 'path', 'line', 'secret', 'context'],
  recognise: ({ keys }: FileSample) =>
    ['rule', 'path', 'line', 'secret', 'context'].every((name) => keys.includes(name))
      ? { version: '3' }
      : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('trufflehog3', context);
  return {
    items: ['$', ''],
    convert(raw) {
      const issue = readReport(raw, context);
      return write(raw.record, {
        rule: issue.text('rule.id'),
        path: issue.text('path'),
        line: issue.line('line'),
        commit: commitOf(issue.text('commit')),
        first_seen: issue.date('date'),
        secret_sha256: hashOfSecret(issue.value('secret')),
      });
    },
  };
}
