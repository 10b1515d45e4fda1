import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildPlan, parseAsOf, parseConfig, parsePeriod } from '../../src/config/index.js';

const NOW = Date.UTC(2026, 10, 23, 14);

function workspace(config?: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'keyproof-config-'));
  mkdirSync(join(dir, 'exports'));
  if (config !== undefined) writeFileSync(join(dir, 'keyproof.yaml'), config);
  return dir;
}

describe('keyproof.yaml', () => {
  test('a misspelt key is an error with its line and the nearest valid key', () => {
    expect(() =>
      parseConfig('organisation: Northbridge Bank\nthreshold:\n  rotation-max-age: {}\n', 'keyproof.yaml'),
    ).toThrow(
      /^keyproof\.yaml:2: "threshold" is not a known key; did you mean "thresholds"\? Known keys here: entity, jurisdictions, organisation, asOf, /,
    );
  });

  test('a misspelt key inside a source names the line of that source', () => {
    const text = 'sources:\n  - path: a.csv\n  - path: b.csv\n    colums: {key_id: Id}\n';
    expect(() => parseConfig(text, 'keyproof.yaml')).toThrow(
      'keyproof.yaml:4: "colums" is not a known key; did you mean "columns"?',
    );
  });

  test.each([
    [
      '- {owner: Key Office}',
      'classify, rule 1: there is no pattern; state one of id, name, path, store, account.',
    ],
    [
      '- {id: "*", owner: x}\n  - {id: kv/*}',
      'classify, rule 2: it gives nothing; state one of owner, environment, risk_tier.',
    ],
    ['- {id: "*", environment: prodution}', 'classify.0.environment'],
  ])('a rule of classify fits by something and gives something: %s', (rules, message) => {
    const cwd = workspace(`classify:\n  ${rules}\n`);
    expect(() => buildPlan({ cwd, nowMs: NOW })).toThrow(message);
  });

  test('a wrong value names the values allowed', () => {
    expect(() => parseConfig('failOn: hihg\n', 'keyproof.yaml')).toThrow('keyproof.yaml:1: failOn must be');
  });

  test.each([
    ['30 days', 'k.yaml:2: due.high: "30 days" cannot be used; write it as in 30d.'],
    ['0d', 'k.yaml:2: due.high: "0d" cannot be used; write it as in 30d.'],
    ['30', 'k.yaml:2: due.high must be string; 30 is not; write it as in 30d.'],
  ])('due.high: %s is refused, and how days are written is said', (value, message) => {
    expect(() => parseConfig(`due:\n  high: ${value}\n`, 'k.yaml')).toThrow(message);
  });

  test('days by when to mend are those stated, and the defaults for the rest', () => {
    const dir = workspace('due: {critical: 2d, low: 365d}\n');
    expect(buildPlan({ cwd: dir, nowMs: NOW }).due).toEqual({
      critical: { days: 2, set: true },
      high: { days: 30, set: false },
      medium: { days: 90, set: false },
      low: { days: 365, set: true },
    });
  });

  test('every problem is reported, not only the first', () => {
    expect(() => parseConfig('entitty: X\nasof: 2026-09-30\n', 'k.yaml')).toThrow(
      /k\.yaml:1: "entitty".*\nk\.yaml:2: "asof"/s,
    );
  });

  test('a name where the kind of entity belongs is an error that says where the name goes', () => {
    expect(() => parseConfig('asOf: 2026-09-30\nentity: Northbridge Bank\n', 'k.yaml')).toThrow(
      'k.yaml:2: entity must be one of bank, psp, e-money-institution, account-information-provider, broker-dealer, investment-adviser, processor, fintech; "Northbridge Bank" is none. The name of the organisation goes to "organisation".',
    );
  });

  test.each([
    ['entity: brokerdealer\n', 'k.yaml:1: entity must be', 'did you mean "broker-dealer"?'],
    ['jurisdictions: [eu, uss]\n', 'k.yaml:1: jurisdictions.1 must be', 'did you mean "us"?'],
    ['presets:\n  rotation: strict-9\n', 'k.yaml:2: presets.rotation must be', 'did you mean "strict-90"?'],
    ['presets:\n  overlp: 48h\n', 'k.yaml:2: "overlp" is not a known key', 'did you mean "overlap"?'],
    ['due:\n  hihg: 30d\n', 'k.yaml:2: "hihg" is not a known key', 'did you mean "high"?'],
    [
      'applicability:\n  soc2_categories: [securty]\n',
      'k.yaml:2: applicability.soc2_categories.0 must be',
      'did you mean "security"?',
    ],
  ])('%j is refused with its line and the nearest valid value', (text, place, nearest) => {
    expect(() => parseConfig(text, 'k.yaml')).toThrow(place);
    expect(() => parseConfig(text, 'k.yaml')).toThrow(nearest);
  });

  test('broken YAML names its line', () => {
    expect(() => parseConfig('organisation: "Northbridge\nasOf: 2026-09-30\n', 'k.yaml')).toThrow(
      /^k\.yaml:\d+: /,
    );
  });

  test('an empty file is a valid config', () => {
    expect(parseConfig('# nothing yet\n', 'k.yaml')).toEqual({});
  });
});

describe('facts of the entity', () => {
  const planOf = (config: string) => buildPlan({ cwd: workspace(config), nowMs: NOW });
  const factsOf = (config: string) =>
    Object.fromEntries(planOf(config).facts.map(({ name, ...fact }) => [name, fact]));

  test('no kind of entity: no fact', () => {
    expect(planOf('organisation: Northbridge Bank\n')).toMatchObject({
      profile: null,
      facts: [],
      applicability: {},
    });
  });

  test('a kind of entity brings what follows from it, and nothing about the region', () => {
    const plan = planOf('entity: bank\n');
    expect(plan.profile).toMatchObject({ id: 'bank', title: 'Bank' });
    expect(plan.applicability).toEqual({
      payment_service_provider: true,
      gdpr_role: 'controller',
      soc2_categories: ['security'],
    });
  });

  test('outside the EU no profile states a role under the GDPR', () => {
    for (const place of ['us', 'uk', 'other']) {
      expect(planOf(`entity: bank\njurisdictions: [${place}]\n`).applicability).not.toHaveProperty(
        'gdpr_role',
      );
    }
    expect(planOf('entity: bank\njurisdictions: [us, eu]\n').applicability).toHaveProperty(
      'gdpr_role',
      'controller',
    );
  });

  test('a jurisdiction listed brings what follows in it; one left out, what follows from that', () => {
    expect(planOf('entity: bank\njurisdictions: [eu]\n').applicability).toMatchObject({
      eu_financial_entity: true,
      payment_service_provider: true,
      finra_member: false,
      market_access: false,
    });
    const american = factsOf('entity: bank\njurisdictions: [us]\n');
    expect(american['eu_financial_entity']).toEqual({
      value: false,
      origin: 'jurisdictions',
      instead: null,
    });
    expect(american['payment_service_provider']).toMatchObject({ value: false, origin: 'jurisdictions' });
    expect(american).not.toHaveProperty('finra_member');
  });

  test('a broker-dealer of the European Union is no member of FINRA', () => {
    const facts = planOf('entity: broker-dealer\njurisdictions: [eu]\n').applicability;
    expect(facts).toMatchObject({ finra_member: false, broker_dealer: false, eu_financial_entity: true });
    expect(planOf('entity: broker-dealer\n').applicability).toMatchObject({ finra_member: true });
  });

  test('market access follows from no kind of entity', () => {
    for (const entity of ['bank', 'psp', 'broker-dealer', 'investment-adviser', 'processor'])
      expect(planOf(`entity: ${entity}\njurisdictions: [us]\n`).applicability).not.toHaveProperty(
        'market_access',
      );
  });

  test('what applicability states wins, and what it replaced is kept; null states nothing', () => {
    const facts = factsOf(`entity: bank
applicability:
  gdpr_role: both
  payment_service_provider: true
  pci_scope: connected
  personal_data: null
`);
    expect(facts).toEqual({
      payment_service_provider: { value: true, origin: 'applicability', instead: null },
      gdpr_role: {
        value: 'both',
        origin: 'applicability',
        instead: { value: 'controller', origin: 'profile' },
      },
      soc2_categories: { value: ['security'], origin: 'profile', instead: null },
      pci_scope: { value: 'connected', origin: 'applicability', instead: null },
    });
  });
});

describe('presets', () => {
  const planOf = (config: string) => buildPlan({ cwd: workspace(config), nowMs: NOW });
  const CISO = `thresholds:
  rotation-old-revoked: {params: {grace_hours: 24}, by: CISO, reason: Risk analysis 7}
`;

  test('none named: every default is listed as such and sets nothing', () => {
    const plan = planOf('');
    expect(plan.presets.map(({ conflict, preset, stated }) => [conflict, preset, stated])).toEqual([
      ['rotation', 'tiers', false],
      ['overlap', '48h', false],
      ['review', 'quarterly', false],
      ['environmentVariables', 'non-production', false],
      ['logRetention', 'per-scope', false],
    ]);
    expect(plan.thresholds).toEqual({});
  });

  test('a preset named sets its parameters; a threshold of the same parameter wins', () => {
    const preset = 'presets: {overlap: revoke-after-verify}\n';
    expect(planOf(preset).thresholds['rotation-old-revoked']).toMatchObject({
      params: { grace_hours: 1 },
      origins: { grace_hours: { kind: 'preset', conflict: 'overlap', preset: 'revoke-after-verify' } },
    });
    const both = planOf(preset + CISO);
    expect(both.thresholds['rotation-old-revoked']).toEqual({
      params: { grace_hours: 24 },
      origins: { grace_hours: { kind: 'threshold', by: 'CISO', reason: 'Risk analysis 7' } },
    });
    const overlap = both.presets.find(({ conflict }) => conflict === 'overlap');
    expect(overlap?.sets.map(({ inForce }) => inForce)).toEqual([false]);
  });

  test('a threshold of another parameter leaves the preset of the rule in force', () => {
    const { thresholds } = planOf(`presets: {review: yearly}
thresholds:
  access-review-periodic: {params: {max_removal_days: 10}, by: CISO, reason: Risk analysis 7}
`);
    expect(thresholds['access-review-periodic']).toMatchObject({
      params: { max_review_age_days: 366, max_removal_days: 10 },
      origins: { max_review_age_days: { kind: 'preset' }, max_removal_days: { kind: 'threshold' } },
    });
  });
});

describe('dates', () => {
  test('a bare as-of date means its last millisecond, UTC', () => {
    expect(new Date(parseAsOf('2026-09-30', '--as-of')).toISOString()).toBe('2026-09-30T23:59:59.999Z');
  });

  test('a date-time keeps its zone', () => {
    expect(new Date(parseAsOf('2026-09-30T18:00:00+02:00', '--as-of')).toISOString()).toBe(
      '2026-09-30T16:00:00.000Z',
    );
  });

  test.each(['2026-02-30', '30.09.2026', '2026-09-30T18:00:00', 'yesterday', ''])('%s is refused', (text) => {
    expect(() => parseAsOf(text, '--as-of')).toThrow(`--as-of: "${text}" is not a date`);
  });

  test('a leap day is a date only in a leap year', () => {
    expect(parseAsOf('2028-02-29', 'x')).toBe(Date.UTC(2028, 2, 1) - 1);
    expect(() => parseAsOf('2026-02-29', 'x')).toThrow('is not a date');
  });

  test('a quarter and its two dates are the same period', () => {
    expect(parsePeriod('2026-Q3', '--period')).toEqual(parsePeriod('2026-07-01..2026-09-30', '--period'));
  });

  test('a reversed period is refused', () => {
    expect(() => parsePeriod('2026-09-30..2026-07-01', '--period')).toThrow(
      'the period ends (2026-07-01) before it starts',
    );
  });

  test('any day of the calendar round-trips', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('1970-01-01T00:00:00Z'),
          max: new Date('2999-12-31T00:00:00Z'),
          noInvalidDate: true,
        }),
        (date) => {
          const text = date.toISOString().slice(0, 10);
          expect(new Date(parseAsOf(text, 'x')).toISOString()).toBe(`${text}T23:59:59.999Z`);
        },
      ),
    );
  });
});

describe('the plan', () => {
  test('classifies documents as keyproof.yaml says, as confidential if it says nothing', () => {
    const planOf = (text: string) => {
      const dir = workspace(text);
      return buildPlan({ paths: [dir], cwd: dir, nowMs: 0 }).classification;
    };
    expect(planOf('organisation: Northbridge Bank\n')).toBe('Confidential');
    expect(planOf('classification: Restricted, audit only\n')).toBe('Restricted, audit only');
    expect(() => planOf('classification: ""\n')).toThrow('keyproof.yaml:1: classification must');
  });

  test('flags beat the file', () => {
    const dir = workspace('organisation: Northbridge Bank\nasOf: 2026-06-30\nfailOn: low\n');
    const plan = buildPlan({
      cwd: dir,
      nowMs: NOW,
      paths: ['exports'],
      asOf: '2026-09-30',
      failOn: 'critical',
    });
    expect(plan).toMatchObject({
      organisation: 'Northbridge Bank',
      failOn: 'critical',
      asOfMs: Date.UTC(2026, 9, 1) - 1,
    });
  });

  test('a period that a source is said to cover must be one', () => {
    const covers = '{ period: { from: 2026-07-01, to: 2026-06-30 } }';
    const dir = workspace(`sources:\n  - { path: a.csv, covers: ${covers} }\n`);
    expect(() => buildPlan({ cwd: dir, nowMs: NOW, paths: ['exports'] })).toThrow(
      'keyproof.yaml: sources, a.csv: covers.period: the period ends (2026-06-30) before it starts (2026-07-01).',
    );
  });

  test('the time zone of a source is an offset or a name of the IANA database', () => {
    const planWith = (zone: string) => {
      const dir = workspace(`sources:\n  - { path: a.csv, timezone: ${zone} }\n`);
      return buildPlan({ cwd: dir, nowMs: NOW, paths: ['exports'] });
    };
    expect(planWith('Europe/Berlin').sources[0]?.timezone).toBe('Europe/Berlin');
    expect(planWith('"+01:00"').sources[0]?.timezone).toBe('+01:00');
    for (const zone of ['Berlin', 'Europe/Berln', 'CET']) {
      expect(() => planWith(zone)).toThrow(
        `keyproof.yaml: sources, a.csv: timezone: "${zone}" is no time zone; expected an offset such as +01:00, or a time zone such as Europe/Berlin.`,
      );
    }
  });

  test('without config the organisation is the folder and the as-of date is today', () => {
    const dir = workspace();
    const plan = buildPlan({ cwd: dir, nowMs: NOW, paths: ['exports'] });
    expect(plan).toMatchObject({
      organisation: 'exports',
      root: join(dir, 'exports'),
      asOfMs: Date.UTC(2026, 10, 24) - 1,
      period: null,
    });
  });

  test('a period without an as-of date speaks for its end', () => {
    const dir = workspace();
    expect(buildPlan({ cwd: dir, nowMs: NOW, period: '2026-Q3' }).asOfMs).toBe(Date.UTC(2026, 9, 1) - 1);
  });

  test('sources are relative to the config wherever the command runs', () => {
    const dir = workspace('sources:\n  - path: exports/keys.csv\n');
    const plan = buildPlan({
      cwd: tmpdir(),
      nowMs: NOW,
      config: join(dir, 'keyproof.yaml'),
      paths: [join(dir, 'exports')],
    });
    expect(plan.root).toBe(dir);
    expect(plan.sources).toEqual([{ path: 'exports/keys.csv' }]);
  });

  test.each([
    [{ paths: ['nowhere'] }, 'no such file or folder; check the path.'],
    [{ formats: ['pfd'] }, '--format: "pfd" is not a format; did you mean "pdf"?'],
    [{ failOn: 'hihg' }, '--fail-on: "hihg" is not a severity; did you mean "high"?'],
    [{ workers: '0' }, '--workers: "0" is not a number of threads from 1 to 64.'],
  ])('%j is refused with a sentence', (wrong, sentence) => {
    expect(() => buildPlan({ cwd: workspace(), nowMs: NOW, ...wrong })).toThrow(sentence);
  });
});
