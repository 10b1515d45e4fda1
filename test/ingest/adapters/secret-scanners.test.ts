import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RawRecord } from '../../../src/ingest/adapter.js';
import { ADAPTERS } from '../../../src/ingest/adapters/index.js';
import { startFileLog } from '../../../src/ingest/file-log.js';
import { hashOfSecret, hashStated } from '../../../src/ingest/findings/secret-hash.js';
import { secretSha256 } from '../../../src/secrets/fingerprint.js';
import { allCases, readInput } from './cases.js';
import { placesIn, recordsOf, type Seen } from './raw-records.js';
import { sampleExport } from './read-with-adapter.js';

const SCANNERS = ADAPTERS.filter(
  ({ id, produces }) => id !== 'canonical' && produces.includes('secret_findings'),
);

/** The members that are kept as they are written, by adapter: those that name a place, a rule, a state or a reason. */
const KEPT = {
  'checkov-secrets': ['check_id', 'checkov_version', 'repo_file_path', 'suppress_comment'],
  credscan: ['Searcher', 'Source', 'SuppressJustification'],
  'detect-secrets': ['filename', 'type'],
  ggshield: ['filename', 'id', 'ignore_reason', 'kind', 'type'],
  'git-secrets': [],
  'github-secret-scanning': ['commit_sha', 'full_name', 'path', 'resolution', 'secret_type'],
  'gitlab-secret-detection': ['file', 'name', 'sha', 'value'],
  gitleaks: ['Commit', 'File', 'Fingerprint', 'RuleID', 'commit', 'file', 'repo', 'rule'],
  'keyproof/scan': ['commit', 'path', 'reason', 'rule'],
  kingfisher: ['id', 'path'],
  n0s1: ['id', 'url', 'version'],
  noseyparker: ['blob_path', 'commit_id', 'path', 'rule_name'],
  'rusty-hog': ['issue_id', 'path', 'reason'],
  sarif: ['commit', 'commitSha', 'id', 'justification', 'ruleId', 'uri'],
  secretlint: ['filePath', 'ruleId'],
  semgrep: ['check_id', 'path'],
  talisman: ['filename', 'type'],
  trivy: ['RuleID', 'Statement', 'Target'],
  'trivy-operator-secrets': ['ruleID', 'target', 'version'],
  trufflehog: ['DetectorName', 'channel_name', 'commit', 'file', 'link', 'repository'],
  'trufflehog-v2': ['commitHash', 'path', 'reason'],
  trufflehog3: ['commit', 'id', 'path'],
  whispers: ['file', 'rule_id'],
};

describe('a secret in a report', () => {
  const cases = allCases().filter(({ input }) => readFileSync(input, 'utf8').includes('nb-fictional'));

  it.each(cases)('$name: none is in what becomes of it', async ({ input, path, spec }) => {
    const outcome = await readInput(input, path, spec);
    expect(JSON.stringify(outcome)).not.toContain('nb-fictional');
  });

  it('stands in no member that is kept, but for those that name a place, a rule or a reason', async () => {
    const kept = SCANNERS.map(async (adapter) => [
      adapter.id,
      membersKept(adapter, await recordsOf(adapter)),
    ]);
    expect(Object.fromEntries(await Promise.all(kept))).toEqual(KEPT);
  });
});

describe('the hash of a secret', () => {
  const header = `-----BEGIN RSA ${'PRIVATE KEY'}-----`;

  it.each([
    '',
    '  ',
    'REDACTED',
    'nb-fic****************lue',
    '************',
    'aio_XXXXXXXXXXXXXXXX',
    'nb-fic...',
    header,
    `${header}\n`,
    null,
    42,
    ['nb-fictional-0001-value'],
  ])('is not made of %j, which is not the secret', (shown) => expect(hashOfSecret(shown)).toBeNull());

  it('is that of an inventory for a secret in full, and is taken as stated unless all private keys share it', () => {
    const hash = secretSha256('nb-fictional-0001-value');
    expect(hashOfSecret('nb-fictional-0001-value')).toBe(hash);
    expect(hashStated(hash)).toBe(hash);
    expect(hashStated(secretSha256(header))).toBeNull();
    expect(hashStated(hash.slice(0, 40))).toBeNull();
  });
});

const CANARY = 'nb-canary-7d1f0c2e';
const MOST_RECORDS = 7;

/** Returns the names of the members whose text is found again in what an adapter gives or says. */
function membersKept(adapter: (typeof ADAPTERS)[number], seen: readonly Seen[]): string[] {
  const kept = seen.flatMap(({ sample, raws }) =>
    raws.slice(0, MOST_RECORDS).flatMap((raw) => {
      const places = placesIn(structuredClone(raw.value)).length;
      return Array.from({ length: places }, (_, place) => {
        const value = structuredClone(raw.value);
        const changed = placesIn(value)[place];
        if (!changed) return [];
        changed.parent[changed.name] = CANARY;
        return shows(adapter, sample, { ...raw, value }) ? [changed.name] : [];
      }).flat();
    }),
  );
  return [...new Set(kept)].sort();
}

function shows(adapter: (typeof ADAPTERS)[number], sample: Seen['sample'], raw: RawRecord): boolean {
  const { context, result } = startFileLog('any/file', null);
  const reader = adapter.open(sample, context);
  const emits = [...reader.convert(raw), ...(reader.end?.() ?? [])];
  reader.envelope?.(raw.value);
  return JSON.stringify([emits, result()]).includes(CANARY);
}

/** What becomes of a real report: the adapter, its version, records read and findings, and rows left out. */
type Expected = readonly [
  adapter: string,
  version: string | null,
  records: number,
  findings: number,
  skipped: number,
];

const REPORTS: [file: string, expected: Expected][] = [
  ['detect-secrets/v1.many.json', ['detect-secrets', '1.0.3', 4, 4, 0]],
  ['detect-secrets/v1.repo.secrets.baseline', ['detect-secrets', '1.5.0', 16, 16, 0]],
  ['ggshield/many.json', ['ggshield', null, 4, 2, 0]],
  ['github-secret-scanning/alerts.many.json', ['github-secret-scanning', null, 3, 3, 0]],
  ['github-secret-scanning/alerts.one.json', ['github-secret-scanning', null, 1, 1, 0]],
  [
    'gitlab-secret-detection/gl-secret-detection-report.1_vuln_v14.json',
    ['gitlab-secret-detection', '14.0.0', 1, 1, 0],
  ],
  [
    'gitlab-secret-detection/gl-secret-detection-report.1_vuln_v15.json',
    ['gitlab-secret-detection', '14.0.0', 1, 1, 0],
  ],
  [
    'gitlab-secret-detection/gl-secret-detection-report.3_vuln_v14.json',
    ['gitlab-secret-detection', '14.0.0', 3, 3, 0],
  ],
  ['gitleaks/issue4336.json', ['gitleaks', '7', 1, 1, 0]],
  ['gitleaks/v8.baseline.json', ['gitleaks', '8', 2, 2, 0]],
  ['gitleaks/v8.expected.csv', ['gitleaks', '8', 1, 1, 0]],
  ['gitleaks/v8.expected.json', ['gitleaks', '8', 1, 1, 0]],
  ['gitleaks/v8.expected.sarif', ['sarif', '2.1.0', 1, 1, 0]],
  ['gitleaks/v8.many.json', ['gitleaks', '8', 4, 4, 0]],
  ['kingfisher/findings.derived.json', ['kingfisher', null, 1, 1, 0]],
  ['noseyparker/one.jsonl', ['noseyparker', null, 1, 1, 0]],
  ['sarif/gitleaks-7.5.sarif', ['sarif', '2.1.0', 8, 8, 0]],
  ['sarif/spec-appendix-k.sarif', ['sarif', '2.1.0', 1, 0, 1]],
  ['secretlint/formatter-json.json', ['secretlint', null, 2, 3, 0]],
  ['semgrep/semgrep.many.json', ['semgrep', null, 3, 0, 3]],
  ['trivy-secret/secrets.golden.json', ['trivy', null, 1, 2, 0]],
  ['trufflehog/v3.filesystem.ndjson', ['trufflehog', '3', 6, 6, 0]],
  ['trufflehog/v3.git.jsonl', ['trufflehog', '3', 4, 4, 0]],
  ['trufflehog/v3.github.jsonl', ['trufflehog', '3', 4, 4, 0]],
];

describe.skipIf(!existsSync(sampleExport('gitleaks')))(
  'real reports of secret scanners (shared/samples; skipped if the folder is absent)',
  () => {
    it.each(REPORTS)('%s is read without a loss', async (path, expected) => {
      const { file, records } = await readInput(sampleExport(path), path);
      const skipped = Object.values(file.skipped).reduce((sum, count) => sum + count, 0);
      const findings = records.secret_findings?.length ?? 0;
      expect([file.adapter, file.version, file.records, findings, skipped]).toEqual(expected);
      expect([file.rejects, file.unreadable]).toEqual([[], []]);
    });
  },
);
