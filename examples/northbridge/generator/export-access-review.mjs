import { csv } from '../../shared/formats.mjs';
import { isoSeconds } from '../../shared/time.mjs';
import { sha256 } from './random.mjs';

const CAMPAIGN = {
  id: 'icrNB2026Q3',
  name: 'Production secrets 2026-Q3',
  description: 'Quarterly review of people with access to production secrets',
};
const REVIEWER = { name: 'Tariq Sayed', email: 'tariq.sayed@northbridge.example', id: '00uTARIQ' };
/** Reviews what the reviewer holds. */
const DEPUTY = { name: 'Wanda Kowal', email: 'wanda.kowal@northbridge.example', id: '00uWANDA' };

const reviewerOf = ({ principal }) => (principal === REVIEWER.email ? DEPUTY : REVIEWER);

/** Whether a grant was reviewed in the identity provider's campaign instead of the entitlement system. */
export const isInCampaign = ({ key, role, removed }) =>
  key.store === 'aws-sm' &&
  key.environment === 'production' &&
  ['sre', 'security', 'operator', 'devops'].includes(role) &&
  removed === null;

/** Okta's Past Campaign Details as its export names the columns, misspelling included. */
export function accessReviewCsv(grants, people) {
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  const columns = {
    'campaign.id': () => CAMPAIGN.id,
    'campaign.description': () => CAMPAIGN.description,
    'campaign.name': () => CAMPAIGN.name,
    'reviewItem.principalUserFullName': ({ principal }) => nameOf.get(principal),
    'reviewItem.principalUserd': ({ principal }) => `00u${sha256(principal).slice(0, 8)}`,
    'reviewItem.principalUserEmail': ({ principal }) => principal,
    'reviewItem.resourceType': () => 'APPLICATION',
    'reviewItem.resourceName': ({ key }) => key.name,
    'reviewItem.resourceGlobalName': () => 'AWS Secrets Manager',
    'reviewItem.resourceId': ({ key }) => `0oa${sha256(key.id).slice(0, 8)}`,
    'reviewItem.entitlementName': ({ action }) => action,
    'reviewItem.reviewerFullName': (grant) => reviewerOf(grant).name,
    'reviewItem.reviewerEmail': (grant) => reviewerOf(grant).email,
    'reviewItem.originalReviewerFullName': (grant) => reviewerOf(grant).name,
    'reviewItem.originalReviewerUserEmail': (grant) => reviewerOf(grant).email,
    'reviewItem.originalReviewerId': (grant) => reviewerOf(grant).id,
    'reviewItem.decision': ({ decision }) => (decision === 'none' ? '' : 'APPROVE'),
    'reviewItem.decided': ({ reviewed }) => isoSeconds(reviewed),
    'reviewItem.note': ({ justification }) => justification,
  };
  return csv(columns, grants);
}
