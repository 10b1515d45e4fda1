import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';
import { hashOfSecret } from '../../../findings/secret-hash.js';

/**
 * secretlint, `--format json`: a list of files, each with messages. Follows
 * https://github.com/secretlint/secretlint/tree/master/packages/%40secretlint/types (SecretLintCoreResult)
 * - What it proves: that these files of the working tree were looked at, also those without a message. What it cannot: anything
 *   about the history, or that a secret works.
 * - Files without a message are listed too, so `[]` means that no file was looked at.
 * - `sourceContent` is the whole text of a file. `range` says which characters of it are the secret, so that it can be hashed;
 *   with `--maskSecrets` it is masked, and there is no fingerprint. Columns are counted from 0.
 */
export const adapter: Adapter = {
  id: 'secretlint',
  title: 'secretlint report (JSON)',
  recognisedBy: '`filePath` and `messages` beside `sourceContent` or `sourceContentType`',
  proves: 'that these files of the working tree were looked at, also those without a message',
  cannot: 'anything about the history, and that a secret works',
  produces: ['secret_findings'],
  formats: ['json'],
  signature: ['filePath', 'sourceContent', 'sourceContentType', 'messages'],
  recognise,
  open,
};

function recognise({ keys, head, path }: FileSample): { version: string | null } | null {
  const isFile = keys.includes('filePath') && /"sourceContent(?:Type)?"\s*:/.test(head);
  return isFile || (/secretlint/i.test(path) && isEmpty(head)) ? { version: null } : null;
}

function isEmpty(head: string): boolean {
  return /^\s*\[\s*\]\s*$/.test(head);
}

function open({ head }: FileSample, context: AdapterContext): AdapterReader {
  if (isEmpty(head)) context.truncated(NO_FILES);
  const write = findingWriter('secretlint', context);
  return {
    items: ['$', ''],
    produces: isEmpty(head) ? [] : ['secret_findings'],
    convert(raw) {
      const file = readReport(raw, context);
      if (file.value('sourceContent')) context.warn(HOLDS_FILES);
      return file.each('messages').flatMap((message) =>
        write(message.record, {
          rule: message.text('ruleId'),
          path: file.text('filePath'),
          line: message.line('loc.start.line'),
          column: message.line('loc.start.column', 0),
          secret_sha256: hashOfSecret(secretIn(file, message)),
        }),
      );
    },
  };
}

const NO_FILES =
  'The report lists no file, so it does not show that any was scanned: check the paths that secretlint was given.';
const HOLDS_FILES =
  'The report holds the whole text of the files that were scanned (sourceContent); only fingerprints of the secrets were kept: remove it after the audit.';

function secretIn(file: ReportReader, message: ReportReader): string | null {
  const text = file.value('sourceContent');
  const range = message.value('range');
  const [start, end]: unknown[] = Array.isArray(range) ? range : [];
  if (typeof text !== 'string' || typeof start !== 'number' || typeof end !== 'number') return null;
  return start >= 0 && start < end ? text.slice(start, end) : null;
}
