import { isObject } from '../../../../text/is-object.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { commitOf, type Found, findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';
import { repositoryStated } from '../../../findings/repository.js';
import { secretHash } from './secret.js';
import { channelOf, PATHS } from './source.js';

/**
 * trufflehog version 3, `--json`: one finding a line, or one as a whole. Follows
 * https://github.com/trufflesecurity/trufflehog/blob/main/pkg/output/json.go
 * - What it proves: what was found, where, and whether trufflehog logged in with it (`Verified`). A verification that failed with
 *   an error leaves it unknown. What it cannot: that nothing else is there. A scan without findings prints nothing, and an
 *   empty file cannot prove clean; but the log on stderr, saved with it, states that the scan was finished.
 * - `SourceMetadata.Data` has one member, named after the kind of source; what is in it differs.
 * - The secret is hashed: `secret.ts` says which member is the secret. `Redacted`, `ExtraData` and the e-mail are not kept.
 * - The same finding may be printed several times; it then has the same id.
 */
export const adapter: Adapter = {
  id: 'trufflehog',
  title: 'trufflehog 3 findings (JSON lines)',
  recognisedBy: '`SourceMetadata` beside `DetectorName`; a file of its log lines by `"logger":"trufflehog"`',
  proves: 'what was found, where, and whether trufflehog logged in with it',
  cannot:
    'that nothing else is there: a scan without findings prints nothing, and an error leaves a secret unknown',
  produces: ['secret_findings'],
  formats: ['ndjson', 'json'],
  signature: ['SourceMetadata', 'SourceType', 'DetectorType', 'DetectorName', 'Verified', 'Raw'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const isFinding = keys.includes('SourceMetadata') && keys.includes('DetectorName');
  const isLog = keys.includes('level') && keys.includes('msg') && /"logger"\s*:\s*"trufflehog"/.test(head);
  return isFinding || isLog ? { version: '3' } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('trufflehog', context);
  const log = { lines: 0, finished: false };
  return {
    items: ['', '$'],
    convert(raw) {
      const finding = readReport(raw, context);
      if (raw.value['SourceMetadata'] !== undefined) return write(raw.record, foundIn(finding));
      if (!('level' in raw.value && 'msg' in raw.value)) return unknown(raw.record);
      log.lines += 1;
      log.finished ||= raw.value['msg'] === 'finished scanning';
      context.skip('lines of the log of trufflehog');
      return [];
    },
    end() {
      if (log.lines > 0 && !log.finished) context.truncated(NOT_FINISHED);
      return [];
    },
  };

  function unknown(record: string): [] {
    context.reject(record, null, 'There is no SourceMetadata: every trufflehog finding has it; scan again.');
    return [];
  }
}

const NOT_FINISHED =
  'The log of trufflehog in the file does not say that the scan was finished, so findings may be missing: scan again.';

function foundIn(finding: ReportReader): Found {
  const data = finding.value('SourceMetadata.Data');
  const kind = isObject(data) ? (Object.keys(data)[0] ?? '') : '';
  const source = finding.inside(`SourceMetadata.Data.${kind}`);
  const failed = !['', null, undefined].some((none) => finding.value('VerificationError') === none);
  const verified = finding.flag('Verified');
  return {
    channel: channelOf(kind),
    repository: repositoryStated(source.text('repository') ?? source.text('link')),
    rule: finding.text('DetectorName'),
    path: PATHS.map((name) => source.text(name)).find((path) => path !== null) ?? null,
    line: source.line('line'),
    commit: commitOf(source.text('commit')),
    secret_sha256: secretHash(finding),
    first_seen: source.date('timestamp'),
    verified: failed && verified !== true ? null : verified,
  };
}
