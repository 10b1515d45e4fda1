import { toolVersion } from '../assets/tool-version.js';
import { formatCount, plural } from '../text/format.js';
import { isoSeconds } from '../text/iso-seconds.js';
import { printableText } from '../text/printable.js';
import type { RepositoryScan, ScanCoverage, ScanFinding, ScanReport } from './report.js';

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
export function reportText({ repositories, keyed }: ScanReport): string {
  return repositories.map((scan) => repositoryText(scan, keyed)).join('\n\n');
}

function repositoryText(scan: RepositoryScan, keyed: boolean): string {
  const { repository, folder, scope, coverage, findings } = scan;
  const open = findings.filter(({ state }) => state === 'open');
  const lines = [
    `${inLine(repository)}${folder === null ? '' : ` (${inLine(folder)})`}: ${plural(open.length, 'open finding')}`,
    ...open.map(line),
    ...suppressedLines(findings),
    `  Read: ${scope === 'history' ? `${plural(coverage.files, 'version of a file', 'versions of files')} in ${plural(coverage.commits, 'commit')}` : plural(coverage.files, 'file')}, ${formatCount(coverage.binary)} of them without text.`,
    ...coverage.unread.slice(0, 20).map(({ path, reason }) => `  Not read: ${inLine(path)}: ${reason}`),
    ...(coverage.unread.length > 20 ? [`  Not read: ${formatCount(coverage.unread.length - 20)} more`] : []),
    ...apartLines(coverage),
    ...(scope === 'history' && !coverage.fullHistory
      ? ['  The history is not complete: nothing can be said of the rest.']
      : []),
    ...shallowLines(coverage, keyed),
  ];
  return lines.join('\n');
}

/** Names what belongs to the repository and is kept elsewhere. */
function apartLines({ submodules, pointers }: ScanCoverage): string[] {
  const what = plural(pointers, 'pointer');
  return [
    ...submodules.map(
      (path) => `  Not read: ${inLine(path)}: a submodule, which is a repository of its own: name it too`,
    ),
    ...(pointers > 0
      ? [`  Not read: what ${what} of Git LFS ${pointers === 1 ? 'points' : 'point'} to`]
      : []),
  ];
}

function shallowLines({ isShallow }: ScanCoverage, keyed: boolean): string[] {
  const own = ', and its fingerprints match no baseline of another clone without KEYPROOF_FINGERPRINT_KEY';
  return isShallow
    ? [
        `  The clone is shallow (git fetch --unshallow; in a workflow, fetch-depth: 0): when a finding came first is not known${keyed ? '' : own}.`,
      ]
    : [];
}

/** Returns a name in one line: that of a file may have a line break, and the text after it could pass for a finding. */
function inLine(name: string): string {
  return printableText(name).replaceAll('\n', '[U+000A]').replaceAll('\t', '[U+0009]');
}

function line(finding: ScanFinding): string {
  const { rule, path, line: at, column, commit, present, authorDate, clientSide, reason } = finding;
  const since =
    commit === null
      ? ''
      : ` since ${commit.slice(0, 12)}${authorDate ? ` of ${authorDate.slice(0, 10)}` : ''}`;
  return `  ${inLine(path)}:${at}:${column} ${rule}${since}${clientSide ? ', in what is shipped to clients' : ''}${present ? '' : ', removed since, still in the history'}${reason ? `: ${reason}` : ''}`;
}

function suppressedLines(findings: readonly ScanFinding[]): string[] {
  const counts = new Map<string, number>();
  for (const { suppressedBy } of findings)
    if (suppressedBy) counts.set(suppressedBy, (counts.get(suppressedBy) ?? 0) + 1);
  if (counts.size === 0) return [];
  const parts = [...counts].sort().map(([kind, count]) => `${formatCount(count)} ${kind}`);
  return [`  Suppressed: ${parts.join(', ')} (in the JSON with their reasons).`];
}
