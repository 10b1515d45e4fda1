import { randomStream } from './random.mjs';

/** Severity of each rule's violations, where the violation does not state its own. */
const SEVERITY = {
  'access-approved-justified': 'high',
  'access-key-reviewed': 'medium',
  'access-least-privilege': 'high',
  'access-personnel-limited': 'high',
  'access-readers-approved': 'high',
  'access-review-periodic': 'high',
  'access-scope-separation': 'medium',
  'access-scopes-used': 'medium',
  'auth-short-lived-token': 'high',
  'emergency-rotate-compromise': 'critical',
  'emergency-rotate-departure': 'critical',
  'emergency-rotate-vendor': 'critical',
  'env-key-separated': 'critical',
  'env-no-live-data': 'high',
  'env-sandbox-before-prod': 'medium',
  'evidence-ipe-valid': 'high',
  'gov-independent-assessment': 'medium',
  'gov-management-reporting': 'medium',
  'gov-policy-current': 'high',
  'gov-reg-watch': 'low',
  'gov-training': 'low',
  'gw-client-tokens-distinct': 'high',
  'gw-config-governed': 'medium',
  'gw-inline-detection': 'medium',
  'gw-ip-allowlist': 'high',
  'gw-rate-limit': 'medium',
  'gw-request-validation': 'medium',
  'gw-server-side-keys': 'critical',
  'inv-complete': 'high',
  'inv-dormant-revoked': 'high',
  'inv-expiry-set': 'high',
  'inv-not-shared': 'high',
  'inv-owner-assigned': 'high',
  'inv-prefix-env-match': 'medium',
  'inv-purpose-documented': 'medium',
  'inv-required-fields': 'medium',
  'inv-risk-tier-valid': 'medium',
  'inv-routes-complete': 'high',
  'ir-backup-credential': 'medium',
  'ir-notification-clocks': 'critical',
  'ir-playbook-keys': 'high',
  'ir-record-complete': 'high',
  'ir-tabletop': 'medium',
  'leak-logs-chat-clean': 'high',
  'log-auth-events': 'high',
  'log-five-w': 'high',
  'log-grant-changes': 'medium',
  'log-integrity': 'high',
  'log-key-lifecycle': 'high',
  'log-retention': 'high',
  'log-time-sync': 'medium',
  'mon-alerts-configured': 'high',
  'mon-anomaly-unhandled': 'high',
  'mon-key-breadth': 'high',
  'mon-off-hours': 'medium',
  'mon-refused-calls': 'medium',
  'mon-usage-baseline': 'low',
  'ops-control-continuity': 'medium',
  'rbac-deploy-pipeline': 'medium',
  'rbac-dev-no-prod': 'critical',
  'rbac-ops-no-raw-read': 'high',
  'rbac-security-revoke': 'medium',
  'repo-env-ignored': 'medium',
  'repo-leak-revoked': 'critical',
  'repo-no-hardcoded-secret': 'critical',
  'repo-precommit-scanning': 'medium',
  'repo-scan-coverage': 'high',
  'rotation-automated': 'medium',
  'rotation-drill-nonbreaking': 'medium',
  'rotation-failure-handled': 'high',
  'rotation-max-age': 'critical',
  'rotation-old-revoked': 'critical',
  'rotation-sequence-complete': 'high',
  'rotation-tra-documented': 'high',
  'rotation-version-notified': 'low',
  'sod-create-deploy': 'critical',
  'storage-encrypted-at-rest': 'high',
  'storage-env-only-prod': 'high',
  'storage-hsm-critical': 'medium',
  'storage-kek-separated': 'high',
  'storage-prod-in-vault': 'critical',
  'transport-mtls-partner': 'medium',
  'transport-no-cleartext-key': 'high',
  'transport-tls-min': 'high',
  'vendor-access-offboarded': 'high',
  'vendor-contract-terms': 'high',
  'vendor-due-diligence': 'high',
  'vendor-regulatory-scope': 'medium',
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

  /** Notes that a rule must fail on a subject; once, even where several things are wrong. */
  const expect = (rule, kind, id, why, severity = SEVERITY[rule]) => {
    const noted = expected.some((one) => one.rule === rule && one.subject.id === id);
    if (!noted) expected.push({ rule, subject: { kind, id }, severity, why });
  };

  /** Notes that a rule must find its evidence missing on a subject. */
  const expectNoEvidence = (rule, kind, id, why) => missing.push({ rule, subject: { kind, id }, why });

  return { take, expect, expectNoEvidence, random, expected, missing };
}
