import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { entryOf, objectOf } from '../../../fields/json.js';
import { type Found, findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';
import { repositoryStated } from '../../../findings/repository.js';

/** Platforms by the channel that they are; what is not listed is a repository or unknown. */
const CHANNELS: { readonly [platform: string]: NonNullable<Found['channel']> } = {
  jira: 'ticket',
  linear: 'ticket',
  asana: 'ticket',
  zendesk: 'ticket',
  wrike: 'ticket',
  confluence: 'ticket',
  slack: 'chat',
};

/**
 * n0s1 (`n0s1 jira_scan`, `confluence_scan` ...): secrets in tickets, pages and messages. Follows
 * https://github.com/spark1security/n0s1 (report.py)
 * - What it proves: that a rule matched at this address. What it cannot: what the secret is (masked), since when it is there, and that it works.
 * - `findings` are members by the tool's own hash of address and secret, which is no proof that two are one.
 */
export const adapter: Adapter = {
  id: 'n0s1',
  title: 'n0s1 report (JSON)',
  recognisedBy: '`tool` with the name n0s1 beside `findings` and `regex_config`',
  proves: 'that a rule matched in this ticket, page or message, and that a scan ended without findings',
  cannot: 'what the secret is (it is masked), since when it is there, and that it works',
  produces: ['secret_findings'],
  formats: ['json'],
  signature: ['tool', 'scan_date', 'regex_config', 'findings'],
  recognise: ({ keys, head }: FileSample) =>
    ['tool', 'scan_date'].every((name) => keys.includes(name)) && /"name"\s*:\s*"n0s1"/.test(head)
      ? { version: /"version"\s*:\s*"([\w.]+)"/.exec(head)?.[1] ?? null }
      : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('n0s1', context);
  return {
    items: [''],
    convert(raw) {
      const report = readReport(raw, context);
      const version = report.text('tool.version');
      return findingsIn(report).flatMap((finding) =>
        write(finding.record, {
          ...placeOf(finding),
          tool_version: version,
          rule: finding.text('details.matched_regex_config.id'),
          marks: [finding.value('id')],
        }),
      );
    },
  };
}

/** Findings are members of an object, by their id. */
function findingsIn(report: ReportReader): ReportReader[] {
  const findings = report.inside('findings');
  return Object.keys(objectOf(report.value('findings'))).map((id) => findings.inside(id));
}

function placeOf(finding: ReportReader): Found {
  const platform = finding.text('details.platform')?.toLowerCase() ?? '';
  const url = finding.text('url');
  const channel = entryOf(CHANNELS, platform) ?? null;
  return channel === null ? { path: url, repository: repositoryStated(url) } : { path: url, channel };
}
