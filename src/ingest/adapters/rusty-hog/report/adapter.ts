import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { type Found, findingWriter } from '../../../findings/finding.js';
import { readReport } from '../../../findings/report-reader.js';
import { hashOfSecret } from '../../../findings/secret-hash.js';

/** What one of its scanners names the place of a string by. */
const PLACES = ['path', 'page_id', 'issue_id'];

/**
 * Rusty Hog: Duroc Hog (files), Gottingen Hog (Jira) and Essex Hog (Confluence). Follows https://github.com/newrelic/rusty-hog
 * - Choctaw Hog (git) writes what trufflehog 2 does, and is read as that (`trufflehog-v2`).
 * - Each of `stringsFound` is a finding. What it proves: that the string matched a pattern there. What it cannot: that it works, or that
 *   nothing else is there.
 * - A finding in Jira is in a ticket. `diff` is not kept.
 */
export const adapter: Adapter = {
  id: 'rusty-hog',
  title: 'Rusty Hog report (JSON of Duroc, Gottingen and Essex Hog)',
  recognisedBy: '`stringsFound` and `reason` beside `path`, `page_id` or `issue_id`, without `commitHash`',
  proves: 'that this string was in a file, a ticket or a page',
  cannot: 'that it works, and that nothing else is there',
  produces: ['secret_findings'],
  formats: ['json', 'ndjson'],
  signature: ['stringsFound', 'reason', ...PLACES],
  recognise: ({ keys }: FileSample) =>
    ['stringsFound', 'reason'].every((name) => keys.includes(name)) &&
    PLACES.some((name) => keys.includes(name)) &&
    !keys.includes('commitHash')
      ? { version: null }
      : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('rusty-hog', context);
  return {
    items: ['$', ''],
    convert(raw) {
      const issue = readReport(raw, context);
      const strings = [issue.value('stringsFound')].flat();
      const found: Found = {
        rule: issue.text('reason'),
        path: issue.text('path') ?? issue.text('issue_id') ?? issue.text('page_id'),
        line: issue.line('linenum'),
      };
      if ('issue_id' in raw.value) found.channel = 'ticket';
      return strings.flatMap((text) => write(raw.record, { ...found, secret_sha256: hashOfSecret(text) }));
    },
  };
}
