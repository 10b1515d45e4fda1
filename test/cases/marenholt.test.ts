import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment, AuditSummary } from '../../src/model/index.js';
import { renderSummaryText } from '../../src/report/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { auditFolder, type ObservationRow, observationsOf } from '../support/observations.js';
import { describeUnlessProved } from '../support/verdict.js';
import { writeAnew } from './write-anew.js';

type Finding = { rule: string; subject: { kind: string; id: string }; severity: string };
type Expected = { findings: Finding[]; noEvidence: { [rule: string]: number } };

const root = fileURLToPath(new URL('../../', import.meta.url));
const bank = join(root, 'examples/marenholt');
const expected = JSON.parse(readFileSync(join(bank, 'expected.json'), 'utf8')) as Expected;
const folder = mkdtempSync(join(tmpdir(), 'marenholt-'));

const INPUTS = [
  ...PROGRAM_FILES,
  'README.md',
  'examples/marenholt/**',
  'examples/shared/**',
  'test/cases/marenholt.txt',
];

describeUnlessProved('a well-run bank', import.meta.url, INPUTS, () => {
  let summary: AuditSummary;
  let observations: ObservationRow[];
  let assessment: Assessment;

  beforeAll(async () => {
    const audited = await auditFolder(bank, join(folder, 'pack'));
    expect(audited.run.code, audited.run.stderr).toBe(0);
    summary = JSON.parse(audited.run.stdout) as AuditSummary;
    observations = audited.observations;
    assessment = JSON.parse(readFileSync(join(folder, 'pack/assessment.json'), 'utf8')) as Assessment;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('fails where something was planted, and nowhere else', () => {
    const found = observations.filter(({ outcome }) => outcome === 'fail').map(line);
    expect(found.sort()).toEqual(expected.findings.map(expectedLine).sort());
  });

  test('lacks evidence where the bank exports none, rule by rule', () => {
    const counts: { [rule: string]: number } = {};
    for (const { rule_id: rule, outcome } of observations) {
      if (outcome === 'no-evidence') counts[String(rule)] = (counts[String(rule)] ?? 0) + 1;
    }
    expect(counts).toEqual(expected.noEvidence);
  });

  test('has the one accepted exception, and no contradiction between its exports', () => {
    const waived = observations.filter(({ outcome }) => outcome === 'waived').map(line);
    expect(waived.sort()).toEqual([
      'storage-env-only-prod key archivserver/ledger-archive high',
      'storage-prod-in-vault key archivserver/ledger-archive critical',
    ]);
    const ipe = observations.find((row) => row['rule_id'] === 'evidence-ipe-valid');
    expect(ipe?.['violations']).toHaveLength(1);
  });

  test('is read to the end, by the adapters of at least twelve systems', () => {
    expect(summary.incomplete).toEqual([]);
    expect(summary.outcomes.error).toBe(0);
    const adapters = new Set(assessment.inputs.map(({ adapter }) => adapter));
    adapters.delete('canonical');
    expect(adapters.size).toBeGreaterThanOrEqual(12);
  });

  test('is judged control by control, element by element, as the golden table has it', async () => {
    await expect(goldenTable(assessment)).toMatchFileSnapshot('marenholt.txt');
  });

  test('is judged alike when all its exports are written anew', async () => {
    writeAnew(bank, join(folder, 'anew'));
    const anew = await observationsOf(join(folder, 'anew'), join(folder, 'anew-pack'));
    expect(anew.map(said)).toEqual(observations.map(said));
  });

  test('README shows what the demo prints', () => {
    const printed = renderSummaryText(assessment, {
      output: 'evidence-pack',
      open: 'evidence-pack/index.html',
      color: false,
      width: 100,
      end: { exitCode: 0, failOn: 'none' },
    });
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`\n${printed.trim()}\n`);
  });

  test('is generated again byte for byte', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(bank, 'generate.mjs'), '--check'], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});

/** Control and verdict, then each mapping with a subject in scope: grade, rule, elements, and the outcomes of its subjects. */
function goldenTable({ frameworks }: Assessment): string {
  return frameworks
    .flatMap(({ id, controls }) =>
      controls.flatMap((control) => [
        `${id} ${control.id}: ${control.verdict}`,
        ...control.mappings
          .map(({ ruleId, grade, elements, outcomes }) => ({
            test: `${grade} ${ruleId} ${elements.map((element) => element.id).join('+')}`,
            counts: countsOf(outcomes),
          }))
          .filter(({ counts }) => counts !== '')
          .map(({ test: name, counts }) => `  ${name}: ${counts}`),
      ]),
    )
    .map((row) => `${row}\n`)
    .join('');
}

function countsOf(outcomes: { [outcome: string]: number }): string {
  const counted = Object.entries(outcomes).filter(([, count]) => count > 0);
  return counted.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}

/** What an observation says, without the records that it cites. */
function said({ violations, missing, ...row }: ObservationRow): string {
  const sentences = (violations as { message: string }[]).map(({ message }) => message);
  return [row['id'], row['outcome'], ...sentences.sort(), ...(missing as string[]).sort()].join('\n');
}

function line(row: ObservationRow): string {
  return [row['rule_id'], row['subject_kind'], row['subject_id'], row['severity']].join(' ');
}

function expectedLine({ rule, subject, severity }: Finding): string {
  return [rule, subject.kind, subject.id, severity].join(' ');
}
