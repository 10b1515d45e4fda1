import { attestationsOf, INTEGRATION_TOPICS, PLAYBOOK_TOPICS } from '../../shared/documents.mjs';
import { TIER_DAYS } from './keys.mjs';

const people = (...names) => names.map((name) => `${name}@northbridge.example`);

/** A document: the rule it is evidence for, its title, the day it was approved, and what it reports. */
const document = (rule, title, approved, facts = {}) => ({ rule, title, approved, version: '1.4', ...facts });

const DOCUMENTS = [
  document('gov-policy-current', 'Key Management Standard', '2026-02-03', {
    topics: ['key-management', 'rotation', 'revocation', 'storage'],
    version: '4.2',
  }),
  document('gov-policy-current', 'API Access Policy', '2026-03-18', {
    topics: [
      'auth-flows',
      'scopes',
      'token-lifetime',
      'access',
      'access-control',
      'access-model',
      ...INTEGRATION_TOPICS,
    ],
    version: '3.1',
  }),
  document('rotation-tra-documented', 'Risk analysis of rotation intervals', '2026-01-20', {
    topics: ['assets', 'threats', 'likelihood', 'justification'],
    values: Object.entries(TIER_DAYS).map(([tier, days]) => `${tier}=${days}`),
  }),
  document('rotation-drill-nonbreaking', 'Method of rotation without interruption', '2026-02-11'),
  document('access-review-periodic', 'Acknowledgement of the access review 2026-Q3', '2026-09-21', {
    held: '2026-09-17',
    participants: people('rosa.ferreira', 'vera.lindholm'),
  }),
  document('rbac-security-revoke', 'Exercise of revoking production keys', '2026-05-12', {
    held: '2026-05-06',
    participants: people('rosa.ferreira', 'tariq.sayed'),
  }),
  document('env-no-live-data', 'Synthetic data in sandbox and test', '2026-04-02'),
  document('env-sandbox-before-prod', 'Sandbox before production: procedure', '2026-03-02'),
  document('log-time-sync', 'Time synchronisation of log sources', '2026-06-08'),
  document('log-integrity', 'Protection of audit logs', '2026-06-08'),
  document('log-retention', 'Log retention schedule 2026', '2026-01-12'),
  document('ir-playbook-keys', 'Playbook for compromised credentials', '2026-05-20', {
    topics: PLAYBOOK_TOPICS,
    contacts: ['security', 'legal', 'compliance', 'executive', 'press'],
  }),
  document('ir-tabletop', 'Report of the exercise "leaked acquirer key"', '2026-03-30', {
    held: '2026-03-12',
    scenario: 'A production API key of the acquirer is found in a public repository on a Friday evening.',
    participants: people('rosa.ferreira', 'samir.kassab', 'mirela.popa'),
    findings: ['Nobody on duty knew the emergency number of the acquirer.'],
    actions: ['Contact list in the playbook, Samir Kassab, 2026-04-15.'],
  }),
  document('ir-notification-clocks', 'Notification duties by regime', '2026-05-20'),
  document('ir-backup-credential', 'Standby credentials: procedure and tests', '2026-02-24'),
  document('vendor-due-diligence', 'Assessment of partners 2026: summary', '2026-02-17', {
    held: '2026-02-12',
  }),
  document('vendor-contract-terms', 'Register of partner contracts', '2026-07-06'),
  document('vendor-regulatory-scope', 'Register of data flows to partners', '2026-07-06'),
  document(
    'gov-independent-assessment',
    'Assessment of key management by Alderwick & Partners',
    '2026-04-28',
    {
      held: '2026-04-14',
      goLive: '2026-05-04',
      assessor: 'Alderwick & Partners',
      independent: true,
      openHigh: 0,
    },
  ),
  document('gov-management-reporting', 'Key health report to the board, August 2026', '2026-09-15', {
    held: '2026-09-14',
    participants: people('rosa.ferreira', 'viktor.somogyi'),
  }),
  document('gov-training', 'Training plan for handling secrets', '2026-01-08'),
  document('gov-reg-watch', 'Regulatory watch, third quarter 2026', '2026-09-08', {
    held: '2026-09-04',
    findings: ['No change to the rules on authentication of partners.'],
    actions: ['Catalogue of rules set to version 2026-09.'],
  }),
];

/** The governance documents in force. */
export const createAttestations = () =>
  attestationsOf(DOCUMENTS, {
    mark: 'NB',
    scope: 'all credentials of banking integrations',
    owner: 'rosa.ferreira@northbridge.example',
    approver: 'xenia.markou@northbridge.example',
    attestor: 'tariq.sayed@northbridge.example',
    attested: '2026-09-22',
  });
