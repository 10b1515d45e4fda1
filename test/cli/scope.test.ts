import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment, ControlResult } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

const folder = mkdtempSync(join(tmpdir(), 'keyproof-scope-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As of the end of 30 September 2026, the one is 90 days old to the millisecond, the other a millisecond more. */
const KEYS = `key_id,environment,risk_tier,status,created,last_rotated,storage,encrypted_at_rest,encryption_algorithm,personal_data
nb-at-limit,production,low,active,2026-01-05T08:00:00Z,2026-07-02T23:59:59.999Z,secrets-manager,true,AES-256-GCM,true
nb-past-limit,production,low,active,2026-01-05T08:00:00Z,2026-07-02T23:59:59.998Z,secrets-manager,true,AES-256-GCM,true
`;
writeFileSync(join(folder, 'keys.csv'), KEYS);

type Audited = { assessment: Assessment; summary: string; page: string; checklist: string };

/** Audits the two keys under a keyproof.yaml with the real command line. */
async function audit(config: string): Promise<Audited> {
  writeFileSync(join(folder, 'keyproof.yaml'), config);
  const output = join(mkdtempSync(join(tmpdir(), 'keyproof-scope-pack-')), 'pack');
  const formats = ['--format', 'json,html,checklist', '--fail-on', 'none', '--verbose'];
  const run = await keyproof(['audit', folder, '--as-of', '2026-09-30', '--output', output, ...formats]);
  expect(run.code, run.stderr).toBe(0);
  const text = (file: string) => readFileSync(join(output, file), 'utf8');
  const read = {
    assessment: JSON.parse(text('assessment.json')) as Assessment,
    summary: run.stderr,
    page: text('index.html').replaceAll(/<[^>]+>/g, ''),
    checklist: text('gap-checklist.md'),
  };
  rmSync(output, { recursive: true, force: true });
  return read;
}

function control({ assessment }: Audited, id: string): Pick<ControlResult, 'verdict' | 'because'> {
  const found = assessment.frameworks.flatMap(({ controls }) => controls).find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no control ${id}.`);
  return { verdict: found.verdict, because: found.because };
}

const containing = (...fields: string[]) => expect.arrayContaining(fields) as unknown;

describeUnlessProved('without a profile', import.meta.url, PROGRAM_FILES, () => {
  let bare: Audited;
  beforeAll(async () => {
    bare = await audit('organisation: Northbridge Securities\n');
  });

  test('nothing is assumed, and every framework says what is undecided', () => {
    expect(bare.assessment.plan).toMatchObject({ profile: null, facts: [], applicability: {} });
    expect(bare.summary).toContain('no profile: no kind of entity is stated');
    const open = bare.assessment.frameworks.map(({ id, undecided }) => [
      id,
      undecided.map(({ field }) => field),
    ]);
    expect(Object.fromEntries(open)).toEqual({
      'finra-sec': containing('broker_dealer', 'covered_institution', 'finra_member', 'market_access'),
      gdpr: containing('gdpr_role'),
      'iso-27001-2022': containing('iso_27001_isms'),
      'nydfs-500': containing('nydfs_class', 'nydfs_covered_entity'),
      'pci-dss-4.0.1': containing('service_provider', 'pci_scope'),
      'psd2-dora': containing('eu_financial_entity', 'payment_service_provider'),
      'soc2-2017': containing('soc2_categories'),
      'sox-itgc': containing('icfr_relevant'),
    });
  });

  test('the report and the checklist name the keys a fact is unknown for', () => {
    expect(bare.page).toContain('relevant to financial reporting (SOX)both keysnb-at-limit, nb-past-limit');
    expect(bare.page).toContain('relevant to financial reporting (SOX) of 2 keys');
    expect(bare.checklist).toMatch(
      /relevant to financial reporting \(SOX\) of 2 keys \(icfr\\_relevant\): nb-at-limit, nb-past-limit$/m,
    );
    expect(bare.checklist).toContain('State finra\\_member under applicability in keyproof.yaml');
  });

  test('controls that need a fact about the entity are open', () => {
    expect(control(bare, 'S-P-30(a)(1)')).toMatchObject({
      verdict: 'insufficient-data',
      because: expect.stringContaining('"covered institution (Regulation S-P)" is not stated for the entity'),
    });
    expect(control(bare, 'DORA-9(4)(d)').verdict).toBe('insufficient-data');
    expect(control(bare, 'A1.2')).toMatchObject({
      verdict: 'not-tested',
      because: expect.stringContaining('"SOC 2 categories" is not stated for the entity'),
    });
  });
});

describeUnlessProved('with a profile', import.meta.url, PROGRAM_FILES, () => {
  let firm: Audited;
  beforeAll(async () => {
    firm = await audit('entity: broker-dealer\njurisdictions: [us]\norganisation: Northbridge Securities\n');
  });

  test('a control that waited for a fact is judged', () => {
    expect(control(firm, 'S-P-30(a)(1)').because).not.toContain('covered_institution');
    const safeguards = firm.assessment.frameworks.find(({ id }) => id === 'finra-sec')?.controls;
    const storage = safeguards
      ?.find(({ id }) => id === 'S-P-30(a)(1)')
      ?.mappings.find(({ ruleId }) => ruleId === 'storage-encrypted-at-rest');
    expect(storage).toMatchObject({ population: 2, undecided: 0, outcomes: { pass: 2 } });
  });

  test('a control of another kind of entity is not applicable, and the reason is what states it', () => {
    expect(control(firm, 'DORA-9(4)(d)')).toEqual({
      verdict: 'not-applicable',
      because: 'The list of jurisdictions states eu_financial_entity: false.',
    });
    expect(control(firm, '33(2)').verdict).not.toBe('not-applicable');
    expect(control(firm, 'A1.2')).toEqual({
      verdict: 'not-applicable',
      because: 'The broker-dealer profile states soc2_categories: security.',
    });
  });

  test('what the profile does not state stays undecided', () => {
    const open = firm.assessment.frameworks.flatMap(({ undecided }) => undecided.map(({ field }) => field));
    expect(open).toEqual(containing('market_access', 'icfr_relevant', 'pci_scope'));
  });

  test('the assessment, the summary and the report say which facts came from it', () => {
    expect(firm.assessment.plan).toMatchObject({
      organisation: 'Northbridge Securities',
      profile: { id: 'broker-dealer', title: 'Broker-dealer' },
      applicability: { finra_member: true, eu_financial_entity: false },
    });
    expect(firm.assessment.plan.facts).toContainEqual({
      name: 'finra_member',
      value: true,
      origin: 'profile',
      instead: null,
    });
    expect(firm.summary.replace(/\s+/g, ' ')).toContain(
      'broker-dealer profile: member firm of FINRA = yes, broker or dealer (SEC rules 17a-3, 17a-4) = yes',
    );
    expect(firm.page).toContain('finra_memberyesthe broker-dealer profile');
    expect(firm.page).toContain('eu_financial_entitynothe list of jurisdictions');
  });

  test('inspect says the same before any audit', async () => {
    writeFileSync(join(folder, 'keyproof.yaml'), 'entity: bank\napplicability: {gdpr_role: both}\n');
    expect((await keyproof(['inspect', folder])).stdout).toContain(
      'Taken as given\n  bank profile: payment service provider (PSD2) = yes, SOC 2 categories = security\n  keyproof.yaml: role under the GDPR = both (bank profile: controller)',
    );
    const told = JSON.parse((await keyproof(['inspect', folder, '--json'])).stdout) as Assessment['plan'];
    expect(told.facts).toContainEqual({
      name: 'gdpr_role',
      value: 'both',
      origin: 'applicability',
      instead: { value: 'controller', origin: 'profile' },
    });
  });

  test('what keyproof.yaml states wins over it, and both are shown', async () => {
    const stated = await audit(
      'entity: broker-dealer\njurisdictions: [us]\napplicability: {gdpr_role: both, soc2_categories: [availability]}\n',
    );
    expect(control(stated, '33(2)').verdict).not.toBe('not-applicable');
    expect(control(stated, 'A1.2').verdict).toBe('not-tested');
    expect(control(stated, 'C1.1')).toEqual({
      verdict: 'not-applicable',
      because: 'keyproof.yaml states soc2_categories: availability.',
    });
    expect(stated.page).toContain(
      'soc2_categoriesavailabilitykeyproof.yaml (instead of security by the broker-dealer profile)',
    );
  });
});

describeUnlessProved('presets', import.meta.url, PROGRAM_FILES, () => {
  const rotation = ({ assessment }: Audited) => ({
    failed: assessment.observations
      .filter(({ ruleId, outcome }) => ruleId === 'rotation-max-age' && outcome === 'fail')
      .map(({ subject }) => subject.id),
    set: assessment.policies.find(({ id }) => id === 'rotation-max-age')?.set,
  });
  const tiers = { critical: 30, high: 60, medium: 90, low: 180 };

  test('none named: the defaults hold, and the report says that they are defaults', async () => {
    const plain = await audit('entity: bank\n');
    expect(rotation(plain)).toEqual({ failed: [], set: {} });
    expect(plain.summary).toContain('presets: rotation tiers (default), overlap 48h (default)');
    expect(plain.page).toContain('rotation: tiers (default): an interval for each risk tier.');
    expect(plain.page).toContain('max_age_days: critical 30, high 60, medium 90, low 180 (default)');
  });

  test('strict-90 fails a low-tier key that is more than 90 days old, to the millisecond', async () => {
    const strict = await audit('presets: {rotation: strict-90}\n');
    const { failed, set } = rotation(strict);
    expect(failed).toEqual(['nb-past-limit']);
    expect(set).toMatchObject({
      max_age_days: { from: tiers, origin: { kind: 'preset', conflict: 'rotation', preset: 'strict-90' } },
    });
    expect(strict.assessment.plan.presets).toContainEqual(
      expect.objectContaining({
        conflict: 'rotation',
        preset: 'strict-90',
        stated: true,
        others: ['tiers', 'flat-90'],
      }),
    );
    expect(strict.summary).toContain('presets: rotation strict-90, overlap 48h (default)');
    expect(strict.page).toContain('rotation: strict-90 (keyproof.yaml)');
    expect(strict.page).toContain('Set by preset strict-90 (rotation)');
  });

  test('a threshold wins over a preset, and the report says that the preset is not in force', async () => {
    const own = await audit(`presets: {rotation: strict-90}
thresholds:
  rotation-max-age:
    params: {max_age_days: {critical: 30, high: 60, medium: 90, low: 120}}
    by: CISO
    reason: Risk analysis 7
`);
    const { failed, set } = rotation(own);
    expect(failed).toEqual([]);
    expect(set).toEqual({
      max_age_days: { from: tiers, origin: { kind: 'threshold', by: 'CISO', reason: 'Risk analysis 7' } },
    });
    expect(own.summary).toContain('rotation strict-90 (replaced by thresholds)');
    expect(own.page).toContain('Set in keyproof.yaml by CISO: Risk analysis 7');
    expect(own.page).toContain('not in force: a threshold in keyproof.yaml sets another');
  });
});
