import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment, AuditSummary } from '../../src/model/index.js';
import { renderSummaryText } from '../../src/report/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { auditFolder, type ObservationRow, observationsOf } from '../support/observations.js';
import { describeUnlessProved } from '../support/verdict.js';
import { changedBank, copyExports, daysLater, later, packExports } from './change-exports.js';
import { reconciled } from './reconciled-pack.js';
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
    const audited = await auditFolder(bank, join(folder, 'pack'), 'findings,checklist,html,parquet,json');
    expect(audited.run.code, audited.run.stderr).toBe(0);
    summary = JSON.parse(audited.run.stdout) as AuditSummary;
    observations = audited.observations;
    assessment = JSON.parse(readFileSync(join(folder, 'pack/assessment.json'), 'utf8')) as Assessment;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('its outputs are told for what they are, if they lie among exports', async () => {
    const own = ['assessment.json', 'findings.csv', 'gap-checklist.csv', 'run.json'];
    const exports = join(folder, 'outputs');
    mkdirSync(exports);
    for (const name of own) copyFileSync(join(folder, 'pack', name), join(exports, name));
    copyFileSync(join(folder, 'pack/manifest.json'), join(exports, 'manifest-of-june.json'));
    const { stdout } = await keyproof(['inspect', exports]);
    for (const name of [...own, 'manifest-of-june.json'])
      expect(stdout).toMatch(
        new RegExp(`^${name.replace('.', '\\.')}\n  an output of keyproof: it is no evidence`, 'm'),
      );
  });

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

  test('every number of the pack is what an independent query of observations.parquet counts', async () => {
    const { compared, differences } = await reconciled(join(folder, 'pack'));
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(3000);
  });

  test('is judged alike when all its exports are written anew', async () => {
    writeAnew(bank, join(folder, 'anew'));
    const anew = await observationsOf(join(folder, 'anew'), join(folder, 'anew-pack'));
    expect(anew.map(said)).toEqual(observations.map(said));
  });

  // `exports.zip` holds `aws/...`, `exports.tar.gz` holds `exports/aws/...`: people pack both ways.
  test.each(['exports.zip', 'exports.tar.gz'] as const)(
    'is judged alike when all its exports are in %s',
    async (name) => {
      const packed = join(folder, `packed-${name}`);
      await packExports(bank, packed, name);
      const audited = await observationsOf(packed, join(folder, `${name}-pack`));
      expect(audited.map(said)).toEqual(observations.map(said));
    },
  );

  test('is judged alike half a year and a leap day later, with other names, and with each export there twice', async () => {
    changedBank(bank, join(folder, 'later'), (text, path) => {
      const changed = renamed(daysLater(text, LATER));
      return path.startsWith('register/') ? vaultsInUpperCase(changed) : changed;
    });
    copyExports(join(folder, 'later'));
    const asOf = ['--as-of', later('2026-09-30', LATER)];
    const audited = await auditFolder(join(folder, 'later'), join(folder, 'later-pack'), 'json', asOf);
    const expectedLines = observations.map((row) => renamed(decided(row)));
    expect(audited.observations.map(decided).sort()).toEqual(expectedLines.sort());
  });

  test('is judged worse where records are wrong or gone, and better nowhere', async () => {
    changedBank(bank, join(folder, 'worse'), (text, path) => WORSE[path]?.(text) ?? text);
    const audited = await auditFolder(join(folder, 'worse'), join(folder, 'worse-pack'), 'json');
    const before = new Map(observations.map((row) => [row['id'], String(row['outcome'])]));
    const moved = audited.observations.filter((row) => before.get(row['id']) !== row['outcome']);
    expect(moved.filter((row) => CLEAN.includes(String(row['outcome']))).map(decided)).toEqual([]);
    expect(moved.map((row) => `${decided(row)} (${before.get(row['id']) ?? 'new'})`).sort()).toEqual(
      WORSENED,
    );
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

/** Days over a change of summer time and over a 29 February. */
const LATER = 547;

const CLEAN = ['pass', 'attested', 'not-applicable'];

/** The same text with other names of keys, people and partners, some with letters that only registers have. */
function renamed(text: string): string {
  return text
    .replace(/(?<=[/-])event-bus/g, 'ereignis-2')
    .replace(/(?<=[/-])customer-index/g, 'kunden')
    .replace(/(\w+)\.(\w+)@marenholt/g, '$2_$1@marenholt-gruppe')
    .replace(/\bP-20(\d)\b/g, 'Partner Größe $1')
    .replace(/\bwl-/g, 'workload.')
    .replace(/brackwater/g, 'kunde-4');
}

/** The same text with items of Azure Key Vault as some registers write them, which Azure takes for the same. */
function vaultsInUpperCase(text: string): string {
  return text.replace(/(?<=https:\/\/)[\w-]+\.vault\.azure\.net\/secrets\/[\w-]+/g, (item) =>
    item.toUpperCase(),
  );
}

/** What is added to exports and taken from them, by their path; the register of extracts counts the records anew. */
const WORSE: { readonly [path: string]: (text: string) => string } = {
  'identity/entitlements.csv': (text) =>
    `${text}B-1,elif.karadag@marenholt.example,kv/prod/payments-core/database,read,allow,developer,production,false,,,,,2026-08-01T10:00:00Z,,,,,,,\n`,
  'identity/directory.csv': (text) => text.replace(/^greta\.winterfeldt.*\n/m, ''),
  'incidents/notifications.csv': (text) =>
    `${text}MHI-26-011,gdpr-authority,true,A risk,casimir.wolde@marenholt.example,2026-02-03T11:50:00Z,,,,\n`,
  'rotations/rotation-pipeline-2026-07.ndjson.gz': (text) =>
    text.replace(/^.*"DECK_ALDERFEN_2".*"step":"revoked".*\n|^.*DECK_ALDERFEN_2","step":"revoked".*\n/m, ''),
  'logs/kong/prod-2026-09.ndjson.gz': (text) => `${text}${JSON.stringify(USED_AFTER_ITS_END)}\n`,
  'governance/extracts.csv': (text) =>
    text
      .replace(/^(identity\/entitlements\.csv,.*,)292,/m, '$1293,')
      .replace(/^(identity\/directory\.csv,.*,)70,/m, '$169,')
      .replace(/^(incidents\/notifications\.csv,.*,)6,/m, '$17,')
      .replace(/^(rotations\/rotation-pipeline-2026-07.*,)952,/m, '$1951,')
      .replace(/^(logs\/kong\/prod-2026-09.*,)967,/m, '$1968,'),
};

const USED_AFTER_ITS_END = {
  event_id: 'e-1',
  at: '2026-09-20T10:00:00Z',
  category: 'authentication',
  action: 'key-auth',
  key_id: 'kong:stoneleigh/key-auth/DECK_STONELEIGH_1',
  route_id: 'prod-loan-origination',
  actor: 'stoneleigh',
  actor_type: 'service',
  outcome: 'success',
  source_ip: '203.0.113.99',
  workload: 'stoneleigh',
  client: 'server',
  credential_in_url: false,
  latency_ms: 10,
  log: 'kong-gateway',
  environment: 'production',
};

/** Rule, subject and outcome of what moved by it, and the outcome before. */
const WORSENED: readonly string[] = [
  'access-approved-justified key arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/open-banking/token-signing-4dEf2K no-evidence (pass)',
  'access-approved-justified key kv/prod/payments-core/database no-evidence (pass)',
  'access-personnel-limited key kv/prod/payments-core/database fail (pass)',
  'access-review-periodic key kv/prod/payments-core/database no-evidence (attested)',
  'emergency-rotate-departure key arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/open-banking/token-signing-4dEf2K no-evidence (fail)',
  'gov-training organisation Marenholt Bank no-evidence (attested)',
  'ir-notification-clocks incident MHI-26-011 no-evidence (attested)',
  'log-grant-changes key kv/prod/payments-core/database fail (not-applicable)',
  'mon-anomaly-unhandled key kong:stoneleigh/key-auth/DECK_STONELEIGH_1 fail (pass)',
  'rbac-dev-no-prod principal elif.karadag@marenholt.example fail (pass)',
  'rotation-old-revoked key kong:alderfen/key-auth/DECK_ALDERFEN_2 fail (not-applicable)',
  'rotation-old-revoked key kong:stoneleigh/key-auth/DECK_STONELEIGH_1 fail (pass)',
];

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

function decided(row: ObservationRow): string {
  return [row['rule_id'], row['subject_kind'], row['subject_id'], row['outcome']].join(' ');
}

function line(row: ObservationRow): string {
  return [row['rule_id'], row['subject_kind'], row['subject_id'], row['severity']].join(' ');
}

function expectedLine({ rule, subject, severity }: Finding): string {
  return [rule, subject.kind, subject.id, severity].join(' ');
}
