import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { firstText, objectOf, textOf } from '../../../fields/json.js';
import { commitOf, type Found, findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';
import { hashOfSecret, hashStated } from '../../../findings/secret-hash.js';

/**
 * GitLab secret detection reports (`gl-secret-detection-report.json`), versions 14 and later. Follows
 * https://gitlab.com/gitlab-org/security-products/security-report-schemas (secret-detection-report-format.json)
 * - What it proves: that a scan gave these findings, and whether it succeeded (`scan.status`). What it cannot: whether the scan looked at
 *   the history or at one commit; what was dismissed in GitLab, which a report does not have, so that every finding is open.
 * - `raw_source_code_extract` is the secret, or its SHA-256 stands in the middle of `cve` (`file:sha256:rule`).
 * - A scan without git writes the commit as `0000000` and its date as `0001-01-01`: unknown. `version` is the schema a job states, which
 *   may be older than what is in the file.
 */
export const adapter: Adapter = {
  id: 'gitlab-secret-detection',
  title: 'GitLab secret detection report (JSON)',
  recognisedBy: '`vulnerabilities` of category or scan type `secret_detection`',
  proves: 'that a scan gave these findings, and whether it succeeded',
  cannot: 'whether it looked at the history, and that a secret works',
  produces: ['secret_findings'],
  formats: ['json'],
  signature: ['version', 'vulnerabilities', 'scan'],
  recognise,
  open,
};

function recognise({ keys, partial, head }: FileSample): { version: string | null } | null {
  if (!keys.includes('vulnerabilities')) return null;
  const scan = objectOf(objectOf(partial)['scan']);
  const isSecret =
    scan['type'] === 'secret_detection' ||
    (scan['type'] === undefined &&
      /"category"\s*:\s*"secret_detection"|"type"\s*:\s*"gitleaks_rule_id"/.test(head));
  return isSecret ? { version: textOf(objectOf(partial)['version']) } : null;
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('gitlab-secret-detection', context);
  const scan = objectOf(objectOf(file.first)['scan']);
  const tool_version = firstText(objectOf(scan['analyzer'])['version'], objectOf(scan['scanner'])['version']);
  return {
    items: ['$.vulnerabilities'],
    convert: (raw) => write(raw.record, { ...foundIn(readReport(raw, context)), tool_version }),
    envelope(report) {
      const status = textOf(objectOf(report['scan'])['status']);
      if (status !== 'success') context.truncated(NOT_SUCCESSFUL);
    },
  };
}

const NOT_SUCCESSFUL =
  'The report does not state that its scan succeeded (scan.status), so findings may be missing: run the job again.';

function foundIn(item: ReportReader): Found {
  const [identifier] = item.each('identifiers');
  return {
    rule: identifier?.text('value') ?? item.text('name'),
    path: item.text('location.file'),
    line: item.line('location.start_line'),
    commit: commitOf(item.text('location.commit.sha')),
    first_seen: item.date('location.commit.date'),
    secret_sha256: secretHash(item),
    state: 'open',
    marks: [item.value('id')],
  };
}

function secretHash(item: ReportReader): string | null {
  const own = hashOfSecret(item.value('raw_source_code_extract'));
  return own ?? hashStated(/:([0-9a-f]{64}):/.exec(textOf(item.value('cve')) ?? '')?.[1]);
}
