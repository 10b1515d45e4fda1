import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditSummary } from '../../src/model/index.js';

type Finding = { rule: string; subject: { kind: string; id: string }; severity: string; why: string };
type Expected = { asOf: string; findings: Finding[]; noEvidence: { [rule: string]: number } };

const root = fileURLToPath(new URL('../../', import.meta.url));
const bank = join(root, 'examples/northbridge');
const expected = JSON.parse(readFileSync(join(bank, 'expected.json'), 'utf8')) as Expected;
const folder = mkdtempSync(join(tmpdir(), 'northbridge-'));

let summary: AuditSummary;
let observations: Record<string, unknown>[];

beforeAll(async () => {
  const output = join(folder, 'pack');
  const asked = ['--as-of', expected.asOf, '--output', output, '--format', 'findings,parquet,json'];
  const config = ['--config', join(bank, 'keyproof.yaml')];
  const args = ['audit', join(bank, 'exports'), ...config, ...asked, '--fail-on', 'none', '--json'];
  const run = spawnSync(process.execPath, [join(root, 'dist/cli/main.js'), ...args], { encoding: 'utf8' });
  expect(run.status, run.stderr).toBe(0);
  summary = JSON.parse(run.stdout) as AuditSummary;
  const file = await asyncBufferFromFile(join(output, 'observations.parquet'));
  observations = await parquetReadObjects({ file });
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the audit finds what was planted: nothing missing, nothing extra', () => {
  const found = observations.filter(({ outcome }) => outcome === 'fail').map(line);
  expect(found.sort()).toEqual(expected.findings.map(expectedLine).sort());
});

test('what lacks evidence is what was left out, rule by rule', () => {
  const counts: { [rule: string]: number } = {};
  for (const { rule_id: rule, outcome } of observations) {
    if (outcome === 'no-evidence') counts[String(rule)] = (counts[String(rule)] ?? 0) + 1;
  }
  expect(counts).toEqual(expected.noEvidence);
});

test('every export is read to its end, and no policy fails', () => {
  expect(summary.incomplete).toEqual([]);
  expect(summary.outcomes.error).toBe(0);
  expect(summary.subjects.repository).toBe(21);
});

test('generating the bank again gives the same bytes', () => {
  expect(check(bank).status).toBe(0);
});

test('a changed byte in an export is noticed', () => {
  const copy = join(folder, 'changed');
  cpSync(bank, copy, { recursive: true });
  appendFileSync(join(copy, 'exports/vendors/vendors.csv'), '\n');
  const { status, stderr } = check(copy);
  expect(status).toBe(1);
  expect(stderr).toContain('differs: exports/vendors/vendors.csv');
});

function line(row: Record<string, unknown>): string {
  return [row['rule_id'], row['subject_kind'], row['subject_id'], row['severity']].join(' ');
}

function expectedLine({ rule, subject, severity }: Finding): string {
  return [rule, subject.kind, subject.id, severity].join(' ');
}

function check(copy: string) {
  return spawnSync(process.execPath, [join(copy, 'generate.mjs'), '--check'], { encoding: 'utf8' });
}
