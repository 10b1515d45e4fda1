import { AS_OF, DAY, QUARTER_START } from '../../shared/time.mjs';
import { rotationTimes } from './keys.mjs';
import { elsewhere, from, production } from './picks.mjs';

/** Deviations of the other kind: the inventory does not say, so rules cannot decide. Keys with nothing else wrong. */
export function plantMissingEvidence(book) {
  const incomplete = ['inv-required-fields'];
  leaveOut(
    book,
    7,
    production,
    { tier: null },
    (key) => [...ofTier(key), ...ofProductionTier(key)],
    incomplete,
  );
  leaveOut(book, 5, elsewhere, { tier: null }, ofTier, incomplete);
  const rarely = both(elsewhere, from('azure-kv', 'kong'));
  leaveOut(book, 5, rarely, { used: null }, ['inv-dormant-revoked'], incomplete);
  leaveOut(book, 4, from('azure-kv', 'aws-iam', 'kong'), { owner: null }, ['inv-owner-assigned']);
  leaveOut(book, 5, from('azure-kv', 'vault-kv', 'kong'), { encrypted: null, algorithm: null }, [
    'storage-encrypted-at-rest',
    'storage-kek-separated',
  ]);
  leaveOut(book, 4, both(production, from('aws-iam')), { storage: null }, [
    'storage-prod-in-vault',
    'storage-env-only-prod',
  ]);
  leaveOut(book, 5, from('vault-kv', 'kong'), { approved: null }, ['access-least-privilege']);
  leaveOut(book, 4, both(production, from('aws-iam', 'kong')), { allowlist: null }, ['gw-ip-allowlist']);
  leaveOut(book, 4, both(production, from('vault-kv', 'kong')), { expires: null }, ['inv-expiry-set']);
  neverRotatedByStore(book);
}

/** Rules that judge a key of any environment by its tier, and lack it. */
const OF_TIER = [
  'inv-risk-tier-valid',
  'ir-backup-credential',
  'rotation-drill-nonbreaking',
  'storage-hsm-critical',
];

/** A key that was never older than the shortest limit is young enough whatever its tier. */
const ofTier = (key) => (isAlwaysYoung(key) ? OF_TIER : [...OF_TIER, 'rotation-max-age']);

/** So is the life of a secret, if it is the shortest that a tier allows. */
const ofProductionTier = ({ tier }) =>
  tier === 'critical' ? ['sod-create-deploy'] : ['sod-create-deploy', 'inv-expiry-set'];

function isAlwaysYoung(key) {
  const turns = [key.created, ...rotationTimes(key), AS_OF];
  return turns.every(
    (time, index) => index === 0 || time <= QUARTER_START || time - turns[index - 1] <= 30 * DAY,
  );
}

const both = (first, second) => (key) => first(key) && second(key);

/** Leaves something out; `rules`, or those it returns of a key, lack it then, and `broken` ask for it. */
function leaveOut(book, count, fits, unknown, rules, broken = []) {
  const why = `the inventory does not state: ${Object.keys(unknown).join(', ')}`;
  for (const key of book.take(count, fits)) {
    const lacking = typeof rules === 'function' ? rules(key) : rules;
    Object.assign(key, unknown);
    for (const rule of lacking) book.expectNoEvidence(rule, 'key', key.id, why);
    for (const rule of broken) book.expect(rule, 'key', key.id, why);
  }
}

/** Rules that need a rotation, or its date. */
const OF_ROTATION = [
  'inv-expiry-set',
  'rotation-failure-handled',
  'rotation-max-age',
  'rotation-old-revoked',
  'rotation-sequence-complete',
  'rotation-version-notified',
  'sod-create-deploy',
];

/** Secrets Manager does not know when a secret was replaced that it does not rotate itself. */
function neverRotatedByStore(book) {
  for (const key of book.take(6, both(production, from('aws-sm')))) {
    Object.assign(key, { rotated: null, rotationEnabled: false });
    const why = 'no date of a rotation, and no rotation in the logs';
    for (const rule of OF_ROTATION) book.expectNoEvidence(rule, 'key', key.id, why);
    book.expect('inv-required-fields', 'key', key.id, why);
  }
}
