import { toolVersion } from '../assets/tool-version.js';
import { formatCount, plural } from '../text/format.js';
import { isoSeconds } from '../text/iso-seconds.js';
import type { RepositoryScan, ScanFinding, ScanReport } from './report.js';

/** Returns the report of scans. */
export function scanReport(
  scans: readonly RepositoryScan[],
  { nowMs, keyed }: { nowMs: number; keyed: boolean },
): ScanReport {
  return {
    format: 'keyproof-scan/1',
    version: toolVersion(),
    scannedAt: isoSeconds(nowMs),
    keyed,
    repositories: [...scans],
  };
}

/** Returns a report for people: open findings, one a line, and what was looked at. */
export function reportText({ repositories }: ScanReport): string {
  return repositories.map(repositoryText).join('\n\n');
}

function repositoryText({ repository, folder, scope, coverage, findings }: RepositoryScan): string {
  const open = findings.filter(({ state }) => state === 'open');
  const lines = [
    `${repository}${folder === null ? '' : ` (${folder})`}: ${plural(open.length, 'open finding')}`,
    ...open.map(line),
    ...suppressedLines(findings),
    `  Read: ${scope === 'history' ? `${plural(coverage.files, 'version of a file', 'versions of files')} in ${plural(coverage.commits, 'commit')}` : plural(coverage.files, 'file')}, ${formatCount(coverage.binary)} of them without text.`,
    ...coverage.unread.slice(0, 20).map(({ path, reason }) => `  Not read: ${path}: ${reason}`),
    ...(coverage.unread.length > 20 ? [`  Not read: ${formatCount(coverage.unread.length - 20)} more`] : []),
    ...(scope === 'history' && !coverage.fullHistory
      ? ['  The history is not complete: nothing can be said of the rest.']
      : []),
  ];
  return lines.join('\n');
}

function line(finding: ScanFinding): string {
  const { rule, path, line: at, column, commit, present, authorDate, clientSide, reason } = finding;
  const since =
    commit === null
      ? ''
      : ` since ${commit.slice(0, 12)}${authorDate ? ` of ${authorDate.slice(0, 10)}` : ''}`;
  return `  ${path}:${at}:${column} ${rule}${since}${clientSide ? ', in what is shipped to clients' : ''}${present ? '' : ', removed since, still in the history'}${reason ? `: ${reason}` : ''}`;
}

function suppressedLines(findings: readonly ScanFinding[]): string[] {
  const counts = new Map<string, number>();
  for (const { suppressedBy } of findings)
    if (suppressedBy) counts.set(suppressedBy, (counts.get(suppressedBy) ?? 0) + 1);
  if (counts.size === 0) return [];
  const parts = [...counts].sort().map(([kind, count]) => `${formatCount(count)} ${kind}`);
  return [`  Suppressed: ${parts.join(', ')} (in the JSON with their reasons).`];
}
