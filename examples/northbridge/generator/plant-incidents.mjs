import { at, DAY, HOUR } from '../../shared/time.mjs';
import { setRotated } from './keys.mjs';
import { createNotifications } from './notifications.mjs';

/** An exposed key that was replaced after nine hours, where four were allowed; and a related one after forty, where it was a day. */
export function plantSlowReplacements(book, incidents) {
  const rule = 'emergency-rotate-compromise';
  const [related, exposed] = [incidents[4], incidents[10]];
  replaceLater(exposed.keys[0], exposed.detected + 9 * HOUR);
  book.expect(rule, 'incident', exposed.id, 'the exposed key was replaced after nine hours');
  replaceLater(related.related[0], related.detected + 40 * HOUR);
  book.expect(rule, 'incident', related.id, 'a related key was replaced after forty hours');
}

function replaceLater(key, time) {
  if (key.rotated === key.emergencyRotations[0]) setRotated(key, time);
  key.emergencyRotations = [time];
}

/** Deviations of incidents: what their records lack, partners whose notice nobody acted on, and notifications. */
export function plantIncidents(book, bank) {
  plantStages(book, bank);
  plantBreaches(book, bank);
  plantNotifications(book, bank);
}

function plantStages(book, { incidents }) {
  const [noCause, lateReview, noReview, untracked] = [2, 4, 7, 9].map((index) => incidents[index]);
  noCause.rootCause = '';
  lateReview.reviewed = lateReview.closed + 45 * DAY;
  noReview.reviewed = Number.POSITIVE_INFINITY;
  untracked.tracked = false;
  const why = {
    noCause: 'no root cause',
    lateReview: 'reviewed 45 days after it closed',
    noReview: 'never reviewed',
    untracked: 'actions not tracked',
  };
  for (const [name, incident] of Object.entries({ noCause, lateReview, noReview, untracked })) {
    book.expect('ir-record-complete', 'incident', incident.id, why[name]);
  }
}

/** A partner whose breach the bank read of in the press, and one who has no key yet. */
function plantBreaches(book, { incidents, notifications }) {
  const rule = 'emergency-rotate-vendor';
  const model = incidents[5];
  const moved = at('2026-08-28T09:30:00Z') - model.detected;
  const [press, newcomer] = [
    { id: 'INC-2026-140', vendor: 'V-1007', title: 'Breach at Quillon Credit Bureau read of in the press' },
    { id: 'INC-2026-143', vendor: 'V-1013', title: 'Breach notice from Kestrel Pay' },
  ].map((facts) => ({ ...shifted(model, moved), ...facts }));
  press.notice = Number.POSITIVE_INFINITY;
  book.expect(rule, 'incident', press.id, 'no notice arrived, and the keys of the partner were not replaced');
  book.expectNoEvidence(rule, 'incident', newcomer.id, 'the partner has no key in the inventory');
  incidents.push(press, newcomer);
  notifications.push(...createNotifications([press, newcomer]));
}

/** An incident of another day: every time of it moved. */
function shifted(incident, by) {
  const times = [
    'detected',
    'triaged',
    'aware',
    'classified',
    'notice',
    'contained',
    'investigated',
    'remediated',
  ];
  const moved = [...times, 'closed', 'reviewed'].map((name) => [name, incident[name] + by]);
  return { ...incident, ...Object.fromEntries(moved) };
}

function plantNotifications(book, { incidents, notifications }) {
  const rule = 'ir-notification-clocks';
  const of = (incident, regime) =>
    notifications.find((one) => one.incident === incident.id && one.regime === regime);
  const [breach, major, unreasoned] = [incidents[7], incidents[8], incidents[5]];
  notifications.splice(notifications.indexOf(of(breach, 'gdpr-authority')), 1);
  book.expect(rule, 'incident', breach.id, 'nobody decided whether the authority must be told of a breach');
  const late = of(major, 'dora-intermediate');
  late.sent += 20 * HOUR;
  late.delayReason = 'The reporting portal was not reachable.';
  late.delayTold = late.sent - HOUR;
  book.expect(
    rule,
    'incident',
    major.id,
    'the intermediate report went out late, and the authority was told later still',
  );
  of(unreasoned, 'dora-initial').reason = null;
  book.expectNoEvidence(rule, 'incident', unreasoned.id, 'not stated why nothing was reported');
}
