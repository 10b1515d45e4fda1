import { randomStream } from './random.mjs';
import { at, DAY, HOUR } from './time.mjs';

const CASES = [
  ['2025-10-21T09:12:00Z', 'Partner sandbox key posted in a support ticket', 'low', 'credential-exposure'],
  [
    '2025-11-28T14:40:00Z',
    'Expired card network certificate rejected by the gateway',
    'medium',
    'availability',
  ],
  [
    '2026-01-15T07:55:00Z',
    'Webhook secret seen in build log of merchant-portal',
    'high',
    'credential-exposure',
  ],
  [
    '2026-02-19T16:05:00Z',
    'Password spraying against the developer portal',
    'medium',
    'authentication-attack',
  ],
  ['2026-03-24T11:31:00Z', 'Access key of a departed engineer still active', 'high', 'credential-compromise'],
  ['2026-04-14T08:20:00Z', 'Breach notice from Redgate Collections', 'high', 'vendor-breach'],
  ['2026-05-27T22:47:00Z', 'Unusual volume on the account information route', 'medium', 'anomaly'],
  ['2026-06-18T13:02:00Z', 'Staging key found in a public gist', 'high', 'credential-exposure'],
  [
    '2026-07-09T10:26:00Z',
    'Leaked signing key of sepa-instant rotated in an emergency',
    'critical',
    'credential-compromise',
  ],
  [
    '2026-07-30T06:18:00Z',
    'Failed rotation left loan-origination without a database login',
    'medium',
    'rotation-failure',
  ],
  ['2026-08-21T15:44:00Z', 'Partner key used from an unknown network', 'high', 'credential-compromise'],
  ['2026-09-08T12:09:00Z', 'Secret read outside the change window', 'medium', 'anomaly'],
];

/** Twelve incidents of the year, each recorded from detection to review. */
export function createIncidents(keys) {
  const random = randomStream('incidents');
  const production = keys.filter(
    ({ environment, store }) => environment === 'production' && store !== 'aws-iam',
  );
  return CASES.map(([detected, title, severity, kind], index) =>
    incident(
      { index, detected: at(detected), title, severity, kind, keys: [random.pick(production)] },
      random,
    ),
  );
}

function incident({ index, detected, title, severity, kind, keys }, random) {
  const contained = detected + random.int(1, 9) * HOUR;
  const closed = contained + random.int(4, 9) * DAY;
  return {
    id: `INC-2026-${String(101 + index * 3)}`,
    title,
    severity,
    kind,
    keys,
    vendor: kind === 'vendor-breach' ? 'V-1015' : null,
    detected,
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
