import { at, DAY, HOUR, MINUTE } from '../../shared/time.mjs';
import { mail } from './cast.mjs';

const CASES = [
  [
    'MHI-26-011',
    '2026-02-03T09:20:00Z',
    'Expired certificate of a partner refused by the gateway',
    'medium',
    'availability',
    {},
  ],
  [
    'MHI-26-019',
    '2026-05-18T13:05:00Z',
    'Password guessing against the developer portal',
    'medium',
    'authentication-attack',
    {},
  ],
  [
    'MHI-26-027',
    '2026-07-22T07:40:00Z',
    'Customer data readable with a partner key',
    'high',
    'data-exposure',
    { breach: true },
  ],
  [
    'MHI-26-031',
    '2026-09-02T11:15:00Z',
    'Rotation of a cache password left a job without access',
    'low',
    'rotation-failure',
    {},
  ],
];

/** The incidents of the year, each recorded from detection to review. */
export const createIncidents = () => CASES.map(incident);

function incident([id, detectedAt, title, severity, kind, facts]) {
  const detected = at(detectedAt);
  const contained = detected + 3 * HOUR;
  const closed = contained + 8 * DAY;
  return {
    id,
    title,
    severity,
    kind,
    keys: [],
    vendor: null,
    detected,
    triaged: detected + 30 * MINUTE,
    aware: detected + 45 * MINUTE,
    classified: detected + 2 * HOUR,
    notice: null,
    malicious: false,
    loss: false,
    breach: false,
    customer: false,
    card: false,
    contained,
    investigated: contained + 20 * HOUR,
    remediated: contained + 3 * DAY,
    closed,
    reviewed: closed + 6 * DAY,
    rootCause: 'A step of the runbook was not followed; the runbook was made clearer.',
    affected: 'Records read between detection and containment were checked and listed.',
    tracked: true,
    ...facts,
  };
}

const NOT_DUE = 'The criteria are not met: no service was interrupted beyond the thresholds.';

/** The decisions of the incident board. What was due to the data protection authority in July was sent after four days. */
export const createNotifications = (incidents) =>
  incidents.flatMap((one) => [
    decision(one, { regime: 'dora-initial', required: false, reason: NOT_DUE }),
    ...(one.breach ? ofBreach(one) : []),
  ]);

const ofBreach = (one) => [
  decision(one, {
    regime: 'gdpr-authority',
    required: true,
    reason: 'A risk to the people concerned cannot be excluded.',
    due: one.aware + 72 * HOUR,
    sent: one.late ?? one.aware + 60 * HOUR,
  }),
  decision(one, {
    regime: 'gdpr-data-subjects',
    required: false,
    reason: 'A high risk is unlikely: the records were read by one partner, which deleted them.',
  }),
];

const decision = ({ id, classified }, { regime, required, reason, due = null, sent = null }) => ({
  incident: id,
  regime,
  required,
  reason,
  decidedBy: mail('Casimir Wolde'),
  decided: classified + HOUR / 2,
  due,
  sent,
});
