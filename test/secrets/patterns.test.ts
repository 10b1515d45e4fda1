import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fingerprint, secretSha256 } from '../../src/secrets/fingerprint.js';
import { isSecretName } from '../../src/secrets/patterns.js';
import { redactRecord, redactSecrets } from '../../src/secrets/redact.js';

const TOKEN = ['ghp', 'NorthbridgeFictional0123456789ABCDEFGH'].join('_');

it('replaces a token by its fingerprint, wherever in a text it stands', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]{0,20} $/), (before) => {
      expect(redactSecrets(`${before}${TOKEN}`)).toBe(`${before}sha256:${fingerprint(TOKEN)}`);
    }),
  );
});

it('names the fields of a record that held one, and leaves a record without one as it is', () => {
  const found: string[] = [];
  const record = { key_id: 'k1', purpose: `uses ${TOKEN}`, scopes: ['read', TOKEN], created: null };
  const hash = `sha256:${fingerprint(TOKEN)}`;
  expect(redactRecord(record, (field) => found.push(field))).toEqual({
    key_id: 'k1',
    purpose: `uses ${hash}`,
    scopes: ['read', hash],
    created: null,
  });
  expect(found).toEqual(['purpose', 'scopes']);
  const clean = { key_id: 'k1' };
  expect(redactRecord(clean, () => expect.fail())).toBe(clean);
});

it('keeps the first half of the SHA-256 as the fingerprint', () => {
  expect(secretSha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(fingerprint('')).toBe('e3b0c44298fc1c149afbf4c8996fb924');
});

it.each([
  ['client_secret', true],
  ['Password', true],
  ['privateKey', true],
  ['accessToken', true],
  ['key_id', false],
  ['owner', false],
])('says of the name %s: %s', (name, secret) => expect(isSecretName(name)).toBe(secret));
