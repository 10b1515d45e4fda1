import { KeyproofError } from '../model/index.js';
import { byText } from '../text/compare-text.js';
import { isObject } from '../text/is-object.js';
import { startOfDay } from '../text/start-of-day.js';
import { markFinding } from './allowed.js';
import type { RepositoryScan, ScanFinding } from './report.js';

/** A finding that was accepted. */
export type BaselineEntry = {
  /** Repository. */
  repository: string;
  /** Rule. */
  rule: string;
  /** Path. */
  path: string;
  /** Keyed fingerprint of the secret. */
  fingerprint: string;
  /** Why it was accepted. */
  reason: string;
  /** Last day on which it holds, `2027-01-01`, UTC; null for no end. */
  until: string | null;
};

const FORMAT = 'keyproof-baseline/1';
const WRITTEN = 'found when the baseline was written';

/** Returns the text of a baseline that holds every open finding. */
export function baselineText(scans: readonly RepositoryScan[]): string {
  const entries = scans.flatMap(({ repository, findings }) =>
    findings
      .filter(({ state, fingerprint }) => state === 'open' && fingerprint !== '')
      .map(({ rule, path, fingerprint }) => ({
        repository,
        rule,
        path,
        fingerprint,
        reason: WRITTEN,
        until: null,
      })),
  );
  const byKey = new Map(entries.map((entry) => [keyOf(entry), entry]));
  const sorted = [...byKey].sort(byText(([key]) => key)).map(([, entry]) => entry);
  return `${JSON.stringify({ format: FORMAT, findings: sorted }, null, 2)}\n`;
}

/**
 * Reads a baseline.
 * @param name of its file, for the message
 * @throws KeyproofError if it is none, or an entry lacks a member
 */
export function parseBaseline(text: string, name: string): BaselineEntry[] {
  const value = parsed(text);
  if (!isObject(value) || value['format'] !== FORMAT || !Array.isArray(value['findings']))
    throw new KeyproofError(`${name}: not a baseline of keyproof scan; write one with --write-baseline.`);
  return value['findings'].map((entry: unknown, index) => entryOf(entry, `${name}: finding ${index + 1}`));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function entryOf(entry: unknown, where: string): BaselineEntry {
  const members = isObject(entry) ? entry : {};
  const text = (name: string): string => {
    const value = members[name];
    if (typeof value === 'string' && value !== '') return value;
    throw new KeyproofError(`${where}: ${name} is missing; every finding of a baseline states it.`);
  };
  const until = members['until'] ?? null;
  if (until !== null && (typeof until !== 'string' || startOfDay(until) === null))
    throw new KeyproofError(`${where}: until is no date; write it as 2027-01-01, or null.`);
  return {
    repository: text('repository'),
    rule: text('rule'),
    path: text('path'),
    fingerprint: text('fingerprint'),
    reason: text('reason'),
    until,
  };
}

/**
 * Returns a scan of which the findings that a baseline accepts are suppressed, with a finding for each entry that matches nothing or
 * is past its date.
 * @param name of the file of the baseline
 * @param today day of the scan, `2026-09-30`, UTC
 */
export function withBaseline(
  scan: RepositoryScan,
  baseline: readonly BaselineEntry[],
  { name, today }: { name: string; today: string },
): RepositoryScan {
  const own = new Map(
    baseline.filter(({ repository }) => repository === scan.repository).map((entry) => [keyOf(entry), entry]),
  );
  const used = new Set<string>();
  const findings = scan.findings.map((finding) => {
    const key = keyOf({ ...finding, repository: scan.repository });
    const entry = own.get(key);
    if (!entry) return finding;
    used.add(key);
    return isPast(entry, today) ? finding : accepted(finding, entry);
  });
  const isRead = (path: string) =>
    scan.scope === 'history' && (scan.folder === null || path.startsWith(`${scan.folder}/`));
  const faults = [...own].flatMap(([key, entry]) => {
    if (isPast(entry, today)) return [fault('baseline-expired', name, entry, 'is past its date')];
    return used.has(key) || !isRead(entry.path)
      ? []
      : [fault('baseline-unused', name, entry, 'matches nothing that is found')];
  });
  return { ...scan, findings: [...findings, ...faults] };
}

function keyOf({ repository, rule, path, fingerprint }: Omit<BaselineEntry, 'reason' | 'until'>): string {
  return [repository, rule, path, fingerprint].join('\n');
}

function isPast({ until }: BaselineEntry, today: string): boolean {
  return until !== null && until < today;
}

function accepted(finding: ScanFinding, { reason }: BaselineEntry): ScanFinding {
  if (finding.state === 'suppressed') return finding;
  return { ...finding, state: 'suppressed', suppressedBy: 'baseline', reason };
}

function fault(
  rule: string,
  name: string,
  { rule: of, path, fingerprint }: BaselineEntry,
  why: string,
): ScanFinding {
  return markFinding({
    rule,
    path: name,
    line: 1,
    fingerprint,
    reason: `the entry for ${of} in ${path} ${why}`,
  });
}
