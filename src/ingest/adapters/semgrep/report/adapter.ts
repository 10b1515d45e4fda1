import { isObject } from '../../../../text/is-object.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { entryOf, objectOf, textOf } from '../../../fields/json.js';
import { type Found, findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';

/**
 * Semgrep, `--json`: results of any rule, of which those about secrets are read. Follows
 * https://semgrep.dev/docs/semgrep-appsec-platform/json-and-sarif and semgrep-interfaces (semgrep_output_v1.atd)
 * - What it proves: that these lines match; with Semgrep Secrets also whether the secret works (`validation_state`). What it cannot:
 *   which rules ran, so that a report without secrets does not count as a scan for them; anything about the history.
 * - A result is about a secret if Semgrep validated it, if its rule is one of `secrets`, or for CWE-798, 259 or 321. Others are left
 *   out and counted.
 * - The report does not say what in a line is the secret: there is no fingerprint. `lines` and `metavars` are not kept.
 * - `is_ignored` is a `nosemgrep` comment, which states no reason.
 * - An error of level `error` means that files or rules were left out: the file counts as incomplete.
 */
export const adapter: Adapter = {
  id: 'semgrep',
  title: 'Semgrep results about secrets (JSON)',
  recognisedBy: 'a list `results` with `check_id`, or `results` beside `errors` and `paths`',
  proves: 'that these lines match; with Semgrep Secrets also whether the secret works',
  cannot: 'what the secret is, the history, and, without a finding, that it looked for secrets',
  produces: ['secret_findings'],
  formats: ['json'],
  signature: ['version', 'results', 'errors', 'paths'],
  recognise,
  open,
};

function recognise({ keys, partial, head }: FileSample): { version: string | null } | null {
  if (!Array.isArray(objectOf(partial)['results'])) return null;
  const isResult = /"check_id"\s*:/.test(head) && /"extra"\s*:/.test(head);
  const isEmpty = keys.includes('errors') && keys.includes('paths');
  return isResult || isEmpty ? { version: textOf(objectOf(partial)['version']) } : null;
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('semgrep', context);
  const tool_version = textOf(objectOf(file.partial)['version']);
  return {
    items: ['$.results'],
    produces: [],
    convert(raw) {
      const result = readReport(raw, context);
      if (!isAboutSecret(result)) {
        context.skip('results of a rule that is not about secrets');
        return [];
      }
      return write(raw.record, { ...foundIn(result), tool_version });
    },
    envelope(report) {
      const errors = Array.isArray(report['errors']) ? report['errors'].filter(isObject) : [];
      if (errors.some(({ level }) => level === 'error')) context.truncated(HAS_ERRORS);
    },
  };
}

const HAS_ERRORS =
  'Semgrep reports errors, so files or rules were left out and findings may be missing: scan again.';
const VERIFIED: { [state: string]: boolean } = {
  CONFIRMED_VALID: true,
  CONFIRMED_INVALID: false,
};

function isAboutSecret(result: ReportReader): boolean {
  if (textOf(result.value('extra.validation_state')) !== null) return true;
  if (/(?:^|\.)secrets\./.test(result.text('check_id') ?? '')) return true;
  const words = [result.value('extra.metadata.cwe'), result.value('extra.metadata.technology')].flat();
  return words.some((word) => typeof word === 'string' && /cwe-0*(?:798|259|321)\b|^secrets$/i.test(word));
}

function foundIn(result: ReportReader): Found {
  const ignored = result.flag('extra.is_ignored') === true;
  return {
    rule: result.text('check_id'),
    path: result.text('path'),
    line: result.line('start.line'),
    column: result.line('start.col'),
    verified: entryOf(VERIFIED, textOf(result.value('extra.validation_state')) ?? '') ?? null,
    ...(ignored ? { state: 'suppressed' as const, reason: '' } : { state: 'open' as const }),
  };
}
