import { attestationsOf, INTEGRATION_TOPICS, PLAYBOOK_TOPICS } from '../../shared/documents.mjs';
import { AS_OF, at, DAY } from '../../shared/time.mjs';
import { mail } from './cast.mjs';
import { LIMIT_DAYS } from './keys.mjs';

/** A document: the rule it is evidence for, its title, the day it was approved, and what it reports. */
const document = (rule, title, approved, facts = {}) => ({ rule, title, approved, version: '2.1', ...facts });

const DOCUMENTS = [
  document('gov-policy-current', 'Schlüsselrichtlinie (key management policy)', '2026-02-16', {
    topics: [
      'key-management',
      'access-control',
      'auth-flows',
      ...INTEGRATION_TOPICS,
      'scopes',
      'token-lifetime',
      'rotation',
      'revocation',
    ],
  }),
  document('rotation-tra-documented', 'Risk analysis of rotation intervals', '2026-01-19', {
    topics: ['assets', 'threats', 'likelihood', 'justification'],
    values: Object.entries(LIMIT_DAYS).map(([tier, days]) => `${tier}=${days}`),
  }),
  document('rotation-drill-nonbreaking', 'Rotation without interruption: method and results', '2026-03-02'),
  document('access-review-periodic', 'Acknowledgement of the access review 2026-Q3', '2026-09-28', {
    held: '2026-09-25',
    participants: [mail('Ragna Thorvik'), mail('Henrike Sandvoss')],
  }),
  document('rbac-security-revoke', 'Exercise of revoking production keys', '2026-06-10', {
    held: '2026-06-03',
    participants: [mail('Ragna Thorvik'), mail('Emil Drachenfels')],
  }),
  document('env-no-live-data', 'Synthetic data in sandbox and staging', '2026-03-24'),
  document('env-sandbox-before-prod', 'From sandbox to production: procedure', '2026-03-24'),
  document('log-time-sync', 'Time synchronisation of log sources', '2026-04-15'),
  document('log-integrity', 'Protection of audit logs', '2026-04-15'),
  document('log-retention', 'Log retention schedule 2026', '2026-01-12'),
  document('ir-playbook-keys', 'Playbook for compromised credentials', '2026-05-11', {
    topics: PLAYBOOK_TOPICS,
    contacts: ['security', 'legal', 'compliance', 'executive'],
  }),
  document('ir-notification-clocks', 'Notification duties by regime', '2026-05-11'),
  document('ir-backup-credential', 'Standby credentials: procedure and tests', '2026-02-20'),
  document('vendor-due-diligence', 'Assessment of partners 2026: summary', '2026-03-11', {
    held: '2026-03-05',
  }),
  document('vendor-contract-terms', 'Register of partner contracts', '2026-07-13'),
  document('vendor-regulatory-scope', 'Register of data flows to partners', '2026-07-13'),
  document('gov-independent-assessment', 'Assessment of key management by Trelawn & Ost', '2026-04-30', {
    held: '2026-04-17',
    goLive: '2026-05-12',
    assessor: 'Trelawn & Ost',
    independent: true,
    openHigh: 0,
  }),
  document('gov-management-reporting', 'Key health report to the board, August 2026', '2026-09-16', {
    held: '2026-09-15',
    participants: [mail('Henrike Sandvoss')],
  }),
  document('gov-training', 'Training plan for handling secrets', '2026-01-08'),
  document('gov-reg-watch', 'Regulatory watch, third quarter 2026', '2026-09-10', {
    held: '2026-09-08',
    findings: ['No change to the rules on the authentication of partners.'],
    actions: ['Catalogue of rules set to version 2026-09.'],
  }),
];

/** The documents in force. */
export const createAttestations = () =>
  attestationsOf(DOCUMENTS, {
    mark: 'MH',
    scope: 'credentials of banking integrations',
    owner: mail('Ragna Thorvik'),
    approver: mail('Henrike Sandvoss'),
    attestor: mail('Casimir Wolde'),
    attested: '2026-09-29',
  });

/** The bank's own register: findings with owner and date, exceptions that end. */
export const createRegister = () => [
  item('F-26-014', 'finding', 'Audit log of the clusters is not kept', 'medium', 'Bastian Eickrath', {
    due: AS_OF + 75 * DAY,
  }),
  item('F-26-017', 'finding', 'Sign-in logs of mail applications are not exported', 'low', 'Noor Baltasar', {
    due: AS_OF + 110 * DAY,
  }),
  item('F-26-009', 'finding', 'Key of a former partner', 'high', 'Emil Drachenfels', {
    due: at('2026-08-31'),
    status: 'closed',
  }),
  item(
    'X-26-003',
    'exception',
    'Password of the archive host outside of the vault',
    'medium',
    'Ines Falkenrath',
    { expires: at('2026-12-31') },
  ),
];

const item = (id, kind, title, severity, owner, { due = null, expires = null, status = 'open' }) => ({
  id,
  kind,
  title,
  severity,
  owner: mail(owner),
  due,
  status,
  expires,
});
