import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadFrameworks } from '../../src/assess/index.js';
import type { Control, Framework } from '../../src/model/index.js';

const POLICIES = [
  'inv-owner-assigned',
  'inv-expiry-set',
  'inv-dormant-revoked',
  'repo-no-hardcoded-secret',
  'repo-scan-coverage',
  'storage-prod-in-vault',
  'storage-encrypted-at-rest',
  'transport-tls-min',
  'rotation-max-age',
  'rotation-old-revoked',
  'emergency-rotate-departure',
  'access-least-privilege',
  'access-review-periodic',
  'rbac-dev-no-prod',
  'env-key-separated',
  'gw-rate-limit',
  'gw-ip-allowlist',
  'log-five-w',
  'mon-alerts-configured',
  'ir-record-complete',
  'vendor-access-offboarded',
  'gov-policy-current',
];

const { frameworks } = loadFrameworks(null, { policyIds: POLICIES });
const pci = framework('pci-dss-4.0.1');
const soc2 = framework('soc2-2017');

function framework(id: string): Framework {
  const found = frameworks.find((one) => one.id === id);
  if (!found) throw new Error(`${id} is not shipped`);
  return found;
}

function control(of: Framework, id: string): Control {
  const found = of.controls.find((one) => one.id === id);
  if (!found) throw new Error(`${of.id} has no ${id}`);
  return found;
}

const policyFolder = fileURLToPath(new URL('../../policies', import.meta.url));

test('every policy named by a mapping is in the rule book', () => {
  const sources = readdirSync(policyFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.rego') && !file.endsWith('_test.rego'))
    .map((file) => readFileSync(`${policyFolder}/${file}`, 'utf8'));
  const policyIds = sources.flatMap((source) => /^#\s+id: (\S+)$/m.exec(source)?.[1] ?? []);
  expect(loadFrameworks(null, { policyIds }).frameworks).toHaveLength(frameworks.length);
});

test('every requirement and criterion of the catalogue is listed', () => {
  expect(pci.controls).toHaveLength(104);
  expect(soc2.controls).toHaveLength(27);
});

test.each(frameworks)('the mappings of $id change only in sight of a reviewer', async (one) => {
  const lines = one.controls.map((each) => {
    const mappings = each.policies.map(
      ({ id, grade, when }) => `${id}:${grade}${when ? ` ${JSON.stringify(when)}` : ''}`,
    );
    return [`${each.id} ${each.status}`, ...mappings].join('\n  ');
  });
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`golden/${one.id}.txt`);
});

test.each(frameworks)('every mapping of $id says what it does not show', (one) => {
  const silent = one.controls.flatMap((each) => each.policies.filter((mapping) => !mapping.limitation));
  expect(silent).toEqual([]);
});

test.each(frameworks)('$id never claims what only an assessor can', (one) => {
  expect(JSON.stringify(one)).not.toMatch(/\bcompliant\b|\bcertified\b|compliance score|failed criterion/i);
});

/** Mappings that overclaim whatever the grade: reference 3.1. An asterisk ends a prefix. */
const NEVER: readonly (readonly [policy: string, controls: readonly string[]])[] = [
  ['rotation-*', ['8.3.9', '8.3.10.1', '8.3.5', '8.3.7']],
  ['inv-expiry-set', ['8.3.9', '8.3.10.1', '8.3.5', '8.3.7']],
  ['storage-*', ['3.5.1', '3.4', '3.4.1', '3.4.2']],
  ['rotation-*', ['30(1)(g)', '3.7.4']],
  ['*', ['RTS-4(3)(b)', 'PSD2-96', 'EBA-GL-2019-04', 'SEC-17a-3']],
];

test.each(NEVER)('%s is no evidence for %s', (policy, controls) => {
  const matches = (id: string) => (policy.endsWith('*') ? id.startsWith(policy.slice(0, -1)) : id === policy);
  const mapped = frameworks.flatMap((one) =>
    one.controls
      .filter((each) => controls.includes(each.id) && each.policies.some((mapping) => matches(mapping.id)))
      .map((each) => each.id),
  );
  expect(mapped).toEqual([]);
});

/** Listed in the catalogue, and no rule may be mapped to them: reference 1.1 and 1.3. */
const UNMAPPED = [
  ...'2.2.2 3.6.1.3 3.6.1.4 3.7.1 3.7.2 3.7.3 3.7.4 3.7.7 3.7.8 3.7.9 6.2.3.1 6.3.2 7.3.1 7.3.3 8.2.1 8.2.3'.split(
    ' ',
  ),
  ...'8.3.4 8.3.9 8.3.11 10.1.1 10.2.1.3 10.4.2 10.4.2.1 12.1.3 12.3.2 C1.1 C1.2'.split(' '),
];

test.each(UNMAPPED)('%s is left to a person', (id) => {
  const found = frameworks.flatMap((one) => one.controls).filter((each) => each.id === id);
  expect(found.map(({ status, policies }) => ({ status, policies }))).toEqual([
    { status: 'manual', policies: [] },
  ]);
});

describe('PCI DSS mappings hold only for the subjects the requirement is about', () => {
  const GATES: readonly (readonly [controls: RegExp, when: object])[] = [
    [/^3\.[67]\./, { protects_stored_account_data: [true] }],
    [/^(4\.2\.1|6\.5\.5)$/, { carries_pan: [true] }],
    [/^(8\.2\.1|8\.2\.5|8\.2\.6|8\.3\.9|7\.2\.4)$/, { account_kind: ['user'] }],
    [/^(7\.2\.5|7\.2\.5\.1|8\.6\.3)$/, { account_kind: ['application', 'system', 'unknown'] }],
    [/^8\.6\.[12]$/, { interactive_login_capable: [true, 'unknown'] }],
  ];

  test.each(GATES)('%s', (ids, when) => {
    const mappings = pci.controls.filter((each) => ids.test(each.id)).flatMap((each) => each.policies);
    expect(mappings.length).toBeGreaterThan(0);
    for (const mapping of mappings) expect(mapping.when).toMatchObject(when);
  });

  test('nothing counts without a known PCI scope', () => {
    expect(pci.when).toEqual({ pci_scope: ['cde', 'connected'] });
  });
});

test('a dormant key is no more than an analogy for inactive user accounts', () => {
  expect(control(pci, '8.2.6').policies).toMatchObject([{ id: 'inv-dormant-revoked', grade: 'supporting' }]);
});

test('no SOC 2 criterion is called automated: a criterion is more than its evidence', () => {
  expect(soc2.controls.filter((each) => each.status === 'automated')).toEqual([]);
});

const reference = new URL('../../../shared/reference/controls.json', import.meta.url);

type Reference = {
  controls: { [framework: string]: { id: string; verification: string }[] };
  rules: { slug: string; maps: { [framework: string]: { id: string; strength: string }[] } }[];
};

describe.skipIf(!existsSync(reference))('against ../shared/reference/controls.json', () => {
  const catalogue = existsSync(reference)
    ? (JSON.parse(readFileSync(reference, 'utf8')) as Reference)
    : { controls: {}, rules: [] };

  const pairs = [
    { one: pci, name: 'PCI DSS v4.0.1' },
    { one: soc2, name: 'SOC 2 (TSC 2017, PoF 2022)' },
  ];

  test.each(pairs)('$one.id lists exactly its controls, with their verification codes', ({ one, name }) => {
    const listed = one.controls.map(({ id, verification }) => ({ id, verification }));
    expect(listed).toEqual(
      (catalogue.controls[name] ?? []).map(({ id, verification }) => ({ id, verification })),
    );
  });

  test.each(pairs)(
    '$one.id has exactly the grades given there for the policies that exist',
    ({ one, name }) => {
      const given = catalogue.rules
        .filter((rule) => POLICIES.includes(rule.slug))
        .flatMap((rule) => (rule.maps[name] ?? []).map((map) => `${map.id} ${rule.slug} ${map.strength}`));
      const ours = one.controls.flatMap((each) =>
        each.policies.map((mapping) => `${each.id} ${mapping.id} ${mapping.grade}`),
      );
      expect(ours.sort()).toEqual(given.sort());
    },
  );
});
