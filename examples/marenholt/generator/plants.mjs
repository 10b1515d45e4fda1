import { sha256 } from '../../shared/random.mjs';
import { at, DAY, HOUR, startOfDay } from '../../shared/time.mjs';
import { mail } from './cast.mjs';
import { grant } from './grants.mjs';
import { ADDRESS } from './places.mjs';

/** Puts into the bank what is wrong in it, and notes what follows from it. */
export function plantFailures(bank) {
  bank.plantedGrants = [];
  const expect = (rule, kind, id, severity, why) =>
    bank.expected.push({ rule, subject: { kind, id }, severity, why });
  for (const plant of PLANTS) plant(bank, expect);
}

const PLANTS = [
  leakedKey,
  keyBeyondItsLimit,
  leaverWithAccess,
  sharedKeyWithoutExpiry,
  incidentReportedLate,
  passwordInFile,
  teamAsOwner,
  unusedKey,
  logThatEndsEarly,
  changesWithoutTicket,
];

const keyOf = ({ keys }, store, place) => {
  const { id } = ADDRESS[store](place);
  return keys.find((key) => key.id === id);
};

/** A key of card processing lies in its repository since 12 September, and was not replaced. */
function leakedKey(bank, expect) {
  const key = keyOf(bank, 'vault-kv', {
    service: 'card-processing',
    thing: 'document-store',
    environment: 'production',
  });
  const secret = ['marenholt', 'fictional', 'load', 'test', '7'].join('-');
  const rotated = at('2026-08-20T09:12:00Z');
  Object.assign(key, {
    rotated,
    expires: startOfDay(rotated) + 170 * DAY,
    fingerprint: sha256(secret).slice(0, 32),
  });
  bank.repositories
    .find(({ name }) => name === 'card-processing')
    .findings.push({
      rule: 'generic-api-key',
      file: 'load-test/environment.yaml',
      line: 14,
      secret,
      committed: at('2026-09-12T14:31:00Z'),
      author: 'Mirja Tavast',
    });
  const where = 'a key of card processing is in its repository since 12 September, and works';
  expect('repo-no-hardcoded-secret', 'repository', 'marenholt/card-processing', 'critical', where);
  expect('repo-leak-revoked', 'repository', 'marenholt/card-processing', 'critical', where);
}

/** The database password of the ledger was last replaced in December. */
function keyBeyondItsLimit(bank, expect) {
  const key = keyOf(bank, 'azure-kv', {
    service: 'general-ledger',
    thing: 'database',
    environment: 'production',
  });
  const rotated = at('2025-12-18T10:05:00Z');
  Object.assign(key, { rotated, expires: startOfDay(rotated) + 355 * DAY });
  expect('rotation-max-age', 'key', key.id, 'medium', "older than the bank's limit of 180 days");
}

/** A site engineer left on 21 August; the review of September found her right, and it is still there. */
function leaverWithAccess(bank, expect) {
  const key = keyOf(bank, 'aws-sm', {
    service: 'open-banking',
    thing: 'token-signing',
    environment: 'production',
  });
  const rotated = at('2026-07-29T08:40:00Z');
  Object.assign(key, { rotated, expires: startOfDay(rotated) + 170 * DAY });
  const right = grant(key, { principal: mail('Greta Winterfeldt'), role: 'sre', action: 'use' });
  bank.plantedGrants.push({ ...right, decision: 'revoke', reviewed: at('2026-09-14T10:00:00Z') });
  expect(
    'emergency-rotate-departure',
    'key',
    key.id,
    'critical',
    'a leaver still holds a right, and the key was not replaced',
  );
}

/** A partner uses one key from two systems, and it never expires. */
function sharedKeyWithoutExpiry(bank, expect) {
  const key = bank.keys.find(
    ({ store, user, index }) => store === 'kong' && user === 'brackwater' && index === 2,
  );
  Object.assign(key, { expires: Number.POSITIVE_INFINITY, secondUser: 'brackwater-collect' });
  expect('inv-expiry-set', 'key', key.id, 'high', 'it never expires');
  expect('inv-not-shared', 'key', key.id, 'high', 'two systems of the partner use it');
}

/** The data protection authority was told after four days. */
function incidentReportedLate(bank, expect) {
  const one = bank.incidents.find(({ id }) => id === 'MHI-26-027');
  one.late = one.aware + 96 * HOUR;
  expect('ir-notification-clocks', 'incident', one.id, 'critical', 'reported 96 hours after awareness');
}

/** The archive host reads its password from a file; accepted until the end of the year (waivers in keyproof.yaml). */
function passwordInFile(bank) {
  const model = keyOf(bank, 'azure-kv', {
    service: 'general-ledger',
    thing: 'cache',
    environment: 'production',
  });
  const id = 'archivserver/ledger-archive';
  const fingerprint = sha256(`marenholt fictional secret of ${id}`).slice(0, 32);
  const purpose = 'Zugang von general-ledger zum Archivserver (production)';
  bank.keys.push({ ...model, id, name: id, store: null, thing: 'archive host', purpose, fingerprint });
}

/** A team answers for a key of staging, and no person. */
function teamAsOwner(bank, expect) {
  const key = keyOf(bank, 'aws-sm', { service: 'mobile-banking', thing: 'cache', environment: 'staging' });
  key.owner = 'team-channels@marenholt.example';
  expect('inv-owner-assigned', 'key', key.id, 'low', 'its owner is a team');
}

/** Nobody has used a key of staging since May. */
function unusedKey(bank, expect) {
  const key = keyOf(bank, 'aws-sm', {
    service: 'notifications',
    thing: 'job-scheduler',
    environment: 'staging',
  });
  key.used = at('2026-05-20T07:00:00Z');
  expect('inv-dormant-revoked', 'key', key.id, 'high', 'not used for 133 days');
}

/** The audit log of the production vault in Azure was exported before the quarter had ended. */
function logThatEndsEarly(_bank, expect) {
  expect(
    'evidence-ipe-valid',
    'organisation',
    'Marenholt Bank',
    'high',
    'the audit log of one vault ends on 23 September',
  );
}

/** Cloud stores log who changed a key and when, not for which change. */
function changesWithoutTicket(_bank, expect) {
  expect(
    'log-five-w',
    'organisation',
    'Marenholt Bank',
    'medium',
    'log entries of key changes name no ticket',
  );
}
