import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { entryOf, objectOf, textOf } from '../../../fields/json.js';
import { commitOf, type Found, findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';
import { hashOfSecret } from '../../../findings/secret-hash.js';

/**
 * ggshield (GitGuardian), `secret scan ... --json`: a scan, or a scan of several commits, with the files that have incidents. Follows
 * https://github.com/GitGuardian/ggshield/blob/main/ggshield/verticals/secret/output/schemas.py
 * - What it proves: that ggshield scanned, what it found, and whether GitGuardian could log in with it (`validity`). What it cannot:
 *   that nothing else is there beyond the files, or range of commits, that it was given.
 * - A match is masked unless `--show-secrets` was given; then there is a fingerprint. `ignore_sha` is a hash of GitGuardian's own,
 *   which is not compared with anything.
 * - Each place of an incident is a finding. Columns are counted from 0; an old line has its number in `pre_line_start`.
 * - `ignore_reason` is why GitGuardian left it out, with `--all-secrets`.
 * - `errors` are files that were not scanned: the file counts as incomplete.
 */
export const adapter: Adapter = {
  id: 'ggshield',
  title: 'ggshield scan (JSON)',
  recognisedBy: '`total_incidents` and `total_occurrences` beside `type`, or `entities_with_incidents`',
  proves: 'that ggshield scanned, what it found, and whether GitGuardian could log in with it',
  cannot: 'what the secret is (values are masked), and commits or files that were not part of the scan',
  produces: ['secret_findings'],
  formats: ['json', 'ndjson'],
  signature: ['id', 'type', 'scans', 'entities_with_incidents', 'total_incidents', 'total_occurrences'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const isScan =
    keys.includes('type') && keys.includes('total_incidents') && keys.includes('total_occurrences');
  const holds = keys.includes('entities_with_incidents') || keys.includes('scans');
  return isScan || (holds && /"entities_with_incidents"\s*:/.test(head)) ? { version: null } : null;
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('ggshield', context);
  const channel = /docker/i.test(textOf(objectOf(file.partial)['type']) ?? '') ? ('build' as const) : null;
  return {
    items: ['$.scans', '$', ''],
    convert(raw) {
      const scan = readReport(raw, context);
      lookAtErrors(raw.value, context);
      return placesIn(scan).flatMap(({ record, stated }) => write(record, { ...stated, channel }));
    },
    envelope: (scan) => lookAtErrors(scan, context),
  };
}

function lookAtErrors({ errors }: Record<string, unknown>, context: AdapterContext): void {
  if (Array.isArray(errors) && errors.length > 0) context.truncated(NOT_SCANNED);
}

const NOT_SCANNED =
  'ggshield states errors: it did not scan every file, so findings may be missing; scan again.';

function placesIn(scan: ReportReader): { record: string; stated: Found }[] {
  const isCommit = scan.value('type') === 'commit';
  const when = {
    commit: isCommit ? commitOf(scan.text('id')) : null,
    first_seen: isCommit ? scan.date('extra_info.date') : null,
  };
  return scan.each('entities_with_incidents').flatMap((file) =>
    file.each('incidents').flatMap((incident) =>
      incident.each('occurrences').map((place) => ({
        record: place.record,
        stated: { ...when, path: file.text('filename'), ...incidentOf(incident), ...placeOf(place) },
      })),
    ),
  );
}

const VERIFIED: { [validity: string]: boolean } = { valid: true, invalid: false };

function incidentOf(incident: ReportReader): Found {
  const ignored = incident.value('ignore_reason');
  const reason = textOf(objectOf(ignored)['kind']) ?? textOf(ignored);
  return {
    rule: incident.text('type'),
    verified: entryOf(VERIFIED, textOf(incident.value('validity')) ?? '') ?? null,
    ...(reason === null ? { state: 'open' } : { state: 'suppressed', reason: `ggshield: ${reason}` }),
    marks: [incident.value('ignore_sha')],
  };
}

function placeOf(place: ReportReader): Found {
  return {
    line: place.line('line_start') ?? place.line('post_line_start') ?? place.line('pre_line_start'),
    column: place.line('index_start', 0),
    secret_sha256: hashOfSecret(place.value('match')),
  };
}
