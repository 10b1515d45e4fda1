import type { KeyRecord } from '../../../../model/index.js';
import { fingerprint } from '../../../../secrets/fingerprint.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { KEY_LABELS } from '../../../fields/key-labels.js';
import { labelReader, parseLabels } from '../../../fields/labels.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const ITEM =
  /^https:\/\/([a-z0-9-]+\.(?:vault|managedhsm)\.[a-z.]+)\/(secrets|keys|certificates)\/([a-z0-9-]+)(?:\/[a-z0-9]*)?$/i;
const ITEM_FORM = 'the URL of a Key Vault item, https://<vault>.vault.azure.net/secrets/<name>';
const IN_HEAD =
  /"k?id"\s*:\s*"https:\/\/[a-z0-9-]+\.(?:vault|managedhsm)\.[a-z.]+\/(?:secrets|keys|certificates)\//i;
const AGAIN = 'export again without --query.';
const GOES_ON =
  'The export ends with a nextLink: the vault has more items than it lists. Add the next pages.';
const HOLDS_VALUES =
  'The export holds the values of secrets (az keyvault secret show); only their fingerprints were kept: remove it, and use az keyvault secret list, which has none.';

/**
 * Azure Key Vault: lists of secrets, keys and certificates, from the REST API (`{value, nextLink}`, epoch seconds) or
 * the CLI (`az keyvault secret list`: a bare array, ISO 8601), and single items (`az keyvault secret show`). Follows
 * https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/get-secrets/get-secrets and
 * https://learn.microsoft.com/en-us/cli/azure/keyvault/secret
 * - The id is the URL without a version, in lower case: Key Vault does not tell `Card-Key` from `card-key`.
 * - A list shows the current version of an item, so `created` states since when its value is what it is:
 *   `last_rotated`. When the first version was made, it does not say. `updated` moves with every tag and is not read.
 * - An item without an expiry never expires. If `created` is missing, fields were selected (`--query`), and absence
 *   states nothing.
 * - Use is in the vault's AuditEvent log only: `not-tracked`.
 * - A managed key or secret belongs to the certificate of the same name, and is kept under the certificate's id, so
 *   that three lists of one vault count it once.
 * - Key Vault encrypts what it stores; with which algorithm is not published per item. A value of a secret is
 *   fingerprinted.
 * - With tags exported (also `null`, as the CLI writes no tags) and none for it, owner and purpose are known to be
 *   none.
 */
export const adapter: Adapter = {
  id: 'azure-key-vault',
  title: 'Azure Key Vault lists of secrets, keys or certificates (JSON)',
  recognisedBy: '`id` or `kid` with the URL of a vault, beside `attributes`',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['value', 'nextLink', 'id', 'kid', 'attributes'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const isItem = keys.includes('attributes') && (keys.includes('id') || keys.includes('kid'));
  return (isItem || keys.includes('value')) && IN_HEAD.test(head) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = labelReader('keys', KEY_LABELS, context);
  return {
    items: ['$.value', '$', ''],
    convert(raw) {
      const r = reading(raw, context, AGAIN);
      const secret = raw.value['value'];
      if (typeof secret === 'string') context.warn(HOLDS_VALUES);
      return r.emit('keys', {
        ...factsOf('tags' in raw.value ? (r.read('tags', parseLabels) ?? new Map()) : null, raw.record),
        ...named(r),
        ...life(r),
        store: 'azure-kv',
        storage: 'secrets-manager',
        encrypted_at_rest: true,
        ...(typeof secret === 'string' && secret !== '' ? { fingerprint: fingerprint(secret) } : {}),
      });
    },
    envelope: (value) => warnOfNextPage(value, ['nextLink'], GOES_ON, context),
  };
}

function named(r: Reading): Partial<KeyRecord> {
  const [url = '', host = '', collection = '', name = ''] = r.match(['kid', 'id'], ITEM, ITEM_FORM) ?? [];
  const managed = r.flag('managed') === true;
  const own = `https://${host}/${collection}/${name}`.toLowerCase();
  const key = managed ? own.replace(/\/(?:secrets|keys)\//, '/certificates/') : own;
  const names = [url, own, r.text('name') ?? name];
  return {
    key_id: key,
    aliases: [...new Set(names)].filter((alias) => alias !== key),
    name: r.text('name') ?? name,
    ...(managed || collection === 'certificates' ? { type: 'certificate' } : {}),
  };
}

function life(r: Reading): Partial<KeyRecord> {
  const created = r.date('attributes.created');
  const expires = r.date(['attributes.exp', 'attributes.expires']);
  const enabled = r.flag('attributes.enabled');
  const deleted = r.date('deletedDate') !== null;
  return {
    status: deleted ? 'pending-deletion' : enabled === null ? null : enabled ? 'active' : 'inactive',
    last_rotated: created ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: expires ?? (created === null ? null : statedInstant('never')),
  };
}
