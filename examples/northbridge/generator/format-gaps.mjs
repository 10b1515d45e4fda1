import { groupBy } from '../../shared/group-by.mjs';
import { AS_OF, DAY, HOUR, QUARTER_START } from '../../shared/time.mjs';
import { isInCampaign } from './export-access-review.mjs';
import { readTimes } from './export-cloudtrail.mjs';
import { rotationTimes } from './keys.mjs';
import { production } from './picks.mjs';
import { isStepwise } from './rotations.mjs';

const active = ({ status }) => status === 'active';
const rotatedInQuarter = (key) => rotationTimes(key).some((time) => time >= QUARTER_START && time <= AS_OF);

/** What the bank's formats cannot carry: rules that need it must find it missing for whole classes of keys. */
export function noteFormatGaps(book, bank) {
  const keys = bank.keys.filter(active);
  noteRotationLogs(book, keys);
  noteErrors(book, keys);
  noteCallers(book, keys, bank);
  noteBaselines(book, keys, bank);
  noteUnlogged(book, bank);
  noteCampaign(book, bank);
  noteReaders(book, keys);
  noteCalls(book, keys, bank);
  noteUnnamed(book, keys, bank);
  noteNeeds(book, keys);
  noteReadings(book, bank);
  noteGrantDates(book, bank);
  notePlacing(book, keys);
}

const readInQuarter = ({ store, used }) => store === 'aws-sm' && used > QUARTER_START && used <= AS_OF;

/** Outside Monday to Friday, 7 to 19 h UTC. */
function isAtNight(time) {
  const date = new Date(time);
  const hour = date.getUTCHours();
  return [0, 6].includes(date.getUTCDay()) || hour < 7 || hour >= 19;
}

/** CloudTrail names the role that read a secret and not what stood behind it, and no log of standbys is exported. */
function noteReadings(book, { keys, standbyKeys }) {
  const gap = (rule, { id }, why) => book.expectNoEvidence(rule, 'key', id, why);
  for (const key of keys.filter((one) => production(one) && readInQuarter(one))) {
    if (readTimes(key).some(isAtNight))
      gap('mon-off-hours', key, 'not stated whether a person read it at night');
    if (active(key)) gap('access-readers-approved', key, 'not stated whether a program read it');
  }
  for (const key of standbyKeys.filter(({ used }) => used >= QUARTER_START))
    gap('mon-off-hours', key, 'tested, and no log shows it');
}

/** The identity provider's campaign does not say when a right was given. */
function noteGrantDates(book, { grants }) {
  for (const { key } of grants.filter(isInCampaign))
    book.expectNoEvidence('log-grant-changes', 'key', key.id, 'a right in the campaign, without a date');
}

/** Of a key that was not rotated in the quarter no log shows who put its secret in place. */
function notePlacing(book, keys) {
  for (const key of keys.filter((one) => production(one) && !rotatedInQuarter(one)))
    book.expectNoEvidence('rbac-deploy-pipeline', 'key', key.id, 'no new secret in the quarter');
}

/** Only the gateway states scopes, account and route of a call. */
function noteCalls(book, keys, { uses }) {
  const calls = groupBy(
    uses.filter(({ status }) => status !== undefined),
    ({ key }) => key,
  );
  for (const key of keys) {
    const own = calls.get(key.id) ?? [];
    const days = new Set(own.map(({ at }) => Math.floor(at / DAY))).size;
    const gap = (rule, why) => book.expectNoEvidence(rule, 'key', key.id, why);
    if (own.length === 0) gap('access-scopes-used', 'no log states the scopes of its calls');
    if (production(key) && (days <= 14 || own.some(({ route }) => !route)))
      gap('mon-key-breadth', 'no log states accounts and routes of its calls, or of few days only');
  }
}

/** Whether one workload uses a key, no log shows of which a call names none. */
function noteUnnamed(book, keys, { uses }) {
  const failed = new Set(
    book.expected.filter(({ rule }) => rule === 'inv-not-shared').map(({ subject }) => subject.id),
  );
  const unnamed = new Set(
    uses
      .filter((use) => use.workload === null && use.log === 'kong-gateway' && use.status === 200)
      .filter(({ at }) => at > QUARTER_START && at <= AS_OF)
      .map(({ key }) => key),
  );
  for (const { id } of keys.filter((key) => unnamed.has(key.id) && !failed.has(key.id)))
    book.expectNoEvidence('inv-not-shared', 'key', id, 'a call that names no workload');
}

/** The need of keys is reviewed in the register of the vault and of the gateway outside production. */
function noteNeeds(book, keys) {
  const stated = (key) => key.store === 'vault-kv' || (key.store === 'kong' && !production(key));
  const isDue = ({ created }) => created < AS_OF - 92 * DAY;
  for (const key of keys.filter((one) => isDue(one) && !stated(one)))
    book.expectNoEvidence('access-key-reviewed', 'key', key.id, 'its inventory states no review of its need');
}

/** Most rotations are logged as one event, without steps; Secrets Manager names versions by ids. */
function noteRotationLogs(book, keys) {
  const gap = (rule, key, why) => book.expectNoEvidence(rule, 'key', key.id, why);
  for (const key of keys.filter(rotatedInQuarter)) {
    if (!isStepwise(key) && !isInOverlap(key)) gap('rotation-sequence-complete', key, 'logged as one event');
    if (!isStepwise(key) && production(key))
      gap('sod-create-deploy', key, 'not stated who made and who deployed it');
    if (key.store === 'aws-sm') gap('rotation-version-notified', key, 'its versions are ids');
  }
}

/** The only rotation of the quarter is so young that the old secret may still be there. */
const isInOverlap = (key) =>
  rotationTimes(key).every((time) => time < QUARTER_START || time >= AS_OF - 48 * HOUR);

/** CloudTrail does not count the errors of callers after a rotation. */
function noteErrors(book, keys) {
  for (const key of keys.filter(({ store, tier }) => store === 'aws-sm' && tier === 'critical'))
    book.expectNoEvidence(
      'rotation-drill-nonbreaking',
      'key',
      key.id,
      'nobody counted errors after its rotation',
    );
}

/** CloudTrail does not say what kind of program called, and of most keys no use is logged at all. */
function noteCallers(book, keys, { uses }) {
  const logged = groupBy(
    uses.filter(({ outcome, category }) => outcome === 'success' && category !== 'read-secret'),
    ({ key }) => key,
  );
  for (const key of keys.filter(({ id }) => !logged.has(id)))
    book.expectNoEvidence('gw-server-side-keys', 'key', key.id, 'no log says what kind of program uses it');
}

/** CloudTrail times no calls; of the vaults the last reads are exported, which make no baseline. */
function noteBaselines(book, keys, { uses }) {
  const days = groupBy(
    uses.filter(({ category }) => category !== 'read-secret'),
    ({ key }) => key,
  );
  const countOf = (key) => new Set((days.get(key.id) ?? []).map(({ at }) => Math.floor(at / DAY))).size;
  const settled = ({ created }) => created < AS_OF - 14 * DAY;
  for (const key of keys.filter((one) => production(one) && settled(one)))
    if (key.account || countOf(key) < 14)
      book.expectNoEvidence('mon-usage-baseline', 'key', key.id, 'not timed, or seen on fewer than 14 days');
}

/** The vault dates the last test of a standby, and no audit log of standbys is exported. */
function noteUnlogged(book, { standbyKeys }) {
  for (const { id, used } of standbyKeys)
    if (used >= QUARTER_START)
      book.expectNoEvidence('mon-anomaly-unhandled', 'key', id, 'tested, and no log shows it');
}

/** The identity provider's campaign says who reviewed a right, not who asked for it, who approved it, and when it was reviewed before. */
function noteCampaign(book, { grants }) {
  const unreviewed = new Set(
    book.expected.filter(({ rule }) => rule === 'access-review-periodic').map(({ subject }) => subject.id),
  );
  for (const { key } of grants.filter((entry) => isInCampaign(entry) && active(entry.key))) {
    book.expectNoEvidence('access-approved-justified', 'key', key.id, 'a right in the campaign only');
    if (!unreviewed.has(key.id))
      book.expectNoEvidence(
        'access-review-periodic',
        'key',
        key.id,
        'the campaign shows its own review only',
      );
  }
}

/** CloudTrail names the role that read a secret and not whether a person stood behind it. */
function noteReaders(book, keys) {
  const rule = 'rbac-ops-no-raw-read';
  const noted = [...book.expected, ...book.missing].filter((entry) => entry.rule === rule);
  const decided = new Set(noted.map(({ subject }) => subject.id));
  const read = ({ store, used }) => store === 'aws-sm' && used > QUARTER_START && used <= AS_OF;
  for (const key of keys.filter((one) => production(one) && read(one) && !decided.has(one.id)))
    book.expectNoEvidence(rule, 'key', key.id, 'not stated whether a person read it');
}
