import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { findingWriter } from '../../../findings/finding.js';
import { readReport } from '../../../findings/report-reader.js';
import { hashOfSecret } from '../../../findings/secret-hash.js';

const MEMBERS = ['key', 'value', 'file', 'line', 'rule_id', 'message', 'severity'];

/**
 * Whispers, `whispers --json`: one value of a file of configuration or code. Follows
 * https://github.com/adeptex/whispers/blob/main/whispers/models/pair.py
 * - What it proves: that this value stood under this name at that line. What it cannot: that it works, when it came in, or that nothing
 *   else is there: it reads structured files only.
 */
export const adapter: Adapter = {
  id: 'whispers',
  title: 'Whispers report (JSON)',
  recognisedBy: '`key`, `value`, `file`, `line`, `rule_id`, `message` and `severity` in each element',
  proves: 'that this value stood at that line of that file',
  cannot: 'that it works, when it came in, and that nothing else is there',
  produces: ['secret_findings'],
  formats: ['json', 'ndjson'],
  signature: MEMBERS,
  recognise: ({ keys }: FileSample) =>
    MEMBERS.every((name) => keys.includes(name)) ? { version: null } : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('whispers', context);
  return {
    items: ['$', ''],
    convert(raw) {
      const issue = readReport(raw, context);
      return write(raw.record, {
        rule: issue.text('rule_id'),
        path: issue.text('file'),
        line: issue.line('line'),
        secret_sha256: hashOfSecret(issue.value('value')),
      });
    },
  };
}
