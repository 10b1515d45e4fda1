import { createHash } from 'node:crypto';
import type { Instant, SecretFindingRecord } from '../../../../model/index.js';
import { secretSha256 } from '../../../../secrets/fingerprint.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { parseInstant } from '../../../fields/instants.js';
import { repositoryFromLink, repositoryFromPath } from './repository.js';

/** Names of the members of a finding, by version of the report. */
const V8 = {
  rule: 'RuleID',
  path: 'File',
  line: 'StartLine',
  column: 'StartColumn',
  commit: 'Commit',
  secret: 'Secret',
  date: 'Date',
  link: 'Link',
};
const V7 = {
  rule: 'rule',
  path: 'file',
  line: 'lineNumber',
  column: 'column',
  commit: 'commit',
  secret: 'offender',
  date: 'date',
  link: 'repoURL',
};
const CSV_HEADER = ['RuleID', 'Commit', 'File', 'Secret', 'StartLine', 'Fingerprint'];

/**
 * gitleaks reports: JSON of version 8 (array) and 7 (`offender`, `lineNumber`), and CSV of version 8. `null` and `[]` are a
 * scan that found nothing; they carry no other mark, so such a file is recognised by "gitleaks" in its path.
 *
 * Follows https://github.com/gitleaks/gitleaks#json and report/finding.go there.
 * - `Secret` is hashed at once; `Match`, the line, author, e-mail and commit message are never kept. A secret that the scan
 *   redacted (`REDACTED`, `***`, `abc...`) has no hash.
 * - The report does not name its repository. It is taken from the link of the finding, from keyproof.yaml
 *   (`constants: {repository_id: ...}`), or from the file: `gitleaks-<repo>.json`, `<repo>.gitleaks.json`, `gitleaks/<repo>.json`, `<repo>/gitleaks.json`;
 *   `__` stands for `/`.
 * - Every finding is open: what a bank has judged belongs in .gitleaksignore, or in a waiver. A path that looks like a test
 *   is no reason to leave it out.
 * - A date that cannot be read does not cost the finding: it is kept without one.
 */
export const gitleaks: Adapter = {
  id: 'gitleaks',
  title: 'gitleaks report (JSON or CSV)',
  produces: ['secret_findings'],
  formats: ['json', 'csv'],
  signature: ['RuleID', 'StartLine', 'Secret', 'Fingerprint', 'offender', 'lineNumber'],
  items: ['$', ''],
  recognise,
  convert: (raw, context) => convert(raw, context, repositoryFromPath(context.file)),
  create: (_sample, context) => createReader(context),
};

function createReader(context: AdapterContext): AdapterReader {
  const repository = repositoryFromPath(context.file);
  return { items: gitleaks.items, convert: (raw) => convert(raw, context, repository) };
}

function recognise(sample: FileSample): { version: string | null } | null {
  if (sample.kind === 'csv') {
    return CSV_HEADER.every((column) => sample.header?.includes(column)) ? { version: '8' } : null;
  }
  const has = (...names: string[]) => names.every((name) => sample.keys.includes(name));
  if (has('RuleID', 'File') && (has('StartLine') || has('Fingerprint'))) return { version: '8' };
  if (has('offender', 'lineNumber')) return { version: '7' };
  const text = sample.head.trim();
  if (!/gitleaks/i.test(sample.path)) return null;
  if (text === 'null') return { version: '7' };
  return /^\[\s*\]$/.test(text) ? { version: '8' } : null;
}

function convert(raw: RawRecord, context: AdapterContext, fromPath: string | null): Emit[] {
  const names = 'offender' in raw.value && !('RuleID' in raw.value) ? V7 : V8;
  const path = member(raw, names.path)?.replaceAll('\\', '/') ?? null;
  const rule = member(raw, names.rule);
  if (path === null || rule === null) {
    const field = path === null ? names.path : names.rule;
    context.reject(
      raw.record,
      field,
      `There is no ${field}: every gitleaks finding has one; write the report again.`,
    );
    return [];
  }
  const repository = repositoryOf(raw, names.link, context, fromPath);
  const finding = {
    repository_id: repository,
    rule,
    path,
    line: lineOf(raw.value[names.line]),
    commit: commitOf(member(raw, names.commit)),
  };
  const record = {
    ...finding,
    finding_id: member(raw, 'Fingerprint') ?? placeHash(finding, raw.value[names.column], context.file),
    secret_sha256: hashOf(raw.value[names.secret]),
    first_seen: dateOf(member(raw, names.date), context),
    state: 'open' as const,
    tool: 'gitleaks',
    source: { file: context.file, record: raw.record },
  };
  return [{ kind: 'secret_findings', record }];
}

function member(raw: RawRecord, name: string): string | null {
  const value = raw.value[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function repositoryOf(
  raw: RawRecord,
  link: string,
  context: AdapterContext,
  fromPath: string | null,
): string | null {
  const stated = context.spec?.constants?.['repository_id'];
  const own = typeof stated === 'string' && stated !== '' ? stated : null;
  const found = repositoryFromLink(member(raw, link) ?? '') ?? member(raw, 'repo') ?? own ?? fromPath;
  if (found === null) {
    context.warn(
      'The report does not say which repository was scanned: name the file gitleaks-<repository>.json, or give it `as: gitleaks` and `constants: {repository_id: ...}` in keyproof.yaml.',
    );
  }
  return found;
}

function lineOf(value: unknown): number | null {
  const line = typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
  return typeof line === 'number' && Number.isSafeInteger(line) && line > 0 ? line : null;
}

/** A scan of files without git has no commit; some reports write it as zeros. */
function commitOf(commit: string | null): string | null {
  return commit === null || /^0+$/.test(commit) ? null : commit;
}

/** Hash of a secret that is there in full. gitleaks writes `REDACTED`, or with `--redact=75` the first quarter and `...`. */
function hashOf(secret: unknown): string | null {
  if (typeof secret !== 'string' || secret.trim() === '') return null;
  const redacted = /REDACTED/.test(secret) || /^\*+$/.test(secret.trim()) || secret.endsWith('...');
  return redacted ? null : secretSha256(secret);
}

/** gitleaks writes RFC 3339; a bare date of its own tests has the month first. Never shows what it refuses. */
function dateOf(text: string | null, context: AdapterContext): Instant | null {
  const date = parseInstant(text, { timezone: context.timezone, order: 'mdy' });
  if (!date.ok) {
    context.warn('Some findings have a date that cannot be read; they are kept without one.');
    return null;
  }
  return date.value?.state === 'known' ? date.value : null;
}

type Place = Pick<SecretFindingRecord, 'repository_id' | 'rule' | 'path' | 'line' | 'commit'>;

/** Stable id of a finding that has no fingerprint: the same place in the same repository gives the same id. */
function placeHash(place: Place, column: unknown, file: string): string {
  const parts = [
    place.repository_id ?? file,
    place.commit,
    place.path,
    place.rule,
    place.line,
    lineOf(column),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
