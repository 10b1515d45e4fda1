import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { entityScope } from '../../src/assess/entity-scope.js';
import { loadFrameworks } from '../../src/assess/index.js';
import type { Control, Framework, Policy } from '../../src/model/index.js';
import { REFERENCE } from '../reference/reference.js';

/** Every rule of the book, in the order of the mapping reference. */
const POLICIES = [
  'inv-complete',
  'inv-required-fields',
  'inv-owner-assigned',
  'inv-purpose-documented',
  'inv-risk-tier-valid',
  'inv-not-shared',
  'inv-expiry-set',
  'inv-dormant-revoked',
  'inv-prefix-env-match',
  'repo-no-hardcoded-secret',
  'repo-leak-revoked',
  'repo-scan-coverage',
  'repo-precommit-scanning',
  'repo-env-ignored',
  'leak-logs-chat-clean',
  'storage-prod-in-vault',
  'storage-env-only-prod',
  'storage-encrypted-at-rest',
  'storage-hsm-critical',
  'storage-kek-separated',
  'transport-tls-min',
  'transport-no-cleartext-key',
  'transport-mtls-partner',
  'auth-short-lived-token',
  'rotation-max-age',
  'rotation-tra-documented',
  'rotation-automated',
  'rotation-sequence-complete',
  'rotation-old-revoked',
  'rotation-failure-handled',
  'rotation-version-notified',
  'rotation-drill-nonbreaking',
  'emergency-rotate-compromise',
  'emergency-rotate-departure',
  'emergency-rotate-vendor',
  'access-least-privilege',
  'access-scope-separation',
  'access-approved-justified',
  'access-review-periodic',
  'access-personnel-limited',
  'rbac-dev-no-prod',
  'rbac-ops-no-raw-read',
  'rbac-security-revoke',
  'sod-create-deploy',
  'env-key-separated',
  'env-no-live-data',
  'env-sandbox-before-prod',
  'gw-server-side-keys',
  'gw-client-tokens-distinct',
  'gw-rate-limit',
  'gw-ip-allowlist',
  'gw-request-validation',
  'gw-config-governed',
  'log-auth-events',
  'log-key-lifecycle',
  'log-five-w',
  'log-time-sync',
  'log-integrity',
  'log-retention',
  'mon-alerts-configured',
  'mon-anomaly-unhandled',
  'mon-usage-baseline',
  'ops-control-continuity',
  'ir-playbook-keys',
  'ir-tabletop',
  'ir-record-complete',
  'ir-notification-clocks',
  'ir-backup-credential',
  'vendor-due-diligence',
  'vendor-contract-terms',
  'vendor-access-offboarded',
  'vendor-regulatory-scope',
  'gov-policy-current',
  'gov-independent-assessment',
  'gov-management-reporting',
  'gov-training',
  'gov-reg-watch',
  'evidence-ipe-valid',
  'access-scopes-used',
  'mon-key-breadth',
  'mon-off-hours',
  'access-readers-approved',
  'rbac-deploy-pipeline',
  'log-grant-changes',
  'access-key-reviewed',
  'inv-routes-complete',
  'mon-refused-calls',
  'gw-inline-detection',
];

/** The rule book as `npm run generate` built it, with the elements that policies declare. */
const CATALOG = JSON.parse(
  readFileSync(new URL('../../rule-book/catalog.json', import.meta.url), 'utf8'),
) as { policies: { policy: Policy }[] };
const RULE_BOOK = CATALOG.policies.map(({ policy }) => policy);

const { frameworks } = loadFrameworks(null, { policies: RULE_BOOK });
const pci = framework('pci-dss-4.0.1');
const soc2 = framework('soc2-2017');
const eu = framework('psd2-dora');
const sox = framework('sox-itgc');
const gdpr = framework('gdpr');
const finra = framework('finra-sec');
const nydfs = framework('nydfs-500');
const iso = framework('iso-27001-2022');

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

test('the rule book has every policy of the reference', () => {
  expect(RULE_BOOK.map(({ id }) => id).sort()).toEqual([...POLICIES].sort());
});

test('every control of the catalogue is listed', () => {
  const sizes = Object.fromEntries(frameworks.map(({ id, controls }) => [id, controls.length]));
  expect(sizes).toEqual({
    'finra-sec': 25,
    gdpr: 21,
    'iso-27001-2022': 51,
    'nydfs-500': 44,
    'pci-dss-4.0.1': 112,
    'psd2-dora': 65,
    'soc2-2017': 27,
    'sox-itgc': 24,
  });
});

test.each(frameworks)('the mappings of $id change only in sight of a reviewer', async (one) => {
  const lines = one.controls.map((each) => {
    const mappings = each.policies.map(
      ({ id, grade, elements, when }) =>
        `${id}:${grade}${elements ? `[${elements.join(' ')}]` : ''}${when ? ` ${JSON.stringify(when)}` : ''}`,
    );
    const needs = each.when ? ` ${JSON.stringify(each.when)}` : '';
    return [`${each.id} ${each.status}${needs}`, ...mappings].join('\n  ');
  });
  const all = one.when ? `all ${JSON.stringify(one.when)}\n` : '';
  await expect(`${all}${lines.join('\n')}\n`).toMatchFileSnapshot(`golden/${one.id}.txt`);
});

test.each(frameworks)('every mapping of $id says what it does not show', (one) => {
  const silent = one.controls.flatMap((each) => each.policies.filter((mapping) => !mapping.limitation));
  expect(silent).toEqual([]);
});

test.each(frameworks)('$id never claims what only an assessor can', (one) => {
  expect(JSON.stringify(one)).not.toMatch(
    /\bcompliant\b|\bcertified\b|compliance score|failed criterion|\bsatisfied\b|\bfulfil/i,
  );
});

/** Mappings that overclaim whatever the grade: reference 3.1. An asterisk ends a prefix. */
const NEVER: readonly (readonly [policy: string, controls: readonly string[]])[] = [
  ['rotation-*', ['8.3.9', '8.3.10.1', '8.3.5', '8.3.7']],
  ['inv-expiry-set', ['8.3.9', '8.3.10.1', '8.3.5', '8.3.7']],
  ['storage-*', ['3.5.1', '3.4', '3.4.1', '3.4.2']],
  ['rotation-*', ['30(1)(g)', '3.7.4']],
  ['*', ['RTS-4(3)(b)', 'EBA-GL-2019-04', 'SEC-17a-3', 'SOX-802/1520', 'SOX-404(b)']],
  // Secrets in environment variables, code or logs are no stored PAN.
  ['*', ['3.5.1', '3.4', '3.4.1']],
  // Two-factor rules for payers, and the certificate of a third-party provider, which no key replaces.
  ['rotation-*', ['PSD2-97', 'RTS-34', 'RTS-26', 'RTS-23']],
  ['storage-*', ['RTS-34', '30(1)(g)']],
  ['inv-owner-assigned', ['RTS-34', '8.2.1']],
  // A leaked key is not by itself a breach to notify.
  ['repo-*', ['33(1)', '33(2)', '34(1)', 'DORA-19(4)', 'IRR-5', 'S-P-30(a)(4)', 'FINRA-4530(b)']],
  // Records of processing, retention and required records are not about the age or place of a key.
  ['rotation-*', ['5(1)(e)', 'SEC-17a-4(f)', 'FINRA-4511', 'SOX-802/1519', 'S-P-30(b)', 'S-ID-201']],
  ['inv-dormant-revoked', ['S-P-30(b)', '5(1)(e)']],
  // Rules on users' passwords, IDs and factors, and on lock-out: no short token, certificate or log of attempts answers them.
  ['auth-short-lived-token', ['8.3.9', '8.3.10.1', '8.3.4', '8.4.2']],
  ['transport-mtls-partner', ['8.3.11', '8.4.2']],
  ['inv-not-shared', ['8.2.1', '8.2.3', '8.3.11']],
  ['log-auth-events', ['8.3.4', '10.2.1.3']],
  ['emergency-rotate-*', ['8.3.9', '8.3.10.1', '3.7.4']],
  // A well-kept API key says nothing of how keys for stored account data are made, handed over, stored and held by custodians.
  ['storage-*', ['3.6.1.3', '3.6.1.4', '3.7.1', '3.7.3']],
  ['rotation-*', ['3.7.1', '3.7.2', '3.7.7']],
  ['access-personnel-limited', ['3.6.1.3', '3.7.8']],
  ['sod-create-deploy', ['3.7.7', '3.7.8', '6.2.3.1']],
  // An inventory of keys is none of software or of certificates.
  ['inv-*', ['4.2.1.1', '6.3.2', '12.3.3']],
  // Rotation and short tokens answer neither password rules nor a second factor, a leak or an exercise is no notice.
  ['rotation-*', ['500.7(b)', '500.12(a)', '500.17(a)(1)']],
  ['auth-short-lived-token', ['500.7(b)', '500.12(a)']],
  ['repo-*', ['500.17(a)(1)']],
  ['emergency-rotate-*', ['500.17(a)(1)']],
  // Rotation, exercises and records after a leak are not the notification of a breach.
  [
    'leak-logs-chat-clean',
    ['33(1)', '33(2)', '34(1)', 'DORA-19(4)', 'IRR-5', 'S-P-30(a)(4)', 'FINRA-4530(b)'],
  ],
  ['emergency-rotate-compromise', ['33(1)', '33(2)', '34(1)', 'DORA-19(4)', 'IRR-5', 'S-P-30(a)(4)']],
  ['ir-tabletop', ['33(1)', '33(2)', '34(1)', 'DORA-19(4)', 'IRR-5', 'S-P-30(a)(4)', 'FINRA-4530(b)']],
  ['ir-record-complete', ['33(1)', '33(2)', '34(1)', 'DORA-19(4)', 'IRR-5', 'S-P-30(a)(4)', 'FINRA-4530(b)']],
  [
    'ir-backup-credential',
    ['33(1)', '33(2)', '34(1)', 'DORA-19(4)', 'IRR-5', 'S-P-30(a)(4)', 'FINRA-4530(b)'],
  ],
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

/** Listed in the catalogue, and no rule may be mapped to them: reference 1.1 to 1.6. */
const UNMAPPED = [
  ...'2.2.2 3.6.1.3 3.6.1.4 3.7.1 3.7.2 3.7.3 3.7.4 3.7.7 3.7.8 3.7.9 6.2.3.1 6.3.2 7.3.1 7.3.3 8.2.1 8.2.3'.split(
    ' ',
  ),
  ...'8.3.4 8.3.9 8.3.11 10.1.1 10.2.1.3 10.4.2 10.4.2.1 12.1.3 12.3.2 C1.1 C1.2'.split(' '),
  ...'PSD2-21 PSD2-66(3) PSD2-68(5) PSD2-95 PSD2-97 RTS-23 RTS-26 RTS-30(2)(c) DORA-17(1)'.split(' '),
  ...'SOX-404(b) COBIT-BAI06.01 SEC-17a-3 S-P-30(b) S-ID-201'.split(' '),
  ...'500.7(a)(5) 500.7(b) 500.7(c)(2) 500.12(a) 500.13(b) 500.14(a)(2) 500.14(b)(1) 500.15(b)'.split(' '),
  '500.17(a)(2)',
];

/** Listed so that nobody looks for them in vain; the file says what holds instead. */
const REPLACED = ['EBA-GL-2019-04', 'SOX-802/1520'];

test.each(REPLACED)('%s does not apply, and the file says why', (id) => {
  const found = frameworks.flatMap((one) => one.controls).find((each) => each.id === id);
  expect(found).toMatchObject({ status: 'not-applicable', policies: [] });
  expect(found?.applicability).toMatch(/superseded|narrowed|binds auditors/i);
});

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

/** Facts that every mapping of these controls needs, whatever policy is mapped: reference, section 0 and the notes of 1.2. */
const NEEDS: readonly (readonly [framework: Framework, controls: RegExp, when: object])[] = [
  [sox, /./, { icfr_relevant: [true] }],
  [gdpr, /./, { personal_data: [true] }],
  [gdpr, /^(5\(2\)|24|25|28\(1\)|33\(1\)|33\(5\)|34|35)/, { gdpr_role: ['controller', 'both'] }],
  [gdpr, /^33\(2\)$/, { gdpr_role: ['processor', 'both'] }],
  [eu, /^(DORA|RMF|IRR|ICR)-/, { eu_financial_entity: [true] }],
  [eu, /^DORA-30\(3\)$/, { critical_or_important_function: [true] }],
  [eu, /^(PSD2-(?!96)|RTS-)/, { payment_service_provider: [true] }],
  [eu, /^RTS-2[2-7]$/, { customer_credential: [true] }],
  [eu, /^RTS-3[0-6]/, { tpp_aspsp_interface: [true] }],
  [finra, /^(FINRA|RN|NTM|AROR)-/, { finra_member: [true] }],
  [finra, /^SEC-17a-/, { broker_dealer: [true] }],
  [finra, /^SEC-15c3-5/, { market_access: [true] }],
  [finra, /^S-P-/, { covered_institution: [true] }],
  [nydfs, /./, { nydfs_covered_entity: [true] }],
  [nydfs, /^500\.(4|5|6|8|14\(a\)\([12]\)|15|16)/, { nydfs_class: ['class-a', 'standard'] }],
  [nydfs, /^500\.(2\(c\)|7\(c\)|14\(b\))/, { nydfs_class: ['class-a'] }],
  [iso, /./, { iso_27001_isms: [true] }],
  [pci, /^(3\.6\.1\.1|3\.7\.9|8\.2\.3|12\.4\.2|12\.9\.2)$/, { service_provider: [true] }],
];

test.each(NEEDS.map(([one, ids, when]) => ({ one, ids, when, id: one.id })))(
  '$id: $ids counts only where $when is known',
  ({ one, ids, when }) => {
    const concerned = one.controls.filter((each) => ids.test(each.id));
    expect(concerned.length).toBeGreaterThan(0);
    for (const each of concerned) expect({ ...one.when, ...each.when }, each.id).toMatchObject(when);
  },
);

test('the labels of audit convention say that they are no citation, and only they do', () => {
  const labels = frameworks.flatMap((one) => one.controls).filter((each) => each.verification === 'L');
  expect(labels).toHaveLength(11);
  const said = frameworks
    .flatMap((one) => one.controls)
    .filter((each) => each.title.endsWith('(audit convention, not a citation)'));
  expect(said.map(({ id }) => id)).toEqual(labels.map(({ id }) => id));
});

test('a control whose text nobody read says so where it is printed', () => {
  const controls = frameworks.flatMap((one) => one.controls);
  for (const each of controls.filter(({ verification }) => verification === 'M'))
    expect(each.applicability, each.id).toContain('cited from memory, confirm in the primary text');
  for (const each of controls.filter(({ verification }) => verification.startsWith('S:')))
    expect(each.applicability, each.id).toContain('id and effect read in secondary sources');
});

test('no control is called automated: exports hold keys, not every account', () => {
  const automated = frameworks.flatMap((one) => one.controls.filter(({ status }) => status === 'automated'));
  expect(automated.map(({ id }) => id)).toEqual([]);
});

test('each audience reads its own words', () => {
  expect(sox.vocabulary.exception).toBe('ITGC exception (severity for management to evaluate)');
  expect(frameworks.filter(({ severityLeftToPeople }) => severityLeftToPeople)).toEqual([sox]);
  expect(gdpr.vocabulary['evidence-supports']).toContain('adequacy for the controller to assess');
  expect(finra.vocabulary['evidence-supports']).toContain('supports the WSPs');
  expect(sox.disclaimer).toMatch(/control deficiency, a significant deficiency or a material weakness/);
  expect(eu.disclaimer).toMatch(/independent audit and the competent authority/);
});

test('PSD2-96 binds only a payment service provider that DORA does not', () => {
  expect(control(eu, 'PSD2-96')).toMatchObject({
    when: { payment_service_provider: [true], eu_financial_entity: [false] },
    policies: [{ id: 'ir-notification-clocks', elements: ['psd2-authority'] }],
  });
});

test('every framework states the law it was read in, and when', () => {
  for (const { id, state, read } of frameworks) {
    expect(state, id).toMatch(/[.]$/);
    expect(read, id).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});

test('rows that a published proposal is to replace name it', () => {
  const rows = eu.controls.filter(({ group }) => group === 'PSD2' || group === 'RTS');
  expect(rows.length).toBeGreaterThan(15);
  const silent = rows.filter(({ id }) => !id.startsWith('EBA'));
  expect(
    silent.filter(({ applicability }) => !applicability.includes('payment services regulation')),
  ).toEqual([]);
});

test('every id that is short says what it stands for', () => {
  for (const one of [eu, finra, sox, nydfs, iso]) {
    const prefixes = Object.keys(one.short_ids ?? {});
    const unknown = one.controls.filter(({ id }) => !prefixes.some((prefix) => id.startsWith(prefix)));
    expect(unknown.map(({ id }) => id)).toEqual([]);
  }
});

test('words of PCI DSS that its template defines are suggested to the assessor, never used for a verdict', () => {
  const defined = /Not Tested|In Place|Not in Place|Not Applicable/;
  for (const words of Object.values(pci.vocabulary)) expect(words).not.toMatch(defined);
  expect(pci.suggestions).toEqual({ exception: 'Not in Place', 'evidence-supports': 'In Place' });
});

test('duties of the GDPR are called duties, measures only those of Articles 24, 25 and 32', () => {
  const measures = gdpr.controls.filter(({ wording }) => wording === 'measure');
  for (const { id } of measures) expect(id).toMatch(/^(24|25|32)/);
  const others = gdpr.controls.filter(({ wording }) => wording !== 'measure');
  for (const { id, wording } of others) expect(wording, id).toBe('duty');
});

test('information produced by the entity is no IT general control', () => {
  expect(control(sox, 'AS1105.10').wording).toBe('ipe');
  const itgc = sox.controls.filter(({ wording }) => wording === undefined);
  for (const { id } of itgc) expect(id).toMatch(/^ITGC-/);
});

test('the limited exemption of 500.19(a) takes away no other section than it names', () => {
  const kept = nydfs.controls.filter(({ when }) => when === undefined).map(({ id }) => id);
  expect(kept).not.toEqual([]);
  for (const id of kept) expect(id).toMatch(/^500\.(2|3|7|9|11|12|13|14\(a\)\(3\)|17)(\(|$)/);
});

test.each([
  ['class-a', []],
  ['standard', ['500.2(c)', '500.7(c)', '500.14(b)(2)']],
  ['limited-exemption', ['500.2(c)', '500.7(c)', '500.14(b)(2)', '500.6(a)(2)', '500.15(a)']],
])('of a covered entity of class %s, sections that do not bind it are not applicable', (nydfsClass, ids) => {
  const facts = { nydfs_covered_entity: [true], nydfs_class: [nydfsClass] };
  const shown = ['500.2(c)', '500.7(c)', '500.14(b)(2)', '500.6(a)(2)', '500.15(a)', '500.17(a)(1)'];
  const out = shown.filter((id) => entityScope(nydfs, control(nydfs, id), facts).against.length > 0);
  expect(out).toEqual(ids);
});

test('a limit of keyproof is no exception where the text fixes none', () => {
  const own = frameworks.filter(({ observation }) => observation !== undefined).map(({ id }) => id);
  expect(own).toEqual(frameworks.map(({ id }) => id).filter((id) => id !== 'pci-dss-4.0.1'));
});

test('a limitation, printed beside failures too, says whether something holds and never that it does', () => {
  const claims =
    /(?<!nothing )\bshows that\b|^(an?|the|documents?|approved|dated)\b[^;:]*\b(is|are) on record\b/i;
  const claiming = frameworks.flatMap(({ id, controls }) =>
    controls.flatMap((each) =>
      each.policies
        .filter(({ limitation }) => claims.test(limitation ?? ''))
        .map((mapping) => `${id} ${each.id} ${mapping.id}: ${mapping.limitation}`),
    ),
  );
  expect(claiming).toEqual([]);
});

test('of the rule on records of broker-dealers, only logs designated such a record count', () => {
  const finra = frameworks.find(({ id }) => id === 'finra-sec');
  const found = finra?.controls
    .filter(({ id }) => id === 'SEC-17a-4(f)')
    .flatMap(({ policies }) => policies.filter(({ id }) => id === 'log-integrity'));
  expect(found).toMatchObject([{ grade: 'partial', elements: ['required-change', 'required-deletion'] }]);
});

test('controls of Annex A are written as Table A.1 prints them', () => {
  for (const { id } of iso.controls) expect(id).toMatch(/^[568]\.[1-9]\d?$/);
});

test('a dormant key is no more than an analogy for inactive user accounts', () => {
  expect(control(pci, '8.2.6').policies).toMatchObject([{ id: 'inv-dormant-revoked', grade: 'supporting' }]);
});

test('no SOC 2 criterion is called automated: a criterion is more than its evidence', () => {
  expect(soc2.controls.filter((each) => each.status === 'automated')).toEqual([]);
});

describe('against the reviewed reference', () => {
  test.each(frameworks)(
    '$id lists exactly its controls, with their verification codes',
    ({ id, controls }) => {
      expect(controls.map((each) => [each.id, each.verification])).toEqual(REFERENCE.controls[id]);
    },
  );

  test.each(frameworks)('$id has exactly the grades given there', ({ id, controls }) => {
    const given = REFERENCE.rules.flatMap((rule) =>
      (rule.controls[id] ?? []).map(([control, grade]) => `${control} ${rule.id} ${grade}`),
    );
    const ours = controls.flatMap((each) =>
      each.policies.map((mapping) => `${each.id} ${mapping.id} ${mapping.grade}`),
    );
    expect(ours.sort()).toEqual(given.sort());
  });

  test('the rules are those of the book', () => {
    expect(REFERENCE.rules.map(({ id }) => id)).toEqual(POLICIES);
  });
});
