import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';

/** What a member of a result lists, and how its findings stand. */
const LISTS = [
  { name: 'failure_list', stated: { state: 'open' } },
  { name: 'ignore_list', stated: { state: 'suppressed', reason: '' } },
] as const;

/**
 * Talisman, `talisman --scan`: `talisman_report/talisman_reports/data/report.json`. Follows
 * https://github.com/thoughtworks/talisman/blob/main/report/report.go and detector/helpers/detection_results.go
 * - What it proves: that a check failed in these files, of the history too, in the commits that it names. What it cannot: the line, what the
 *   secret is (the message has its beginning, which is not kept), and that it works.
 * - Only checks of the content and the name of a file look for secrets: a file that is too big (`filesize`) is none.
 * - `ignore_list` is what `.talismanrc` lets through: suppressed, with no reason. `warning_list` is below the threshold and left out.
 * - A secret in several commits is one finding, with the first commit.
 */
export const adapter: Adapter = {
  id: 'talisman',
  title: 'Talisman report (JSON)',
  recognisedBy: '`summary` with `types` beside `results`, of which each has `filename` and `failure_list`',
  proves:
    'that a check of Talisman failed in these files and commits, and that a scan ended without findings',
  cannot: 'the line, what the secret is, and that it works',
  produces: ['secret_findings'],
  formats: ['json'],
  signature: ['summary', 'results', 'filename', 'failure_list'],
  recognise: ({ keys, head }: FileSample) =>
    keys.includes('summary') && keys.includes('results') && /"filecontent"\s*:\s*\d/.test(head)
      ? { version: null }
      : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('talisman', context);
  return {
    items: ['$.results'],
    convert(raw) {
      const result = readReport(raw, context);
      const path = result.text('filename');
      return LISTS.flatMap(({ name, stated }) =>
        result
          .each(name)
          .filter((failure) => concernsSecrets(failure, context))
          .flatMap((failure) =>
            write(failure.record, {
              ...stated,
              path,
              rule: failure.text('type'),
              commit: commitsOf(failure)[0] ?? null,
              marks: [failure.value('message')],
            }),
          ),
      );
    },
  };
}

function concernsSecrets(failure: ReportReader, context: AdapterContext): boolean {
  const isSize = failure.value('type') === 'filesize';
  if (isSize) context.skip('file that is too big');
  return !isSize;
}

function commitsOf(failure: ReportReader): string[] {
  const commits = failure.value('commits');
  return (Array.isArray(commits) ? commits : []).filter(isHash);
}

function isHash(commit: unknown): commit is string {
  return typeof commit === 'string' && /^[0-9a-f]{7,64}$/.test(commit);
}
