import { DAY } from '../../shared/time.mjs';

const critical = ({ tier }) => tier === 'critical';

/** Deviations of modules, wrapping keys, standby keys and the stores' own logging. */
export function plantCustody(book) {
  plantModules(book);
  plantWrappingKeys(book);
  plantStandbyKeys(book);
  plantAuditDevices(book);
}

function plantModules(book) {
  const rule = 'storage-hsm-critical';
  for (const key of book.take(4, critical)) {
    Object.assign(key, { hsm: false, hsmCertificate: null });
    book.expect(rule, 'key', key.id, 'no HSM protects a critical key');
  }
  for (const key of book.take(2, critical)) {
    key.hsmCertificate = '';
    book.expect(rule, 'key', key.id, 'the HSM has no certificate');
  }
  for (const key of book.take(2, critical)) {
    key.hsmCertificate = null;
    book.expectNoEvidence(rule, 'key', key.id, 'not stated whether the HSM has a certificate');
  }
}

function plantWrappingKeys(book) {
  const rule = 'storage-kek-separated';
  const own = ({ store, encrypted }) => store !== 'aws-sm' && encrypted === true;
  for (const [index, key] of book.take(3, own).entries()) {
    key.kek = index === 0 ? `${key.dek}/kek` : key.dek;
    book.expect(rule, 'key', key.id, 'the wrapping key is kept with what it wraps');
  }
  for (const key of book.take(4, own)) {
    key.kekAdmins = null;
    book.expectNoEvidence(rule, 'key', key.id, 'not stated who administers the wrapping key');
  }
}

/** Critical keys whose standby key is not there, is long untested, or was never heard of. */
function plantStandbyKeys(book) {
  const rule = 'ir-backup-credential';
  const [none, lost, unsaid] = book.take(3, (key) => critical(key) && key.standby !== null);
  Object.assign(none, { standby: '', standbyTested: null });
  book.expect(rule, 'key', none.id, 'there is no standby key');
  lost.standbyTested -= 190 * DAY;
  book.expect(rule, 'key', lost.id, 'the standby key was tested more than 180 days ago');
  Object.assign(unsaid, { standby: null, standbyTested: null });
  book.expectNoEvidence(rule, 'key', unsaid.id, 'not stated whether there is a standby key');
}

/** Stores that do not record who reads: then no log can show that nobody did. */
function plantAuditDevices(book) {
  const live = ({ environment, store }) => environment === 'production' && store === 'vault-kv';
  for (const key of book.take(3, live)) {
    key.auditLogging = false;
    book.expect('log-key-lifecycle', 'key', key.id, 'its store does not record every access');
    book.expectNoEvidence('rbac-ops-no-raw-read', 'key', key.id, 'its store does not record every access');
  }
}
