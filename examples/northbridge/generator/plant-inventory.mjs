import { elsewhere, from, production } from './picks.mjs';

/** Deviations of what the inventory and the register of credentials say about single keys. */
export function plantInventory(book) {
  plantProviders(book);
  plantPurposes(book);
  plantTiers(book);
  plantConsumers(book);
  plantPrefixes(book);
  plantServices(book);
  plantIntegrations(book);
  plantDisagreement(book);
}

function plantProviders(book) {
  for (const key of book.take(5, from('azure-kv', 'kong'))) {
    key.provider = null;
    book.expect('inv-required-fields', 'key', key.id, 'not stated whose interface it opens');
  }
}

function plantPurposes(book) {
  const rule = 'inv-purpose-documented';
  const texted = from('azure-kv', 'vault-kv', 'kong', 'aws-iam');
  for (const [index, key] of book.take(6, texted).entries()) {
    key.purpose = ['tbd', 'misc', 'TODO', 'callbacks', '', ''][index];
    book.expect(rule, 'key', key.id, 'its purpose is a placeholder, too short or none');
    if (key.purpose === '') book.expect('inv-required-fields', 'key', key.id, 'no purpose on record');
  }
  const [shortest] = book.take(1, texted);
  shortest.purpose = 'ledger sum';
  for (const key of book.take(3, from('aws-sm', 'azure-kv'))) {
    key.data = [];
    book.expect(rule, 'key', key.id, 'the register names no category of data');
  }
  for (const key of book.take(4)) {
    key.basis = '';
    book.expect(rule, 'key', key.id, 'no legal or contractual basis on record');
  }
  for (const key of book.take(4)) {
    key.basis = null;
    book.expectNoEvidence(rule, 'key', key.id, 'not stated what it rests on');
  }
}

function plantTiers(book) {
  const lower = { critical: 'high', high: 'medium' };
  const telling = (key) => production(key) && ['payments', 'accounts'].includes(key.data[0]?.split('-')[0]);
  for (const key of book.take(9, telling)) {
    key.tier = lower[key.tier];
    book.expect('inv-risk-tier-valid', 'key', key.id, `what it reaches asks for more than ${key.tier}`);
  }
}

/** Keys with two consumers: some declared, some with an exception, and of two it is not stated whether there is one. */
function plantConsumers(book) {
  const rule = 'inv-not-shared';
  const share = (key) => {
    key.workloads = [...key.workloads, key.workloads[0].replace('wl-', 'wl-batch-')];
  };
  for (const key of book.take(5)) {
    share(key);
    book.expect(rule, 'key', key.id, 'two workloads use it, and no exception is on record');
  }
  for (const key of book.take(3)) {
    share(key);
    key.exception = 'X-2026-007';
  }
  for (const key of book.take(2)) {
    share(key);
    key.exception = null;
    book.expectNoEvidence(rule, 'key', key.id, 'two workloads use it, not stated whether that is allowed');
  }
}

function plantPrefixes(book) {
  const rule = 'inv-prefix-env-match';
  for (const key of book.take(4, elsewhere)) {
    key.prefix = 'live_';
    book.expect(rule, 'key', key.id, 'a live key outside production');
  }
  for (const key of book.take(3, production)) {
    key.prefix = 'sk_test_';
    book.expect(rule, 'key', key.id, 'a test key in production');
  }
  for (const key of book.take(2, (key) => production(key) && key.store !== 'aws-sm')) {
    key.prefix = 'rk_live_';
    key.scopes = [`${key.approved[0].split(':')[0]}:*`];
    book.expect(rule, 'key', key.id, 'a restricted key with a wildcard scope');
    book.expect('access-least-privilege', 'key', key.id, 'holds a wildcard scope', 'critical');
  }
  for (const key of book.take(3)) key.prefix = 'mx1_';
  for (const key of book.take(5, from('aws-sm', 'aws-iam', 'azure-kv'))) {
    key.prefix = null;
    book.expectNoEvidence(rule, 'key', key.id, 'not stated whether it has a prefix');
  }
}

/** Keys that open two services, of which each scope was approved; one with a scope that is no service's. */
function plantServices(book) {
  const grantScopes = (key, scopes) => Object.assign(key, { scopes, approved: scopes });
  const [both, ...two] = book.take(4, elsewhere);
  grantScopes(both, ['accounts:read', 'payments:initiate']);
  for (const key of two) grantScopes(key, ['cards:read', 'loans:write']);
  for (const key of [both, ...two])
    book.expect('access-scope-separation', 'key', key.id, 'it opens two services');
  for (const key of book.take(2, elsewhere)) grantScopes(key, ['accounts:read', 'openid']);
}

function plantIntegrations(book) {
  for (const key of book.take(3, (one) => production(one) && one.vendor !== null)) {
    key.integration = null;
    book.expectNoEvidence('env-sandbox-before-prod', 'key', key.id, 'not stated what it serves');
  }
}

/** The report of the cloud and the register disagree on whose account it is. */
function plantDisagreement(book) {
  for (const key of book.take(2, from('aws-iam'))) key.accountKind = 'system';
  const why = 'two inventories disagree on single keys';
  book.expect('evidence-ipe-valid', 'organisation', 'Northbridge Bank', why);
}
