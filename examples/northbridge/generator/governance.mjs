import { sha256 } from './random.mjs';
import { at } from './time.mjs';

const DOCUMENTS = [
  ['Key Management Standard', ['key-management', 'rotation', 'revocation', 'storage'], '4.2', '2026-02-03'],
  [
    'API Access Policy',
    ['auth-flows', 'scopes', 'token-lifetime', 'access', 'access-model'],
    '3.1',
    '2026-03-18',
  ],
];

/** The governance documents in force: owned, approved by somebody else, reviewed within the year. */
export function createAttestations() {
  return DOCUMENTS.map(([title, topics, version, approved]) => ({
    rule: 'gov-policy-current',
    title,
    sha: sha256(`${title} ${version}`),
    version,
    owner: 'rosa.ferreira@northbridge.example',
    approver: 'xenia.markou@northbridge.example',
    approved: at(approved),
    effective: at(approved),
    nextReview: at(approved.replace('2026', '2027')),
    scope: 'all credentials of banking integrations',
    topics,
    participants: ['rosa.ferreira@northbridge.example', 'xenia.markou@northbridge.example'],
    attestor: 'tariq.sayed@northbridge.example',
    attested: at('2026-09-15'),
    signature: `NB-DOC-${version}`,
  }));
}
