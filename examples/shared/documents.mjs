import { sha256 } from './random.mjs';
import { at } from './time.mjs';

/** What a policy covers of integrations that no export states. */
export const INTEGRATION_TOPICS = [
  'endpoint-criteria',
  'scope-reasons',
  'private-connections',
  'test-data-likeness',
  'countries-of-use',
  'availability-measured',
];

/** What a playbook for compromised credentials covers: the stages of an incident, procedures for emergencies, and who is told. */
export const PLAYBOOK_TOPICS = [
  ...['detect', 'contain', 'investigate', 'remediate', 'report', 'review'],
  ...['compromise', 'departure', 'vendor-breach', 'escalation', 'communication'],
];

/** The documents in force of a bank: owned, approved by somebody else, reviewed within the year, and attested on one day. */
export function attestationsOf(documents, { mark, scope, owner, approver, attestor, attested }) {
  return documents.map(({ rule, title, version, approved, held, goLive, ...facts }) => ({
    rule,
    title,
    sha: sha256(`${title} ${version}`),
    version,
    owner,
    approver,
    approved: at(approved),
    effective: at(approved),
    nextReview: at(approved.replace('2026', '2027')),
    scope,
    attestor,
    attested: at(attested),
    signature: `${mark}-DOC-${sha256(title).slice(0, 6)}`,
    held: held ? at(held) : null,
    goLive: goLive ? at(goLive) : null,
    ...facts,
  }));
}
