import { at, DAY, HOUR, MINUTE } from '../../shared/time.mjs';
import { setRotated } from './keys.mjs';
import { randomStream } from './random.mjs';

const incidentCase = (detected, title, severity, kind, facts = {}) => ({
  detected: at(detected),
  title,
  severity,
  kind,
  ...facts,
});

const CASES = [
  incidentCase(
    '2025-10-21T09:12:00Z',
    'Partner sandbox key posted in a support ticket',
    'low',
    'credential-exposure',
  ),
  incidentCase(
    '2025-11-28T14:40:00Z',
    'Expired card network certificate rejected by the gateway',
    'medium',
    'availability',
  ),
  incidentCase(
    '2026-01-15T07:55:00Z',
    'Webhook secret seen in build log of merchant-portal',
    'high',
    'credential-exposure',
  ),
  incidentCase(
    '2026-02-19T16:05:00Z',
    'Password spraying against the developer portal',
    'medium',
    'authentication-attack',
  ),
  incidentCase(
    '2026-03-24T11:31:00Z',
    'Access key of a departed engineer still active',
    'high',
    'credential-compromise',
  ),
  incidentCase('2026-04-14T08:20:00Z', 'Breach notice from Redgate Collections', 'high', 'vendor-breach', {
    vendor: 'V-1015',
  }),
  incidentCase(
    '2026-05-27T22:47:00Z',
    'Unusual volume on the account information route',
    'medium',
    'anomaly',
  ),
  incidentCase('2026-06-18T13:02:00Z', 'Staging key found in a public gist', 'high', 'credential-exposure', {
    breach: true,
  }),
  incidentCase(
    '2026-07-09T10:26:00Z',
    'Leaked signing key of sepa-instant rotated in an emergency',
    'critical',
    'credential-compromise',
    {
      malicious: true,
      loss: true,
      breach: true,
    },
  ),
  incidentCase(
    '2026-07-30T06:18:00Z',
    'Failed rotation left loan-origination without a database login',
    'medium',
    'rotation-failure',
  ),
  incidentCase(
    '2026-08-21T15:44:00Z',
    'Partner key used from an unknown network',
    'high',
    'credential-compromise',
    { malicious: true, card: true },
  ),
  incidentCase('2026-09-08T12:09:00Z', 'Secret read outside the change window', 'medium', 'anomaly'),
];

/** Time from detection to the replacement of the key concerned, and of those that share its owner and store. */
const REPLACED_AFTER = 35 * MINUTE;
const RELATED_AFTER = 20 * HOUR;

const isOfCredential = ({ kind }) => kind.startsWith('credential-');

/** Twelve incidents of the year, each recorded from detection to review, and one still open. Keys that were exposed were replaced at once. */
export function createIncidents(book, keys, people) {
  const random = randomStream('incidents');
  const staff = {
    custodians: people.filter(({ roles, status }) => roles[0] === 'operator' && status === 'active'),
    deputy: people.find(({ roles }) => roles[0] === 'product-owner'),
  };
  const closed = CASES.map((one, index) => {
    const concerned = isOfCredential(one)
      ? exposedKeys(book, keys, staff, { ...one, index })
      : book.take(1, inVault);
    return incident({ ...one, index, keys: concerned.slice(0, 1), related: concerned.slice(1) }, random);
  });
  return [...closed, openIncident(closed[11])];
}

const NEVER = Number.POSITIVE_INFINITY;

/** Two days old, and rightly without an end. */
function openIncident(model) {
  const detected = at('2026-09-28T21:14:00Z');
  const early = {
    detected,
    triaged: detected + 30 * MINUTE,
    aware: detected + HOUR,
    classified: detected + 3 * HOUR,
  };
  const later = { contained: NEVER, investigated: NEVER, remediated: NEVER, closed: NEVER, reviewed: NEVER };
  const title = 'Gateway refuses the certificate of one partner';
  return { ...model, ...early, ...later, id: 'INC-2026-146', title, kind: 'availability', rootCause: '' };
}

const inVault = ({ environment, store }) => environment === 'production' && store === 'vault-kv';

/** Stores whose keys one person can hold alone, so that it is clear what an incident reaches. */
const CUSTODY = ['vault-kv', 'azure-kv', 'kong'];

/** Three keys of one owner in one store, all replaced after the detection, the one concerned first. */
function exposedKeys(book, keys, { custodians, deputy }, { detected, index }) {
  const owner = custodians[index % custodians.length];
  const store = CUSTODY[index % CUSTODY.length];
  const exposed = book.take(3, (key) => key.store === store && key.environment === 'production');
  for (const key of keys) if (key.store === store && key.owner === owner) key.owner = deputy;
  for (const [place, key] of exposed.entries()) {
    key.owner = owner;
    replace(key, detected + (place === 0 ? REPLACED_AFTER : RELATED_AFTER));
  }
  return exposed;
}

function replace(key, time) {
  key.emergencyRotations = [time];
  if (time > key.rotated) setRotated(key, time);
}

function incident(one, random) {
  const { detected, index, kind } = one;
  const contained = detected + random.int(1, 9) * HOUR;
  const closed = contained + random.int(4, 9) * DAY;
  return {
    malicious: false,
    loss: false,
    breach: false,
    customer: false,
    card: false,
    vendor: null,
    ...one,
    id: `INC-2026-${String(101 + index * 3)}`,
    triaged: detected + 45 * MINUTE,
    aware: detected + 20 * MINUTE,
    classified: detected + 2 * HOUR,
    notice: kind === 'vendor-breach' ? detected - 10 * MINUTE : null,
    contained,
    investigated: contained + random.int(6, 40) * HOUR,
    remediated: contained + random.int(2, 3) * DAY,
    closed,
    reviewed: Math.min(closed + random.int(1, 8) * DAY, at('2026-09-29T10:00:00Z')),
    rootCause:
      'A secret was handled outside the secrets manager; the runbook step that forbids it was not followed.',
    affected:
      'No customer records read; transactions between detection and containment checked and reconciled.',
    tracked: true,
  };
}

/** The keys of a partner that reported a breach: all replaced within hours of its notice. */
export function replaceKeysOfBreachedPartners(incidents, keys) {
  for (const { vendor, notice } of incidents.filter(({ kind }) => kind === 'vendor-breach')) {
    for (const key of keys.filter((one) => one.vendor === vendor))
      key.emergencyRotations = [notice + 5 * HOUR];
  }
}
