const production = ({ environment }) => environment === 'production';
const elsewhere = (key) => !production(key);
const from =
  (...stores) =>
  ({ store }) =>
    stores.includes(store);

/** Deviations of the other kind: the inventory does not say, so rules cannot decide. Keys with nothing else wrong. */
export function plantMissingEvidence(book) {
  leaveOut(book, 7, production, { tier: null }, ['inv-expiry-set', 'rotation-max-age']);
  leaveOut(book, 5, elsewhere, { tier: null }, ['rotation-max-age']);
  leaveOut(book, 5, both(elsewhere, from('azure-kv', 'kong')), { used: null }, ['inv-dormant-revoked']);
  leaveOut(book, 4, from('azure-kv', 'aws-iam', 'kong'), { owner: null }, ['inv-owner-assigned']);
  leaveOut(book, 5, from('azure-kv', 'vault-kv', 'kong'), { encrypted: null, algorithm: null }, [
    'storage-encrypted-at-rest',
  ]);
  leaveOut(book, 4, both(production, from('aws-iam')), { storage: null }, ['storage-prod-in-vault']);
  leaveOut(book, 5, from('vault-kv', 'kong'), { approved: null }, ['access-least-privilege']);
  leaveOut(book, 4, both(production, from('aws-iam', 'kong')), { allowlist: null }, ['gw-ip-allowlist']);
  leaveOut(book, 4, both(production, from('vault-kv', 'kong')), { expires: null }, ['inv-expiry-set']);
  neverRotatedByStore(book);
}

const both = (first, second) => (key) => first(key) && second(key);

function leaveOut(book, count, fits, unknown, rules) {
  const why = `the inventory does not state: ${Object.keys(unknown).join(', ')}`;
  for (const key of book.take(count, fits)) {
    Object.assign(key, unknown);
    for (const rule of rules) book.expectNoEvidence(rule, 'key', key.id, why);
  }
}

/** Secrets Manager does not know when a secret was replaced that it does not rotate itself. */
function neverRotatedByStore(book) {
  for (const key of book.take(6, both(production, from('aws-sm')))) {
    Object.assign(key, { rotated: null, rotationEnabled: false });
    for (const rule of ['inv-expiry-set', 'rotation-max-age', 'rotation-old-revoked']) {
      book.expectNoEvidence(rule, 'key', key.id, 'no date of a rotation, and no rotation in the logs');
    }
  }
}
