import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { objectOf, textOf } from '../../../fields/json.js';
import { reading } from '../../../fields/record-reader.js';
import { commitOf, type Found, findingWriter } from '../../../findings/finding.js';
import { type ReportReader, readReport } from '../../../findings/report-reader.js';
import { hashStated } from '../../../findings/secret-hash.js';

/**
 * Reports of `keyproof scan --json`: one object with `format`, `scannedAt` and `repositories`, each with its coverage, its hygiene and
 * its findings.
 * - What it proves: what was found where, in which commit first, and whether it is still there; which files are tracked and ignored.
 *   What it cannot: that a secret works, or worked (nothing is sent to an issuer), that a hook that is configured is enforced, and push
 *   protection.
 * - A scan that could not read everything, or of the staged files or a folder only, is no complete scan: it states no `last_scanned`. Nor
 *   does one of a commit that is later than `scannedAt`.
 * - `secretSha256` is null for a value that could be guessed; such a finding joins to no key by its value. A scan with a key
 *   (`keyed`) has fingerprints instead, which join to what an audit with the same key reads.
 */
export const adapter: Adapter = {
  id: 'keyproof/scan',
  title: 'keyproof scan report (JSON)',
  recognisedBy: '`format` of `keyproof-scan/`, beside `repositories`',
  proves: 'what was found where, since when, and that the history was scanned',
  cannot: 'that a secret works, and that a hook is enforced',
  produces: ['secret_findings', 'repositories'],
  formats: ['json'],
  signature: ['format', 'scannedAt', 'repositories'],
  recognise,
  open,
};

function recognise({ head, keys }: FileSample): { version: string | null } | null {
  const version = /"format"\s*:\s*"keyproof-scan\/(\d+)"/.exec(head)?.[1];
  return version !== undefined && keys.includes('format') ? { version } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('keyproof', context);
  const repositories: Emit[] = [];
  return {
    items: ['$.repositories.*.findings'],
    convert(raw) {
      if (MARKS.test(textOf(raw.value['rule']) ?? '')) context.skip(NOT_A_SECRET);
      else return write(raw.record, foundIn(raw, readReport(raw, context)));
      return [];
    },
    envelope(report) {
      const scans = Array.isArray(report['repositories']) ? report['repositories'].filter(isObject) : [];
      scans.forEach((scan, index) => {
        repositories.push(...repositoryOf(scan, `/repositories/${index}`, report['scannedAt'], context));
      });
    },
    end: () => repositories,
  };
}

const MARKS = /^(?:allow|baseline)-/;
const NOT_A_SECRET = 'allow comments and entries of a baseline that are no longer good';

function foundIn(raw: RawRecord, finding: ReportReader): Found {
  const [report = {}, scan = {}] = [raw.within?.[0], raw.within?.at(-1)];
  return {
    repository: textOf(scan['repository']),
    channel: 'repository',
    rule: finding.text('rule'),
    path: finding.text('path'),
    line: finding.line('line'),
    column: finding.line('column'),
    commit: commitOf(finding.text('commit')),
    first_seen: finding.date('firstSeen'),
    secret_sha256: report['keyed'] === true ? keyedStated(finding) : hashStated(finding.text('secretSha256')),
    state: finding.text('state') === 'suppressed' ? 'suppressed' : 'open',
    reason: finding.text('reason'),
    tool_version: textOf(report['version']),
    marks: [finding.text('fingerprint')],
  };
}

/** Returns the fingerprint that a scan with a key states; null if it is none. */
function keyedStated(finding: ReportReader): string | null {
  const fingerprint = finding.text('fingerprint');
  return fingerprint !== null && /^[0-9a-f]{32}$/.test(fingerprint) ? fingerprint : null;
}

const SHALLOW =
  'the clone that was scanned has not the whole history, so nothing is stated of it: scan a whole one (git fetch --unshallow; in a workflow, fetch-depth: 0)';

/** Returns what belongs to a repository and was not read, one sentence each. */
function apartOf({ submodules, pointers }: Record<string, unknown>): string[] {
  const paths = textsOf(submodules) ?? [];
  const modules = `Submodules were not scanned (${paths.join(', ')}): scan each as a repository of its own.`;
  const lfs = `What ${String(pointers)} pointers of Git LFS point to was not scanned.`;
  return [...(paths.length > 0 ? [modules] : []), ...(Number(pointers) > 0 ? [lfs] : [])];
}

/** Returns what a scan states about its repository; files of now are only known if it was not of the staged ones. */
function repositoryOf(
  scan: Record<string, unknown>,
  record: string,
  scannedAt: unknown,
  context: AdapterContext,
): Emit[] {
  const coverage = objectOf(scan['coverage']);
  const isWhole = scan['scope'] !== 'staged' && typeof scan['folder'] !== 'string';
  const isComplete = isWhole && Array.isArray(coverage['unread']) && coverage['unread'].length === 0;
  if (!isComplete) context.warn(notComplete(textOf(scan['repository']) ?? 'a repository'));
  else if (scan['scope'] === 'history' && coverage['fullHistory'] === false) context.warn(SHALLOW);
  for (const text of apartOf(coverage)) context.warn(text);
  const hygiene = isObject(scan['hygiene']) ? scan['hygiene'] : null;
  const r = reading({ record, list: '', value: { ...scan, scannedAt } }, context);
  const id = r.need(
    'repository',
    textOf(scan['repository']),
    'There is no repository: every scan has one; scan again.',
  );
  if (id === null) return [];
  context.speaksFor({ systems: [id] });
  return r.emit('repositories', {
    repository_id: id,
    last_scanned: () => (isComplete && !isLater(scan['headDate'], scannedAt) ? r.date('scannedAt') : null),
    full_history_scanned: isWhole && coverage['fullHistory'] === true ? true : null,
    pre_commit_hook: noHook(hygiene) ? false : null,
    sensitive_files: textsOf(hygiene?.['sensitiveFiles']),
    ignore_patterns: textsOf(hygiene?.['ignorePatterns']),
  });
}

/** Returns whether the commit that was scanned is later than the date that the scan states: then it was not there on that date. */
function isLater(headDate: unknown, scannedAt: unknown): boolean {
  return Date.parse(textOf(headDate) ?? '') > Date.parse(textOf(scannedAt) ?? '');
}

/** Returns whether no scanner is configured as a hook. One that is configured may still not be enforced, so it proves nothing. */
function noHook(hygiene: Record<string, unknown> | null): boolean {
  return Array.isArray(hygiene?.['hooks']) && hygiene['hooks'].length === 0;
}

function textsOf(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : null;
}

function notComplete(repository: string): string {
  return `The scan of ${repository} did not read everything, or only staged files or a folder: it counts as no complete scan; scan again.`;
}
