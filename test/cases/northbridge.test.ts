import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditSummary } from '../../src/model/index.js';
import { policyFolders } from '../policies/rule-book.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { auditFolder, type ObservationRow } from '../support/observations.js';
import { describeUnlessProved } from '../support/verdict.js';

type Finding = { rule: string; subject: { kind: string; id: string }; severity: string; why: string };
type Expected = { asOf: string; findings: Finding[]; noEvidence: { [rule: string]: number } };

const root = fileURLToPath(new URL('../../', import.meta.url));
const bank = join(root, 'examples/northbridge');
const expected = JSON.parse(readFileSync(join(bank, 'expected.json'), 'utf8')) as Expected;
const folder = mkdtempSync(join(tmpdir(), 'northbridge-'));

const INPUTS = [...PROGRAM_FILES, 'examples/northbridge/**', 'test/cases/whole-rule-book/**'];

let observations: ObservationRow[];

describeUnlessProved('the bank, and three small cases', import.meta.url, INPUTS, () => {
  let summary: AuditSummary;

  beforeAll(async () => {
    const audited = await auditFolder(bank, join(folder, 'pack'));
    expect(audited.run.code, audited.run.stderr).toBe(0);
    summary = JSON.parse(audited.run.stdout) as AuditSummary;
    observations = audited.observations;
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

  test('every rule is seen to pass, to fail, to lack evidence and not to apply', async () => {
    const seen = new Map(policyFolders().map(({ metadata }) => [metadata.custom.id, new Set<unknown>()]));
    for (const { rule_id: rule, outcome } of [...observations, ...(await observationsOfCases())])
      seen.get(String(rule))?.add(outcome === 'attested' ? 'pass' : outcome);
    expect(seen.size).toBe(78);
    const wanted = ['fail', 'no-evidence', 'not-applicable', 'pass'];
    const unseen = [...seen].flatMap(([rule, outcomes]) =>
      wanted.filter((outcome) => !outcomes.has(outcome)).map((outcome) => `${rule}: ${outcome}`),
    );
    expect(unseen).toEqual([]);
  });
});

/** A bank in order, one whose parent does everything, and exports that name things and know nothing of them. */
async function observationsOfCases(): Promise<ObservationRow[]> {
  const cases = ['orderly', 'excused', 'silent'].map(async (name) => {
    const exports = join(root, 'test/cases/whole-rule-book', name);
    return (await auditFolder(exports, join(folder, name))).observations;
  });
  return (await Promise.all(cases)).flat();
}

function line(row: ObservationRow): string {
  return [row['rule_id'], row['subject_kind'], row['subject_id'], row['severity']].join(' ');
}

function expectedLine({ rule, subject, severity }: Finding): string {
  return [rule, subject.kind, subject.id, severity].join(' ');
}

function check(copy: string) {
  return spawnSync(process.execPath, [join(copy, 'generate.mjs'), '--check'], { encoding: 'utf8' });
}
