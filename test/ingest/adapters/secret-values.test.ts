import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Adapter } from '../../../src/ingest/adapter.js';
import { ADAPTERS } from '../../../src/ingest/adapters/index.js';
import { fingerprint } from '../../../src/secrets/fingerprint.js';
import { convertOne } from './read-with-adapter.js';

type Planted = {
  /** What the value stands in. */
  place: string;
  /** The record, with the value in it. */
  record: (value: string) => Record<string, unknown>;
  /** Whether the value is the key, so that its fingerprint is kept. */
  keeps: boolean;
};

const planted = (place: string, record: Planted['record'], keeps = true): Planted => ({
  place,
  record,
  keeps,
});
const attributes = { enabled: true, created: 1_782_864_000 };
const vaultItem = { id: 'https://nb-payments-prod.vault.azure.net/secrets/x', attributes };
const gcp = 'projects/nb-payments-prod';
const serviceAccountKey = `${gcp}/serviceAccounts/a@nb.iam.gserviceaccount.com/keys/1`;
const token = { accessor: 'a1', creation_time: 1_782_864_000, creation_ttl: 0, policies: [] };
const ldapRole = { dn: 'uid=a', username: 'a', last_vault_rotation: '2026-01-01T00:00:00Z' };
const secret = (more: object) => ({
  kind: 'Secret',
  metadata: { name: 'a', creationTimestamp: '2026-01-01T00:00:00Z' },
  ...more,
});

/** Exports that hold secrets, by adapter: every member that can hold one. */
const PLACES: { [adapter: string]: Planted[] } = {
  'azure-key-vault': [
    planted('value', (value) => ({ ...vaultItem, value })),
    planted('SecretValueText', (value) => ({ ...vaultItem, SecretValueText: value })),
  ],
  'gcp-api-keys': [
    planted('keyString', (value) => ({ name: `${gcp}/locations/global/keys/1`, keyString: value })),
  ],
  'vendor-portal-keys': [
    planted('apiKey', (value) => ({ id: 'k', type: 'production', permissions: [], apiKey: value })),
  ],
  'gcp-service-account-keys': [
    planted('privateKeyData', (value) => ({ name: serviceAccountKey, privateKeyData: value }), false),
  ],
  'vault-token': [planted('id', (value) => ({ data: { ...token, id: value } }))],
  'entra-applications': [
    planted('secretText', (value) => ({
      appId: 'a',
      passwordCredentials: [{ keyId: 'k', secretText: value }],
    })),
    planted('hint', (value) => ({ appId: 'a', passwordCredentials: [{ keyId: 'k', hint: value }] }), false),
    planted('key', (value) => ({ appId: 'a', keyCredentials: [{ keyId: 'k', key: value }] }), false),
  ],
  'kubernetes-secrets': [
    planted('data', (value) => secret({ data: { password: value } }), false),
    planted('stringData', (value) => secret({ stringData: { password: value } }), false),
    planted(
      'last-applied-configuration',
      (value) => ({
        kind: 'Secret',
        metadata: { name: 'a', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': value } },
      }),
      false,
    ),
  ],
  'kong-consumers': [
    planted('key-auth', (value) => ({ username: 'a', keyauth_credentials: [{ key: value }] })),
    planted('jwt secret', (value) => ({ username: 'a', jwt_secrets: [{ key: 'iss', secret: value }] })),
    planted('jwt key', (value) => ({ username: 'a', jwt_secrets: [{ key: value }] }), false),
    planted('hmac', (value) => ({ username: 'a', hmacauth_credentials: [{ username: 'b', secret: value }] })),
    planted(
      'basic',
      (value) => ({ username: 'a', basicauth_credentials: [{ username: 'b', password: value }] }),
      false,
    ),
    planted(
      'oauth2',
      (value) => ({ username: 'a', oauth2_credentials: [{ client_id: 'b', client_secret: value }] }),
      false,
    ),
  ],
  'apigee-apps': [
    planted('consumerKey', (value) => ({
      name: 'a',
      credentials: [{ consumerKey: value, status: 'approved' }],
    })),
    planted(
      'consumerSecret',
      (value) => ({
        name: 'a',
        credentials: [{ consumerKey: 'k', consumerSecret: value, status: 'approved' }],
      }),
      false,
    ),
  ],
  'gitlab-ci-variables': [
    planted('value', (value) => ({ key: 'A', variable_type: 'env_var', masked: true, value })),
  ],
  'okta-client-secrets': [
    planted('client_secret', (value) => ({
      id: 'o',
      status: 'ACTIVE',
      secret_hash: 'h',
      client_secret: value,
    })),
    planted('secret_hash', (value) => ({ id: 'o', status: 'ACTIVE', secret_hash: value }), false),
  ],
  'vault-database-static-roles': [
    planted('password', (value) => ({ data: { ...ldapRole, password: value } }), false),
    planted('last_password', (value) => ({ data: { ...ldapRole, last_password: value } }), false),
  ],
  'github-tokens': [
    planted(
      'token_last_eight',
      (value) => ({ credential_id: 1, login: 'a', token_last_eight: value }),
      false,
    ),
  ],
};

/** Paths of exports that do not state whose keys they hold. */
const PATHS: { [adapter: string]: string } = { 'gitlab-ci-variables': 'projects/1/variables.json' };

const adapterOf = (id: string): Adapter => {
  const adapter = ADAPTERS.find((candidate) => candidate.id === id);
  if (!adapter) throw new Error(`there is no adapter ${id}`);
  return adapter;
};

describe.each(Object.entries(PLACES))('%s', (id, places) => {
  it.each(places)('keeps a fingerprint of $place at most, and never the value', ({ record, keeps }) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/=_-]{16,60}$/), (value) => {
        const { emits, ...said } = convertOne(adapterOf(id), record(value), PATHS[id]);
        const keys = emits.filter(({ kind }) => kind === 'keys');
        expect(keys).toHaveLength(1);
        const kept = keys[0]?.record;
        expect(Reflect.get(kept ?? {}, 'fingerprint') ?? null).toBe(
          keeps ? fingerprint(value) : otherFingerprint(id),
        );
        expect(JSON.stringify([emits, said])).not.toContain(value);
      }),
    );
  });
});

/** The fingerprint of the key beside a planted value. */
function otherFingerprint(id: string): string | null {
  return id === 'apigee-apps' ? fingerprint('k') : null;
}
