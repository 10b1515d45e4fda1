import { AS_OF, DAY, QUARTER_START } from '../../shared/time.mjs';
import { PIPELINED, rotationTimes } from './keys.mjs';
import { routeOf } from './log-gateway.mjs';

const live = ({ environment }) => environment === 'production';

/** Stores of which no audit log is kept or exported: the clusters, mail, access keys, the archive host, the test project of Google. */
const unlogged = ({ store, environment }) =>
  ['k8s', 'entra-app', 'aws-iam', null].includes(store) || (store === 'gcp-sm' && environment === 'staging');

/** Keys of the vault whose audit log was exported before the quarter had ended. */
const exportedEarly = ({ store, environment }) => store === 'azure-kv' && environment === 'production';

const unseen = (key) => unlogged(key) || exportedEarly(key);

/** Keys that are issued anew and not by the pipeline, in the quarter. */
const issuedAnew = (key) => !PIPELINED.includes(key.store) && key.created >= QUARTER_START;

const rotated = (key) => rotationTimes(key).some((time) => time >= QUARTER_START);

/** The list of a cluster states when a certificate was issued, and not whether its private key is older. */
const isCertificate = ({ type }) => type === 'certificate';

const mayBeRenewed = (key) => isCertificate(key) && key.created >= QUARTER_START;

/** Which keys lack evidence for a rule, and why. */
const OF_KEYS = {
  'env-key-separated': (key) => live(key) && unseen(key),
  'gw-ip-allowlist': (key) => live(key) && unseen(key),
  'rbac-ops-no-raw-read': (key) => live(key) && unseen(key),
  'inv-not-shared': unseen,
  'log-key-lifecycle': unseen,
  'mon-anomaly-unhandled': unseen,
  // An alert of GitHub does not show which secret it found; and calls are seen by the gateway only.
  'gw-server-side-keys': () => true,
  'mon-usage-baseline': (key) => live(key) && key.store !== 'kong' && key.created < AS_OF - 14 * DAY,
  'rotation-max-age': isCertificate,
  'rotation-failure-handled': mayBeRenewed,
  'rotation-sequence-complete': mayBeRenewed,
  'rotation-old-revoked': issuedAnew,
  'sod-create-deploy': (key) => live(key) && issuedAnew(key),
  // The register states no review of whether a key is still needed.
  'access-key-reviewed': ({ created }) => created < AS_OF - 92 * DAY,
  // No log states the scopes of a call or the account that it was made for.
  'access-scopes-used': () => true,
  'mon-key-breadth': live,
  // Azure, Google and Vault name who read a secret by numbers and sessions that no list of principals has.
  'access-readers-approved': (key) => live(key) && !['aws-sm', 'kong'].includes(key.store),
  'rbac-deploy-pipeline': (key) => live(key) && (unseen(key) || !rotated(key)),
  // Secrets Manager names versions by ids.
  'rotation-version-notified': mayBeRenewed,
};

/** How many subjects lack evidence, by rule: what the bank does not export, nobody counts, or is not on record. */
export function missingEvidence({ keys, standbyKeys, routes, expected, plantedGrants }) {
  const active = keys.filter(({ status }) => status === 'active');
  const failed = new Set(expected.map(({ rule, subject }) => `${rule} ${subject.id}`));
  const called = new Set(keys.filter(({ store }) => store === 'kong').map(routeOf));
  const counts = Object.entries(OF_KEYS).map(([rule, lacks]) => [
    rule,
    active.filter((key) => lacks(key) && !failed.has(`${rule} ${key.id}`)).length,
  ]);
  return {
    ...Object.fromEntries(counts),
    'mon-anomaly-unhandled': active.filter(unseen).length + standbyKeys.length,
    'mon-off-hours': active.filter((key) => live(key) && unseen(key)).length + standbyKeys.length,
    // Neither the list of routes nor the log of the gateway states it.
    'gw-inline-detection': routes.filter(live).length,
    'mon-refused-calls': routes.filter(live).length,
    'log-auth-events': routes.filter(({ calls }) => calls === undefined).length,
    'transport-no-cleartext-key': routes.filter((route) => route.calls === undefined && !called.has(route.id))
      .length,
    // The log of mh-prod-kv ends on 23 September, and no other log could name a key that it alone would have named.
    'inv-complete': 1,
    'ir-tabletop': 1,
    // A removal that a review asked for in September may still be carried out in time.
    'access-review-periodic': plantedGrants.filter(({ decision }) => decision === 'revoke').length,
  };
}
