import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/model/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { auditFolder, type ObservationRow } from '../support/observations.js';
import { describeUnlessProved } from '../support/verdict.js';

const FILES = {
  'keyproof.yaml': `organisation: Northbridge Bank
entity: bank
applicability: { pci_scope: out, icfr_relevant: true, personal_data: false }
`,
  'exports/keys.csv': `key_id,environment,status,risk_tier,owner,expires,last_rotated,storage
ledger-close,production,active,high,dara,never,2025-01-10,file
cards-auth,production,active,critical,gone,2026-12-31,2026-09-20,secrets-manager
fees-batch,production,active,,emil,2026-01-31,2026-06-01,hsm
lab-try,development,active,low,finn,never,never,code
`,
  'exports/principals.csv': `principal_id,name,kind,roles,status
dara,Dara Quinn,human,developer,active
emil,Emil Novak,human,operations,active
`,
  'exports/grants.csv': `key_id,principal_id,action,environment,granted_at,effect
ledger-close,dara,read,production,2026-01-10,allow
cards-auth,emil,read,production,2026-01-10,allow
`,
};

const folder = mkdtempSync(join(tmpdir(), 'keyproof-reconciled-'));
const pack = join(folder, 'pack');
const text = (name: string) => readFileSync(join(pack, name), 'utf8');
const rowsOf = (name: string) => parse(text(name), { columns: true, bom: true }) as Record<string, string>[];
afterAll(() => rmSync(folder, { recursive: true }));

let observations: ObservationRow[];

beforeAll(async () => {
  mkdirSync(join(folder, 'exports'));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
  const formats = 'findings,checklist,actions,sarif,junit,parquet,json';
  const { run, observations: rows } = await auditFolder(folder, pack, formats);
  expect(run.code, run.stderr).toBe(0);
  observations = rows;
});

/** Counts observations by rule, from the table alone. */
function countsOf(...outcomes: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of observations)
    if (outcomes.includes(String(row['outcome'])))
      counts.set(String(row['rule_id']), (counts.get(String(row['rule_id'])) ?? 0) + 1);
  return counts;
}

describeUnlessProved(
  'what observations.parquet holds is what every output counts',
  import.meta.url,
  PROGRAM_FILES,
  () => {
    test('findings.csv and SARIF, failure by failure', () => {
      const failed = observations.filter(({ outcome }) => outcome === 'fail');
      expect(failed.length).toBeGreaterThan(5);
      const names = failed.map((row) => `${row['rule_id']} ${row['subject_id']}`).sort();
      expect(rowsOf('findings.csv').map((row) => `${row['rule_id']} ${row['subject_id']}`)).toHaveLength(
        names.length,
      );
      const { results } = JSON.parse(text('results.sarif')).runs[0] as { results: { ruleId: string }[] };
      const rules = countsOf('fail');
      expect(new Set(results.map(({ ruleId }) => ruleId))).toEqual(new Set(rules.keys()));
      expect(results).toHaveLength(failed.length);
    });

    // Subjects that pass, or to which a rule does not apply, are one case of a suite: its properties count them.
    test('junit.xml, suite by suite', () => {
      const suites = text('junit.xml').split('<testsuite name="').slice(1);
      const numberOf = (suite: string, name: string) =>
        Number(new RegExp(`<property name="${name}" value="(\\d+)"/>`).exec(suite)?.[1]);
      const all = countsOf('pass', 'fail', 'error', 'no-evidence', 'not-applicable', 'attested', 'waived');
      const [failed, lacking] = [countsOf('fail'), countsOf('no-evidence')];
      for (const suite of suites) {
        const rule = suite.slice(0, suite.indexOf('"'));
        const failures = Number(/ failures="(\d+)"/.exec(suite)?.[1]);
        const stated = ['population', 'failed', 'no evidence'].map((name) => numberOf(suite, name));
        const counted = [all, failed, lacking].map((counts) => counts.get(rule) ?? 0);
        expect([rule, failures, ...stated]).toEqual([rule, failed.get(rule) ?? 0, ...counted]);
      }
      expect(suites.length).toBeGreaterThanOrEqual(all.size);
    });

    test('actions.csv, rule by rule, and actions.md', () => {
      const actions = rowsOf('actions.csv');
      const { actions: planned } = JSON.parse(text('assessment.json')) as Assessment;
      const failed = countsOf('fail');
      const passed = countsOf('pass', 'fail', 'attested', 'waived');
      expect(planned.map(({ ruleId }) => ruleId).sort()).toEqual([...failed.keys()].sort());
      const byRule = planned.map(({ ruleId }, place) => [ruleId, actions[place]] as const);
      for (const [rule, action] of byRule) {
        expect([rule, Number(action?.['Failed'])]).toEqual([rule, failed.get(rule)]);
        expect([rule, Number(action?.['Tested'])]).toEqual([rule, passed.get(rule)]);
        expect([rule, Number(action?.['Without evidence'])]).toEqual([
          rule,
          countsOf('no-evidence').get(rule) ?? 0,
        ]);
      }
      expect(text('actions.md').match(/^\| ☐ \|/gm)).toHaveLength(failed.size);
    });

    test('the workbook, sheet by sheet', async () => {
      const { frameworks } = JSON.parse(text('assessment.json')) as Assessment;
      const sheets = await readExcelFile(join(pack, 'gap-checklist.xlsx'));
      const rows = new Map(sheets.map(({ sheet, data }) => [sheet, data.length - 1]));
      expect(rows.get('Actions')).toBe(countsOf('fail').size);
      expect(rows.get('Questions')).toBe(rowsOf('questions.csv').length);
      const controls = frameworks.reduce((sum, { controls: own }) => sum + own.length, 0);
      const failures = observations.filter(({ outcome }) => outcome === 'fail').length;
      const others = [...rows].filter(([sheet]) => !['Actions', 'Questions', 'About'].includes(sheet));
      expect(others.reduce((sum, [, count]) => sum + count, 0)).toBe(controls + failures);
    });

    test('questions.csv: what decides alone and with others adds up to what has no evidence', () => {
      const lacking = observations.filter(({ outcome }) => outcome === 'no-evidence').length;
      const rows = rowsOf('questions.csv').filter(({ ID }) => ID?.startsWith('missing/'));
      const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);
      expect(sum('Checks decided alone')).toBeLessThanOrEqual(lacking);
      expect(sum('Checks decided alone') + sum('Checks decided with others')).toBeGreaterThanOrEqual(lacking);
    });
  },
);
