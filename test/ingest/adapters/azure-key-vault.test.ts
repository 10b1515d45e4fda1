import fc from 'fast-check';
import { expect, it } from 'vitest';
import { adapter } from '../../../src/ingest/adapters/azure/key-vault/adapter.js';
import { fingerprint } from '../../../src/secrets/fingerprint.js';
import { convertOne, readTextWith, records } from './read-with-adapter.js';

const ID = 'https://nb-payments-prod.vault.azure.net/secrets/';
const item = (name: string, members: object = {}) => ({
  id: `${ID}${name}`,
  attributes: { enabled: true, created: 1_782_864_000 },
  ...members,
});

it('counts an item once, whatever its case and version', async () => {
  const text = JSON.stringify([item('Card-Key'), item('card-key/0123456789abcdef0123456789abcdef')]);
  const keys = records(await readTextWith(adapter, text, 'secrets.json'), 'keys');
  expect(new Set(keys.map((key) => key.key_id))).toEqual(new Set([`${ID}card-key`]));
});

it('keeps a fingerprint of a value, and never the value', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9+/=]{24,60}$/), (value) => {
      const converted = convertOne(adapter, item('x', { value }));
      expect(converted.emits).toMatchObject([{ record: { fingerprint: fingerprint(value) } }]);
      expect(JSON.stringify(converted)).not.toContain(value);
    }),
  );
});

it.each([
  [
    '{"records":[{"category":"AuditEvent","properties":{"id":"https://nb.vault.azure.net/secrets/x"}}]}',
    'a log',
  ],
  [
    '{"value":[{"id":"/subscriptions/1/providers/Microsoft.KeyVault/vaults/nb","name":"nb"}]}',
    'a list of vaults',
  ],
])('does not take %s for a list of items (%s)', async (text) => {
  expect((await readTextWith(adapter, text, 'export.json')).recognised).toBeNull();
});
