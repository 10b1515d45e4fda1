import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../dist/opa/index.js';
import { assess, loadFrameworks } from '../../src/assess/index.js';
import { evaluatedElements } from '../../src/evaluate/element-outcomes.js';
import { toObservation } from '../../src/evaluate/to-observation.js';
import type {
  CompiledPolicies,
  ControlResult,
  Framework,
  Grade,
  Observation,
  Policy,
} from '../../src/model/index.js';
import { builtRuleBook } from '../policies/built-rule-book.js';
import { exampleDossier, policyFolders } from '../policies/rule-book.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { plan } from './fixtures.js';
import { memoryStore, type TestSubject } from './memory-store.js';

/**
 * What a reading of the catalogue against the texts found wrong, case by case: a control fails for what it asks, and for nothing
 * beside it. The first table is about sentences and grades; the second has a policy judge a dossier and frameworks judge the answer.
 */

const FRAMEWORKS = {
  PCI: 'pci-dss-4.0.1',
  EU: 'psd2-dora',
  SOC2: 'soc2-2017',
  SOX: 'sox-itgc',
  GDPR: 'gdpr',
  US: 'finra-sec',
} as const;

type Name = keyof typeof FRAMEWORKS;

const CATALOG = JSON.parse(
  readFileSync(new URL('../../rule-book/catalog.json', import.meta.url), 'utf8'),
) as { policies: { policy: Policy }[] };
const POLICIES = CATALOG.policies.map(({ policy }) => policy);
const LOADED = loadFrameworks(Object.values(FRAMEWORKS), { policies: POLICIES });

/** What is expected of one mapping: its grade, the elements it takes or leaves, and words of its limitation or title. */
type Reading = {
  grade: Grade;
  takes?: string[];
  leaves?: string[];
  says?: RegExp;
  unsaid?: RegExp;
  title?: RegExp;
};

const reading = (grade: Grade, rest: Omit<Reading, 'grade'> = {}): Reading => ({ grade, ...rest });

const READINGS: readonly (readonly [of: Name, control: string, policy: string, expected: Reading])[] = [
  // Sharing a key is not sharing the account of a person, and an admitted exception is not examined.
  ['PCI', '8.2.2', 'inv-not-shared', reading('supporting', { says: /accounts of people/ })],
  // The readiness of a plan is not how fast somebody reported an incident, least of all to another regime.
  ['PCI', '12.10.1', 'ir-notification-clocks', reading('supporting', { takes: ['card-brands'] })],
  ['PCI', '11.5.2', 'gw-config-governed', reading('supporting')],
  ['PCI', '10.2.1.2', 'log-auth-events', reading('supporting')],
  // Whether the approver was authorised is the object of the requirement.
  [
    'PCI',
    '7.2.3',
    'access-approved-justified',
    reading('partial', { says: /whether that person was authorised/ }),
  ],
  ['PCI', '7.2.3', 'sod-create-deploy', reading('supporting', { leaves: ['number'] })],
  [
    'PCI',
    '7.2.2',
    'rbac-ops-no-raw-read',
    reading('partial', { says: /a person of any role .* without break-glass/ }),
  ],
  // How many approvers is no number of the standard.
  [
    'PCI',
    '6.5.4',
    'sod-create-deploy',
    reading('partial', { leaves: ['number'], says: /how many approvers/ }),
  ],
  ['PCI', '6.5.4', 'rbac-dev-no-prod', reading('partial', { says: /applicability note/ })],
  ['PCI', '8.6.2', 'leak-logs-chat-clean', reading('supporting')],
  ['PCI', '10.4.1', 'mon-usage-baseline', reading('supporting', { says: /no review/ })],
  ['PCI', '2.2.7', 'transport-tls-min', reading('supporting', { says: /not administrator consoles/ })],
  ['PCI', '8.3.2', 'gw-server-side-keys', reading('partial', { says: /what the client calls itself/ })],
  ['EU', 'DORA-9(4)(d)', 'rotation-max-age', reading('supporting', { says: /the limit in force/ })],
  ['EU', 'RTS-30(5)', 'env-sandbox-before-prod', reading('supporting')],
  ['EU', 'RMF-13(1)', 'transport-tls-min', reading('partial', { says: /other connections are not seen/ })],
  // Accountability for a key is not accountability for each action.
  ['EU', 'RMF-21', 'inv-owner-assigned', reading('supporting')],
  [
    'EU',
    'RMF-21',
    'access-scope-separation',
    reading('supporting', { says: /accounts or balances with moving money/ }),
  ],
  ['EU', 'DORA-17(2)', 'repo-leak-revoked', reading('partial', { title: /handled and followed up/ })],
  // No legal basis is asked for; business functions are.
  [
    'EU',
    'DORA-8(1)',
    'inv-purpose-documented',
    reading('partial', { leaves: ['basis'], title: /business functions/ }),
  ],
  [
    'EU',
    'PSD2-67(2)',
    'vendor-regulatory-scope',
    reading('supporting', { title: /sensitive payment data, no other purpose/ }),
  ],
  ['EU', 'RMF-7', 'emergency-rotate-compromise', reading('supporting', { says: /cryptographic/ })],
  ['EU', 'RMF-7', 'rotation-max-age', reading('supporting', { says: /the limit in force/ })],
  ['SOC2', 'CC6.1', 'log-auth-events', reading('supporting')],
  ['SOC2', 'CC4.1', 'repo-scan-coverage', reading('partial', { says: /one recurring evaluation/ })],
  ['SOC2', 'CC6.6', 'transport-no-cleartext-key', reading('partial')],
  // A review is how one sees that access is withdrawn; the criterion itself names none, and no frequency.
  [
    'SOC2',
    'CC6.2',
    'access-review-periodic',
    reading('partial', { title: /^(?!.*review)/, says: /names no frequency/ }),
  ],
  ['SOC2', 'CC6.1', 'rotation-sequence-complete', reading('partial', { takes: ['revocation'] })],
  ['SOC2', 'CC7.4', 'ir-notification-clocks', reading('partial', { leaves: ['dora-classification'] })],
  ['SOC2', 'CC2.1', 'inv-required-fields', reading('partial')],
  ['SOX', 'ITGC-APD-4', 'access-least-privilege', reading('partial')],
  ['SOX', 'ITGC-APD-4', 'inv-required-fields', reading('supporting')],
  ['SOX', 'ITGC-CM-1', 'repo-no-hardcoded-secret', reading('supporting')],
  [
    'SOX',
    'SOX-404(a)',
    'gov-independent-assessment',
    reading('supporting', { says: /not management's own/ }),
  ],
  [
    'SOX',
    'ITGC-APD-5',
    'rotation-max-age',
    reading('partial', { unsaid: /entity's own|company's own limit/ }),
  ],
  ['SOX', 'ITGC-APD-6', 'access-scope-separation', reading('supporting', { says: /no incompatible duties/ })],
  ['GDPR', '5(2)', 'inv-complete', reading('supporting')],
  // The ability to ensure, of systems and services, and not an outcome.
  ['GDPR', '32(1)(b)', 'gw-rate-limit', reading('supporting', { title: /systems and services can be kept/ })],
  ['GDPR', '5(1)(c)', 'access-least-privilege', reading('supporting')],
  ['GDPR', '33(5)', 'ir-record-complete', reading('direct', { takes: ['facts', 'effects', 'remedy'] })],
  ['GDPR', '32(1)(b)', 'repo-leak-revoked', reading('partial', { says: /the limits in force/ })],
  ['US', 'S-P-30(a)(5)', 'emergency-rotate-vendor', reading('partial', { takes: ['notice'] })],
  ['US', 'S-P-30(a)(1)', 'repo-no-hardcoded-secret', reading('supporting')],
  ['US', 'FINRA-4370', 'ir-backup-credential', reading('supporting')],
  ['US', 'FINRA-3110(a)', 'log-five-w', reading('supporting')],
  ['US', 'FINRA-3120', 'repo-scan-coverage', reading('supporting')],
  // Storage limitation is about too long, never about too short.
  ['GDPR', '5(1)(e)', 'log-retention', reading('partial', { takes: ['reason'] })],
  // One rule, four requirements: readers, change and deletion, a central store, change detection.
  ['PCI', '10.3.1', 'log-integrity', reading('partial', { takes: ['readers'] })],
  ['PCI', '10.3.2', 'log-integrity', reading('direct', { takes: ['change', 'deletion'] })],
  ['PCI', '10.3.3', 'log-integrity', reading('partial', { takes: ['central'] })],
  ['PCI', '10.3.4', 'log-integrity', reading('supporting')],
  // What is beside the requirement supports it at most.
  ['PCI', '6.5.6', 'env-no-live-data', reading('supporting')],
  ['PCI', '7.1.1', 'gov-policy-current', reading('supporting')],
  ['PCI', '8.1.1', 'gov-policy-current', reading('supporting')],
  ['PCI', '12.1.2', 'gov-policy-current', reading('supporting')],
  ['PCI', '11.4.3', 'gov-independent-assessment', reading('supporting', { leaves: ['findings'] })],
  ['PCI', '11.4.4', 'gov-independent-assessment', reading('supporting', { takes: ['findings'] })],
  ['PCI', '12.8.1', 'vendor-due-diligence', reading('supporting')],
  ['PCI', '12.8.3', 'vendor-due-diligence', reading('partial', { takes: ['assessment'] })],
  ['PCI', '12.8.4', 'vendor-due-diligence', reading('partial', { takes: ['card-attestation'] })],
  ['PCI', '12.10.3', 'rbac-security-revoke', reading('supporting')],
  ['PCI', '7.2.5.1', 'inv-dormant-revoked', reading('supporting')],
  ['PCI', '8.2.4', 'rotation-old-revoked', reading('supporting')],
  ['PCI', '8.2.4', 'rotation-sequence-complete', reading('supporting')],
  ['PCI', '1.4.2', 'gw-ip-allowlist', reading('supporting')],
  ['PCI', '10.2.1', 'log-auth-events', reading('supporting')],
  ['PCI', '10.4.1', 'mon-anomaly-unhandled', reading('supporting')],
  ['EU', 'DORA-28(3)', 'vendor-due-diligence', reading('supporting')],
  ['EU', 'RMF-22', 'ir-playbook-keys', reading('supporting')],
  ['EU', 'RTS-3', 'gov-independent-assessment', reading('supporting')],
  ['EU', 'DORA-13(2)', 'ir-record-complete', reading('supporting')],
  ['SOX', 'ITGC-APD-3', 'inv-dormant-revoked', reading('supporting')],
  ['GDPR', '24(1)', 'gov-policy-current', reading('supporting')],
  // A response is a programme carried out: a plan, its records and one step of it are each a part.
  ['SOC2', 'CC7.4', 'ir-record-complete', reading('partial')],
  ['SOC2', 'CC7.4', 'ir-playbook-keys', reading('partial')],
  ['SOC2', 'CC7.4', 'emergency-rotate-compromise', reading('partial')],
  // Used scopes are compared by another rule.
  ['PCI', '7.2.5', 'access-least-privilege', reading('partial', { says: /whether a scope is used/ })],
  ['SOC2', 'CC6.1', 'access-least-privilege', reading('partial', { says: /whether a scope is used/ })],
  ['SOC2', 'CC6.3', 'access-least-privilege', reading('partial', { says: /whether a scope is used/ })],
  ['PCI', '7.2.5', 'access-scope-separation', reading('supporting', { unsaid: /reading with writing/ })],
  // What the rule does test is not said to be untested.
  [
    'PCI',
    '7.2.4',
    'access-review-periodic',
    reading('partial', {
      takes: ['half-yearly', 'reviewer', 'decision', 'removal', 'acknowledgement'],
      unsaid: /acknowledged it is not tested/,
    }),
  ],
  [
    'PCI',
    '7.2.5.1',
    'access-review-periodic',
    reading('partial', { unsaid: /acknowledged it is not tested/ }),
  ],
  [
    'PCI',
    '10.7.2',
    'ops-control-continuity',
    reading('partial', { takes: ['reports'], says: /were reported to somebody/ }),
  ],
  ['EU', 'RMF-12', 'log-retention', reading('partial', { takes: ['reason'], unsaid: /the entity set/ })],
];

describe('what one mapping shows', () => {
  test.each(READINGS)('%s %s <- %s', (of, id, policy, expected) => {
    const control = framework(of).controls.find((one) => one.id === id);
    const mapping = control?.policies.find((one) => one.id === policy);
    const { grade, takes, leaves = [], says = /./, unsaid = /^$/, title = /./ } = expected;
    expect(mapping?.grade).toBe(grade);
    if (takes !== undefined) expect(mapping?.elements).toEqual(takes);
    for (const element of leaves) expect(mapping?.elements).not.toContain(element);
    expect(mapping?.limitation).toMatch(says);
    expect(mapping?.limitation).not.toMatch(unsaid);
    expect(control?.title).toMatch(title);
  });
});

/**
 * Of the frameworks named, every control that one answer of a policy makes an exception, and every one of which it states a failure of
 * a default and no exception (`observed`): these, and no other. The policy judges one of its examples, by keyproof's limits.
 */
type Case = {
  about: string;
  example: string;
  exceptions: { [N in Name]?: string };
  observed?: { [N in Name]?: string };
};

const CASES: readonly Case[] = [
  {
    about: 'a DORA report sent late is about DORA reports alone',
    example: 'ir_notification_clocks/fail-later-dora-reports-late',
    exceptions: { PCI: '', GDPR: '', EU: 'DORA-19(4) IRR-5', US: '' },
  },
  {
    about: 'a missing decision on a DORA report is no missing classification',
    example: 'ir_notification_clocks/fail-no-decision-under-dora',
    exceptions: { PCI: '', GDPR: '', EU: 'DORA-19(4) IRR-5' },
  },
  {
    about: 'an authority told of a breach late says nothing of data subjects, processors and DORA',
    example: 'ir_notification_clocks/fail-authority-told-after-five-days',
    exceptions: { PCI: '', GDPR: '33(1)', EU: '', US: '' },
  },
  {
    about: 'a form of the SEC sent late is about that form',
    example: 'ir_notification_clocks/fail-form-8-k-on-the-fifth-business-day',
    exceptions: { US: 'SEC-8-K-1.05', EU: '', GDPR: '' },
  },
  {
    about:
      'an incident classified more than a day after awareness is reported within four hours of classification',
    example: 'ir_notification_clocks/attested-classified-more-than-a-day-after-awareness',
    exceptions: { EU: '' },
  },
  {
    about: 'a final report whose limit ends on a weekend is in time by noon of the next working day',
    example: 'ir_notification_clocks/attested-final-report-after-a-weekend',
    exceptions: { EU: '' },
  },
  {
    about: 'of a payment institution the other reports wait for noon of Monday too',
    example: 'ir_notification_clocks/attested-payment-institution-by-noon-on-monday',
    exceptions: { EU: '' },
  },
  {
    about: 'of a credit institution they do not',
    example: 'ir_notification_clocks/fail-credit-institution-on-the-monday-after',
    exceptions: { EU: 'DORA-19(4) IRR-5' },
  },
  {
    about: 'FINRA is told of violations that were concluded, not of each incident',
    example: 'ir_notification_clocks/attested-finra-asked-only-of-violations-concluded',
    exceptions: { US: '' },
  },
  {
    about: 'entries of a log that can be deleted are about protection from change alone',
    example: 'log_integrity/fail-entries-can-be-deleted',
    exceptions: { PCI: '10.3.2' },
  },
  {
    about: 'a log kept too short breaks the duty to keep it, and no duty to delete',
    example: 'log_retention/fail-kept-too-short',
    exceptions: { PCI: '10.5.1', GDPR: '', EU: '' },
  },
  {
    about: 'a log searchable for less than three months as well',
    example: 'log_retention/fail-too-little-searchable',
    exceptions: { PCI: '10.5.1', GDPR: '', EU: '', SOX: '' },
  },
  {
    about: 'a log kept long without a reason is what storage limitation is about',
    example: 'log_retention/fail-long-retention-without-a-reason',
    exceptions: { PCI: '', GDPR: '' },
    observed: { GDPR: '5(1)(e)' },
  },
  {
    about: 'a late review of an incident is no missing documentation of a breach',
    example: 'ir_record_complete/fail-reviewed-too-late',
    exceptions: { GDPR: '', EU: '', US: '' },
  },
  {
    about: 'unknown effects of a breach are',
    example: 'ir_record_complete/fail-effects-not-known',
    exceptions: { GDPR: '33(5)', EU: 'DORA-17(2)', US: 'S-P-30(c)' },
  },
  {
    about: 'an approved analysis may set another interval than keyproof',
    example: 'rotation_tra_documented/attested-another-interval-than-the-preset',
    exceptions: { PCI: '', GDPR: '', EU: '', SOC2: '' },
  },
  {
    about: 'a developer with a right on a production key lacks segregation in every chapter that asks for it',
    example: 'rbac_dev_no_prod/fail-reads-a-production-key',
    exceptions: { PCI: '6.5.4 7.2.2', SOX: 'ITGC-APD-6 ITGC-CM-2', EU: 'RMF-8(2)(b) RMF-21', GDPR: '' },
  },
  {
    about: 'an age beyond a limit of keyproof is no deviation from the company’s own control',
    example: 'rotation_max_age/fail-too-old-for-its-tier',
    exceptions: { SOX: '', SOC2: '', EU: '', GDPR: '', US: '' },
    observed: { SOX: 'ITGC-APD-5', SOC2: 'CC6.1' },
  },
  {
    about: 'a policy on keys without one topic fails no requirement on other policies',
    example: 'gov_policy_current/fail-topic-not-covered',
    exceptions: { PCI: '', GDPR: '', US: '' },
    observed: { US: 'S-P-30(a)(1)' },
  },
  {
    about: 'open findings of an assessment are no missing penetration test',
    example: 'gov_independent_assessment/fail-findings-still-open',
    exceptions: { PCI: '', EU: '' },
  },
  {
    about: 'an exercise of revocation that is old leaves it open who can be reached at any hour',
    example: 'rbac_security_revoke/fail-test-too-old',
    exceptions: { PCI: '' },
  },
  {
    about: 'a certification that ended later is no missing due diligence before the engagement',
    example: 'vendor_due_diligence/fail-certification-ended',
    exceptions: { PCI: '', EU: '', GDPR: '' },
  },
  {
    about: 'an attestation of compliance that ended is about the yearly status of a provider',
    example: 'vendor_due_diligence/fail-card-data-without-attestation-of-compliance',
    exceptions: { PCI: '12.8.4', EU: '', GDPR: '' },
  },
  {
    about:
      'an assessment after the first key came too late for due diligence, and is no missing register or list',
    example: 'vendor_due_diligence/fail-assessed-after-the-first-key',
    exceptions: { PCI: '12.8.3', EU: 'DORA-28(4)', GDPR: '28(1)' },
  },
  {
    about: 'a silent log of a route does not show that logs are off',
    example: 'log_auth_events/fail-silent-for-an-hour',
    exceptions: { PCI: '' },
  },
  {
    about: 'one approver where keyproof asks for two decides no requirement',
    example: 'sod_create_deploy/fail-one-approver-of-a-critical-key',
    exceptions: { PCI: '', EU: '', SOX: '', SOC2: '' },
  },
  {
    about: 'a key that nobody uses is no missing review',
    example: 'inv_dormant_revoked/fail-idle-in-production',
    exceptions: { PCI: '', SOX: '' },
    observed: { SOX: 'ITGC-APD-2' },
  },
  {
    about: 'a rotation whose storing is on no record is no exception to the protection of credentials',
    example: 'rotation_sequence_complete/fail-never-stored',
    exceptions: { PCI: '', SOC2: '', SOX: '' },
  },
  {
    about: 'an old secret that was never revoked is',
    example: 'rotation_sequence_complete/fail-old-secret-never-revoked',
    exceptions: { PCI: '8.6.3', SOC2: 'CC6.1', SOX: 'ITGC-APD-5' },
  },
  {
    about: 'training of people with keys is no training of developers',
    example: 'gov_training/fail-trained-too-long-ago',
    exceptions: { PCI: '12.6.3', GDPR: '' },
  },
  {
    about: 'a key that two workloads use is no shared account of people',
    example: 'inv_not_shared/fail-two-workloads-in-the-logs',
    exceptions: { PCI: '', GDPR: '' },
  },
  {
    about: 'a failure of a control that nobody was told of is one of detection and alert',
    example: 'ops_control_continuity/fail-failure-reported-to-nobody',
    exceptions: { PCI: '10.7.2', SOX: 'ITGC-CO-1' },
  },
  {
    about: 'a key without a list of networks breaks no rule set of a firewall',
    example: 'gw_ip_allowlist/fail-empty-list',
    exceptions: { PCI: '', EU: '' },
  },
  {
    about: 'an incomplete record of a key is no uncontrolled account',
    example: 'inv_required_fields/fail-no-purpose-and-no-tier',
    exceptions: { SOX: '', PCI: '' },
  },
  {
    about: 'a key without an owner does not break least privilege, nor the accountability for each action',
    example: 'inv_owner_assigned/fail-no-owner',
    exceptions: { PCI: '' },
  },
  {
    about: 'a missing legal basis is no unidentified asset',
    example: 'inv_purpose_documented/fail-no-basis',
    exceptions: { EU: '' },
  },
  {
    about: 'reading balances beside moving money is no incompatible duty by any text',
    example: 'access_scope_separation/fail-balances-and-transfers',
    exceptions: { PCI: '', EU: '', SOX: '', GDPR: '' },
  },
  {
    about: 'a rotation of one’s own that came late is no oversight of a provider',
    example: 'emergency_rotate_vendor/fail-replaced-too-late',
    exceptions: { US: '', PCI: '8.6.3' },
  },
  {
    about: 'a notice that never arrived is',
    example: 'emergency_rotate_vendor/fail-notice-not-logged',
    exceptions: { US: 'S-P-30(a)(5)', PCI: '' },
  },
  {
    about: 'a critical key without a standby does not break a plan for the continuity of business',
    example: 'ir_backup_credential/fail-no-standby',
    exceptions: { US: '' },
  },
  {
    about: 'an open secret is no missing policy on customer information, nor an unreviewed change',
    example: 'repo_no_hardcoded_secret/fail-open-finding',
    exceptions: { US: '', PCI: '6.2.4 8.3.2 8.6.2', SOX: 'ITGC-APD-5' },
  },
  {
    about: 'a card number in a fixture is live data in a test, not test data in production',
    example: 'env_no_live_data/fail-card-number-in-a-fixture',
    exceptions: { PCI: '6.5.5' },
  },
  {
    about: 'a person of any role who read a secret has more than the job needs',
    example: 'rbac_ops_no_raw_read/fail-a-person-read-the-secret',
    exceptions: { PCI: '7.2.2', SOX: '' },
  },
];

const AGREED = {
  eu_financial_entity: true,
  payment_service_provider: true,
  gdpr_role: 'both',
  finra_member: true,
  broker_dealer: true,
  covered_institution: true,
  market_access: true,
  service_provider: true,
  soc2_categories: ['security', 'availability', 'confidentiality'],
  sec_filer: 'domestic',
} as const;

const IN_SCOPE = {
  pci_scope: 'cde',
  icfr_relevant: true,
  personal_data: true,
  carries_pan: true,
  protects_stored_account_data: true,
  tpp_aspsp_interface: true,
  customer_credential: true,
  critical_or_important_function: true,
  environment: 'production',
  account_kind: 'application',
  interactive_login_capable: true,
  external: true,
} as const;

describeUnlessProved(
  'what one answer of a policy makes of the controls',
  import.meta.url,
  PROGRAM_FILES,
  () => {
    let engine: Engine;
    let compiled: CompiledPolicies;
    beforeAll(async () => {
      ({ compiled, engine } = await builtRuleBook());
    });

    test.each(CASES)('$about', async ({ example, exceptions, observed = {} }) => {
      const controls = await judged(example, Object.keys(exceptions) as Name[]);
      const ids = (of: Name, is: (control: ControlResult) => boolean) =>
        (controls.get(of) ?? []).filter(is).map(({ id }) => id);
      for (const [of, expected] of pairs(exceptions))
        expect(ids(of, ({ verdict }) => verdict === 'exception').join(' '), of).toBe(expected);
      for (const [of] of pairs(exceptions)) expect(ids(of, observes).join(' '), of).toBe(observed[of] ?? '');
    });

    /** Controls of some frameworks after one policy judged one example, and nothing else was examined. */
    async function judged(
      example: string,
      names: readonly Name[],
    ): Promise<Map<Name, readonly ControlResult[]>> {
      const [name = '', file = ''] = example.split('/');
      const folder = policyFolders().find((one) => one.name === name);
      const policy = POLICIES.find(({ id }) => id === folder?.metadata.custom.id);
      if (folder === undefined || policy === undefined) throw new Error(`no policy ${name}`);
      const dossier = exampleDossier(folder, `${file}.json`);
      const said = engine.evaluate(compiled.entrypoints.get(policy.id) ?? '', dossier);
      const { id, severity } = policy;
      const subject = { kind: policy.subject, id: 'subject-1' };
      const observation = toObservation({ id, severity, ...evaluatedElements(policy) }, subject, said);
      return assessed(policy, observation, names);
    }
  },
);

function pairs(of: { [N in Name]?: string }): [Name, string][] {
  return Object.entries(of) as [Name, string][];
}

function observes({ mappings }: ControlResult): boolean {
  return mappings.some(({ grade, defaultFailures = 0 }) => grade !== 'supporting' && defaultFailures > 0);
}

async function assessed(
  policy: Policy,
  observation: Observation,
  names: readonly Name[],
): Promise<Map<Name, readonly ControlResult[]>> {
  const { kind } = observation.subject;
  const item: TestSubject = { kind: kind === 'organisation' ? 'key' : kind, id: 'subject-1', ...IN_SCOPE };
  const subjects = [item, { kind: 'organisation', id: 'subject-1' } as const];
  const store = await memoryStore(subjects, [observation], ['keys']);
  const assessment = await assess({
    plan: plan({
      applicability: { ...AGREED, soc2_categories: [...AGREED.soc2_categories] },
    }),
    store,
    policies: [policy],
    policyBundleSha256: 'a'.repeat(64),
    frameworks: names.map(framework),
    frameworksSha256: LOADED.sha256,
    files: [],
    incomplete: [],
    toolVersion: '0.1.0',
  });
  await store.close();
  return new Map(names.map((name, at) => [name, assessment.frameworks[at]?.controls ?? []]));
}

function framework(name: Name): Framework {
  const found = LOADED.frameworks.find(({ id }) => id === FRAMEWORKS[name]);
  if (found === undefined) throw new Error(`${name} is not shipped`);
  return found;
}
