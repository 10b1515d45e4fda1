import { DAY, HOUR } from '../../shared/time.mjs';

/** Presumed major: somebody got in on purpose and data may be lost. */
const isMajor = ({ malicious, loss }) => malicious && loss;

/** Who must decide and by when, by regime, for an incident that falls under it. */
const REGIMES = [
  {
    regime: 'dora-initial',
    falls: () => true,
    due: isMajor,
    after: ({ classified }) => classified + 4 * HOUR,
  },
  {
    regime: 'dora-intermediate',
    falls: isMajor,
    due: isMajor,
    after: ({ classified }) => classified + 75 * HOUR,
  },
  { regime: 'dora-final', falls: isMajor, due: isMajor, after: ({ classified }) => classified + 27 * DAY },
  {
    regime: 'gdpr-authority',
    falls: ({ breach }) => breach,
    due: isMajor,
    after: ({ aware }) => aware + 72 * HOUR,
  },
  // What is disclosed elsewhere is furnished to the SEC on Form 6-K.
  { regime: 'sec-6-k', falls: () => true, due: isMajor, after: ({ classified }) => classified + 5 * DAY },
  { regime: 'gdpr-data-subjects', falls: ({ breach }) => breach, due: () => false, after: () => null },
  {
    regime: 'card-brands',
    falls: ({ card }) => card,
    due: ({ card }) => card,
    after: ({ aware }) => aware + 72 * HOUR,
  },
];

const REASONS = {
  true: 'The criteria are met; decided by the incident board.',
  false: 'The criteria are not met: no service was interrupted, and a risk to people is unlikely.',
};

/** The decisions of the incident board, regime by regime; what is due was sent hours before its time. */
export const createNotifications = (incidents) =>
  incidents.flatMap((incident) =>
    REGIMES.filter(({ falls }) => falls(incident)).map((regime) => decision(incident, regime)),
  );

function decision(incident, { regime, due, after }) {
  const required = due(incident);
  const dueAt = required ? after(incident) : null;
  return {
    incident: incident.id,
    regime,
    required,
    reason: REASONS[required],
    decidedBy: 'rosa.ferreira@northbridge.example',
    decided: incident.classified + HOUR / 2,
    due: dueAt,
    sent: required ? dueAt - 2 * HOUR : null,
  };
}
