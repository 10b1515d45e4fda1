import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

const FILES = {
  'keyproof.yaml': `organisation: Northbridge Bank
applicability: { pci_scope: out, icfr_relevant: false, personal_data: false }
scope:
  - { ids: ["ledger-*"], facts: { icfr_relevant: true }, by: Finance, reason: the ledger is reported from }
sources:
  - { path: keys.csv, as: canonical, kind: keys }
  - { path: grants.csv, as: canonical, kind: grants }
  - { path: principals.csv, as: canonical, kind: principals }
  - { path: vendors.csv, as: canonical, kind: vendors }
  - { path: chat.csv, as: canonical, kind: secret_findings }
  - { path: logs.csv, as: canonical, kind: log_sources }
`,
  'keys.csv': `key_id,environment,status,risk_tier,pci_scope,icfr_relevant,vendor
ledger-close,production,active,high,,,
cards-auth,production,active,high,cde,false,acquirer
fees-batch,production,active,low,out,false,
lab-try,development,active,low,,,
`,
  'vendors.csv': `vendor_id,status,reviewed_at
acquirer,active,2024-01-10
`,
  'principals.csv': `principal_id,name,kind,roles,status
dara,Dara Quinn,human,developer,active
emil,Emil Novak,human,developer,active
finn,Finn Aalto,human,developer,active
`,
  'grants.csv': `key_id,principal_id,action,environment,granted_at,effect
ledger-close,dara,read,production,2026-01-10,allow
fees-batch,emil,read,production,2026-01-10,allow
cards-auth,emil,read,production,2026-01-10,deny
lab-try,finn,read,development,2026-01-10,allow
`,
  'chat.csv': `finding_id,channel,kind,tool,rule,path,key_id,first_seen,state
F-1,chat,secret,scan,entropy,channel ops,,2026-09-20,open
`,
  'logs.csv': `log,pci_scope,icfr_relevant,deleters,immutable
vault,out,true,admins,true
`,
};

const folder = mkdtempSync(join(tmpdir(), 'keyproof-touched-'));
describeUnlessProved('the scope of what touches keys', import.meta.url, PROGRAM_FILES, () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  let assessment: Assessment;
  let findings: string[];
  let summary: string;

  beforeAll(async () => {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    const args = [
      'audit',
      '.',
      '--as-of',
      '2026-09-30',
      '--format',
      'findings',
      '--fail-on',
      'none',
      '--verbose',
    ];
    const run = await keyproof(args, { cwd: folder });
    expect(run.code, run.stderr).toBe(0);
    summary = run.stderr.replaceAll(/\s+/g, ' ');
    const read = (name: string) => readFileSync(join(folder, 'evidence-pack', name), 'utf8');
    assessment = JSON.parse(read('assessment.json')) as Assessment;
    findings = read('findings.csv').split('\r\n');
  });

  const explain = async (ruleId: string, subject: string): Promise<string> => {
    const found = assessment.observations.find((one) => one.ruleId === ruleId && one.subject.id === subject);
    const run = await keyproof(['explain', found?.id ?? '', '--pack', join(folder, 'evidence-pack')]);
    expect(run.code, run.stderr).toBe(0);
    return run.stdout;
  };

  const controlsOf = (ruleId: string, subject: string) =>
    assessment.observations
      .filter((one) => one.ruleId === ruleId && one.subject.id === subject)
      .flatMap(({ controls }) => controls.map(({ framework, control }) => `${framework} ${control}`));

  function mapping(control: string, ruleId: string) {
    const all = assessment.frameworks.flatMap(({ controls }) => controls);
    return all.find(({ id }) => id === control)?.mappings.find((one) => one.ruleId === ruleId);
  }

  test('a person has the scope of the keys of the rights held, and the file names the key', () => {
    expect(controlsOf('rbac-dev-no-prod', 'dara')).toEqual(
      expect.arrayContaining(['sox-itgc ITGC-APD-6', 'sox-itgc ITGC-CM-2']),
    );
    expect(controlsOf('rbac-dev-no-prod', 'emil').filter((id) => /sox|pci/.test(id))).toEqual([]);
    const row = findings.find((line) => line.includes(',principal,dara,'));
    expect(row).toContain('icfr_relevant: true by the key ledger-close');
  });

  test('a vendor has the scope of its keys, and explain names the key', async () => {
    const text = await explain('vendor-due-diligence', 'acquirer');
    expect(text).toContain('pci_scope: cde by the key cards-auth');
    expect(text).toContain('personal_data: false by default, so that the scope is not stated');
  });

  test('who decided the scope by a rule, and why, is in findings.csv and in explain', async () => {
    const decided = 'icfr_relevant: Finance (the ledger is reported from)';
    for (const start of [',key,ledger-close,', ',principal,dara,'])
      expect(findings.find((line) => line.includes(start))).toContain(decided);
    expect(await explain('rbac-dev-no-prod', 'dara')).toContain(
      'icfr_relevant: true by the key ledger-close, rule 1 of scope: Finance (the ledger is reported from)',
    );
  });

  test('out of scope by the default alone is “scope not stated”, in no denominator', () => {
    expect(mapping('ITGC-CM-2', 'rbac-dev-no-prod')).toMatchObject({
      population: 1,
      outOfScope: 1,
      notStated: 1,
      undecided: 0,
      outcomes: { fail: 1, pass: 0 },
    });
  });

  test('a log and what is found in a chat have a scope of their own', () => {
    const deletion = controlsOf('log-integrity', 'Northbridge Bank');
    expect(deletion.some((id) => id.startsWith('sox-itgc '))).toBe(true);
    expect(deletion.filter((id) => id.startsWith('pci-dss'))).toEqual([]);
    const chat = controlsOf('leak-logs-chat-clean', 'Northbridge Bank');
    expect(chat.filter((id) => /pci|sox|gdpr/.test(id))).toEqual([]);
    expect(mapping('8.3.2', 'leak-logs-chat-clean')).toMatchObject({ population: 0, notStated: 1 });
  });

  test('what states each fact is counted and printed for each kind of subject', () => {
    expect(assessment.scope).toContainEqual({
      fact: 'icfr_relevant',
      kind: 'key',
      record: 2,
      rule: 1,
      keys: 0,
      default: 1,
      unstated: 0,
    });
    expect(summary).toContain(
      'relevant to financial reporting (SOX): 2 keys by record, 1 by rule, 1 by default',
    );
  });
});
