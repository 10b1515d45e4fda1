import type { Adapter, AdapterContext, AdapterReader, FileSample, RawRecord } from '../../../adapter.js';
import { type Found, findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';

/**
 * Checkov, `--framework secrets -o json`: one report, or a list of reports of several frameworks. Follows
 * https://www.checkov.io/7.Scan%20Examples/Secrets.html and
 * https://github.com/bridgecrewio/checkov/blob/main/checkov/secrets/runner.py
 * - What it proves: that a check for secrets failed at these lines of the working tree. What it cannot: what the secret is (`resource` is its
 *   SHA-1, the code is masked), the history, and that it works.
 * - Only the report of `check_type` secrets counts; those of other frameworks are left out and counted.
 * - A skipped check is suppressed, with the comment that was written beside it.
 */
export const adapter: Adapter = {
  id: 'checkov-secrets',
  title: 'Checkov report of its secrets framework (JSON)',
  recognisedBy: '`check_type` beside `results` with `failed_checks`',
  proves: 'that a check for secrets failed at these lines of the working tree',
  cannot: 'what the secret is, anything about the history, and that it works',
  produces: ['secret_findings'],
  formats: ['json'],
  signature: ['check_type', 'results', 'summary', 'failed_checks'],
  recognise: ({ keys, head }: FileSample) =>
    keys.includes('check_type') && keys.includes('results') && /"failed_checks"\s*:/.test(head)
      ? { version: /"checkov_version"\s*:\s*"([\d.]+)"/.exec(head)?.[1] ?? null }
      : null,
  open,
};

function open({ head }: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('checkov', context);
  return {
    items: ['$', ''],
    produces: /"check_type"\s*:\s*"secrets"/.test(head) ? ['secret_findings'] : [],
    convert(raw) {
      if (raw.value['check_type'] === 'secrets')
        return checksOf(raw, context).flatMap(({ check, stated }) => write(check.record, stated));
      context.skip('report of a framework that is not about secrets');
      return [];
    },
  };
}

function checksOf(raw: RawRecord, context: AdapterContext): { check: ReportReader; stated: Found }[] {
  const report = readReport(raw, context);
  const version = report.text('summary.checkov_version');
  const errors = report.value('results.parsing_errors');
  if (Array.isArray(errors) && errors.length > 0) context.truncated(NOT_READ);
  const failed = report
    .each('results.failed_checks')
    .map((check) => ({ check, stated: findingOf(check, version) }));
  const skipped = report.each('results.skipped_checks').map((check) => ({
    check,
    stated: {
      ...findingOf(check, version),
      state: 'suppressed' as const,
      reason: check.text('check_result.suppress_comment') ?? '',
    },
  }));
  return [...failed, ...skipped];
}

const NOT_READ =
  'The report names files that Checkov could not read (parsing_errors): they were not looked through. Scan again.';

function findingOf(check: ReportReader, version: string | null): Found {
  return {
    rule: check.text('check_id'),
    path: (check.text('repo_file_path') ?? check.text('file_path'))?.replace(/^\/+/, '') ?? null,
    line: lineOf(check),
    tool_version: version,
    marks: [check.value('resource')],
  };
}

/** The first of the lines that a check names. */
function lineOf(check: ReportReader): number | null {
  const range = check.value('file_line_range');
  const [first] = Array.isArray(range) ? range : [];
  return Number.isSafeInteger(first) && first > 0 ? first : null;
}
