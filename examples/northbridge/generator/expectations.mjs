import { randomStream } from './random.mjs';

/** Severity of each rule's violations, where the violation does not state its own. */
const SEVERITY = {
  'access-approved-justified': 'high',
  'access-least-privilege': 'high',
  'access-personnel-limited': 'high',
  'access-review-periodic': 'high',
  'emergency-rotate-departure': 'critical',
  'env-key-separated': 'critical',
  'gov-policy-current': 'high',
  'gw-ip-allowlist': 'high',
  'gw-rate-limit': 'medium',
  'inv-dormant-revoked': 'high',
  'inv-expiry-set': 'high',
  'inv-owner-assigned': 'high',
  'ir-record-complete': 'high',
  'log-five-w': 'high',
  'mon-alerts-configured': 'high',
  'rbac-dev-no-prod': 'critical',
  'repo-no-hardcoded-secret': 'critical',
  'repo-scan-coverage': 'high',
  'rotation-max-age': 'critical',
  'rotation-old-revoked': 'critical',
  'storage-encrypted-at-rest': 'high',
  'storage-prod-in-vault': 'critical',
  'transport-tls-min': 'high',
  'vendor-access-offboarded': 'high',
};

/**
 * Keeps the book of what is planted. Each key is taken at most once, so that a deviation has the effects
 * it was planted for and no others.
 */
export function createBook(keys) {
  const random = randomStream('plants');
  const pool = random.shuffle(keys.filter(({ status }) => status === 'active'));
  const expected = [];
  const missing = [];

  /** Takes `count` untouched keys that fit. */
  const take = (count, fits = () => true) => {
    const taken = pool.filter(fits).slice(0, count);
    if (taken.length < count) throw new Error(`only ${taken.length} of ${count} keys fit`);
    for (const key of taken) pool.splice(pool.indexOf(key), 1);
    return taken;
  };

  /** Notes that a rule must fail on a subject. */
  const expect = (rule, kind, id, why, severity = SEVERITY[rule]) =>
    expected.push({ rule, subject: { kind, id }, severity, why });

  /** Notes that a rule must find its evidence missing on a key. */
  const expectNoEvidence = (rule, kind, id, why) => missing.push({ rule, subject: { kind, id }, why });

  return { take, expect, expectNoEvidence, random, expected, missing };
}
