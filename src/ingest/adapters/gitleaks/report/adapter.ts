import { createHash } from 'node:crypto';
import type { Instant, SecretFindingRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { parseInstant } from '../../../fields/instants.js';
import { textOf } from '../../../fields/json.js';
import { type Parsed, parsed, unparsable } from '../../../fields/parsed.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { repositoryOfFile } from '../../../findings/finding.js';
import { repositoryFromLink, repositoryStated } from '../../../findings/repository.js';
import { hashOfSecret } from '../../../findings/secret-hash.js';

/** Names of the members of a finding, by version of the report. */
const V8 = {
  rule: 'RuleID',
  path: 'File',
  line: 'StartLine',
  column: 'StartColumn',
  commit: 'Commit',
  secret: 'Secret',
  date: 'Date',
  links: ['Link'],
};
const V7 = {
  rule: 'rule',
  path: 'file',
  line: 'lineNumber',
  column: 'column',
  commit: 'commit',
  secret: 'offender',
  date: 'date',
  links: ['repoURL', 'leakURL'],
};
const CSV_HEADER = ['RuleID', 'Commit', 'File', 'Secret', 'StartLine', 'Fingerprint'];

/**
 * gitleaks reports: JSON of version 8 (array) and 7 (`offender`, `lineNumber`, which version 3 to 6 lacked), and CSV of version 8. `null` and `[]` are a
 * scan that found nothing; they carry no other mark, so such a file is recognised by "gitleaks" in its path.
 *
 * Follows https://github.com/gitleaks/gitleaks#json and report/finding.go there.
 * - `Secret` is hashed at once; `Match`, the line, author, e-mail and commit message are never kept. A secret that the scan
 *   redacted (`REDACTED`, `***`, `abc...`) has no hash.
 * - The report does not name its repository, but for `repo` of version 7, which is `.` if the folder was scanned that it ran
 *   in. It is taken from the link of the finding, from keyproof.yaml
 *   (`constants: {repository_id: ...}`), or from the file: `gitleaks-<repo>.json`, `<repo>.gitleaks.json`, `gitleaks/<repo>.json`, `<repo>/gitleaks.json`;
 *   `__` stands for `/`.
 * - Every finding is open: what a bank has judged belongs in .gitleaksignore, or in a waiver. A path that looks like a test
 *   is no reason to leave it out.
 * - The fingerprint is a place without the column, so two secrets in one line share it. Two findings are one by what they
 *   are and where (src/store/resolve/same-leaks.ts), never by it.
 */
export const adapter: Adapter = {
  id: 'gitleaks',
  title: 'gitleaks report (JSON or CSV)',
  recognisedBy:
    "`RuleID` and `File`, or version 7's `offender`; an empty report (`[]`, `null`) by `gitleaks` in its path",
  proves: 'what was found where, and, with `[]`, that a scan ended without findings',
  cannot: 'that a secret works, which commits were scanned, and what its configuration lets through',
  produces: ['secret_findings'],
  formats: ['json', 'csv'],
  signature: ['RuleID', 'StartLine', 'Secret', 'Fingerprint', 'offender', 'lineNumber'],
  recognise,
  open,
};

function recognise(sample: FileSample): { version: string | null } | null {
  if (sample.kind === 'csv') {
    return CSV_HEADER.every((column) => sample.header?.includes(column)) ? { version: '8' } : null;
  }
  const has = (...names: string[]) => names.every((name) => sample.keys.includes(name));
  if (has('RuleID', 'File') && (has('StartLine') || has('Fingerprint'))) return { version: '8' };
  if (has('offender', 'lineNumber')) return { version: '7' };
  if (has('offender', 'rule', 'commitMessage')) return { version: null };
  const text = sample.head.trim();
  if (!/gitleaks/i.test(sample.path)) return null;
  if (text === 'null') return { version: '7' };
  return /^\[\s*\]$/.test(text) ? { version: '8' } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const repository = repositoryOfFile(context);
  return { items: ['$', ''], convert: (raw) => convert(raw, context, repository) };
}

function convert(raw: RawRecord, context: AdapterContext, otherwise: string | null): Emit[] {
  const r = reading(raw, context);
  const names = 'offender' in raw.value && !('RuleID' in raw.value) ? V7 : V8;
  const finding = {
    repository_id: repositoryOf(r, names.links) ?? otherwise,
    rule: needed(r, names.rule),
    path: needed(r, names.path)?.replaceAll('\\', '/') ?? null,
    line: lineOf(raw.value[names.line]),
    column: lineOf(raw.value[names.column]),
    commit: commitOf(member(r, names.commit)),
  };
  const emits = r.emit('secret_findings', {
    ...finding,
    line: () => r.read(names.line, parseLine),
    finding_id: member(r, 'Fingerprint') ?? placeHash(finding, context.file),
    secret_sha256: hashOfSecret(raw.value[names.secret]),
    first_seen: () => dateOf(r, names.date, context),
    state: 'open',
    tool: 'gitleaks',
  });
  if (emits.length > 0 && finding.repository_id === null) context.warn(NO_REPOSITORY);
  if (textOf(raw.value[names.secret]) === null) context.lacks('secret_findings', NO_SECRET);
  return emits;
}

const NO_SECRET = 'has findings without the secret, which may be any key';
const NO_REPOSITORY =
  'The report does not say which repository was scanned: name the file gitleaks-<repository>.json, or give it `as: gitleaks` and `constants: {repository_id: ...}` in keyproof.yaml.';

function needed(r: Reading, name: string): string | null {
  return r.need(
    name,
    member(r, name),
    `There is no ${name}: every gitleaks finding has one; write the report again.`,
  );
}

/**
 * Returns a member that is a text. Anything else is passed over without being shown: a damaged row may have the secret
 * anywhere.
 */
function member(r: Reading, name: string): string | null {
  return textOf(r.value(name));
}

/** Returns the repository that the finding states. Version 7 writes `.` for the folder that it ran in, which names none. */
function repositoryOf(r: Reading, links: readonly string[]): string | null {
  const linked = links.map((link) => repositoryFromLink(member(r, link) ?? ''));
  return linked.find((repository) => repository !== null) ?? repositoryStated(member(r, 'repo'));
}

function lineOf(value: unknown): number | null {
  const line = typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
  return typeof line === 'number' && Number.isSafeInteger(line) && line > 0 ? line : null;
}

/** Returns the commit, or null: a scan of files without git has none; some reports write it as zeros. */
function commitOf(commit: string | null): string | null {
  return commit === null || /^0+$/.test(commit) ? null : commit;
}

/**
 * Returns a known date.
 */
function dateOf(r: Reading, name: string, context: AdapterContext): Instant | null {
  const date = r.read(name, (value) => parseDate(value, context));
  return date?.state === 'known' ? date : null;
}

/**
 * Reads a date. gitleaks writes RFC 3339; a bare date of its own tests has the month first. Never shows what it
 * refuses.
 */
function parseDate(value: unknown, { timezone }: AdapterContext): Parsed<Instant | null> {
  const date = parseInstant(value, { timezone, order: 'mdy' });
  return date.ok
    ? date
    : unparsable('not a date such as 2026-09-30T14:05:00Z (not shown, it may be the secret)');
}

function parseLine(value: unknown): Parsed<number | null> {
  const line = lineOf(value);
  return line !== null || value === 0 || value === '0' || value === ''
    ? parsed(line)
    : unparsable('not a line number (not shown, it may be the secret)');
}

type Place = Pick<SecretFindingRecord, 'repository_id' | 'rule' | 'path' | 'line' | 'column' | 'commit'>;

/**
 * Returns a stable id of a finding that has no fingerprint: the same place in the same repository gives the same id.
 */
function placeHash(place: Place, file: string): string {
  const parts = [place.repository_id ?? file, place.commit, place.path, place.rule, place.line, place.column];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
