import { DAY_MS, type Instant, type KeyRecord } from '../../../../model/index.js';
import { fingerprint } from '../../../../secrets/fingerprint.js';
import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { objectOf } from '../../../fields/json.js';
import { type KeyFacts, keyLabelReader } from '../../../fields/key-labels.js';
import { noLaterThan } from '../../../fields/key-pair.js';
import { type Labels, parseLabels } from '../../../fields/labels.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { hasMember, isWholeRecord } from '../../../fields/whole-record.js';

const ITEM =
  /^https:\/\/([a-z0-9-]+\.(?:vault|managedhsm)\.[a-z.]+)(?::443)?\/(secrets|keys|certificates)\/([a-z0-9-]+)(?:\/[a-z0-9]*)?$/i;
const ITEM_FORM = 'the URL of a Key Vault item, https://<vault>.vault.azure.net/secrets/<name>';
const IN_HEAD =
  /"(?:k?id|key_?uri)"\s*:\s*"https:\/\/[a-z0-9-]+\.(?:vault|managedhsm)\.[a-z.]+(?::443)?\/(?:secrets|keys|certificates)\//i;
const AGAIN = 'export again without --query.';
const GOES_ON =
  'The export ends with a nextLink: the vault has more items than it lists. Add the next pages.';
const HOLDS_VALUES =
  'The export holds the values of secrets (az keyvault secret show, SecretValueText); only their fingerprints were kept: remove it, and use az keyvault secret list, which has none.';

/**
 * Azure Key Vault: lists of secrets, keys and certificates, from the REST API (`{value, nextLink}`, epoch seconds) or
 * the CLI (`az keyvault secret list`: a bare array, ISO 8601), PowerShell (`Get-AzKeyVaultSecret | ConvertTo-Json`) or
 * the SDKs, and single items (`az keyvault secret show`, `key show`), also as calls written down with their address
 * (`{uri, body}`). Follows
 * https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/get-secrets/get-secrets,
 * https://learn.microsoft.com/en-us/cli/azure/keyvault/secret and
 * https://learn.microsoft.com/en-us/powershell/module/az.keyvault/get-azkeyvaultsecret
 * - The id is the URL without port and version, in lower case: Key Vault does not tell `Card-Key` from `card-key`.
 * - A list shows the current version of an item, so `created` states since when its value is what it is:
 *   `last_rotated`. When the first version was made, it does not say. A certificate
 *   may have kept the private key of the version before: `last_rotated` is any time until then, unless its policy is exported
 *   (`az keyvault certificate show`), Key Vault made the key, and `reuse_key` is false. `updated` moves with every tag and is not read.
 * - An item without an expiry never expires. If `created`, `updated` or `enabled` is missing, fields were selected (`--query`), and
 *   absence states nothing.
 * - Use is in the vault's AuditEvent log only: `not-tracked`.
 * - A managed key or secret belongs to the certificate of the same name, and is kept under the certificate's id, so
 *   that three lists of one vault count it once.
 * - Key Vault encrypts what it stores; with which algorithm is not published per item. A value of a secret is
 *   fingerprinted.
 * - Export-Csv writes the name of a type in place of tags: they are unknown then.
 * - Rows of Steampipe (`azure_key_vault_secret`, `_key`, `_certificate`) have the same facts as `created_at`, `expires_at`.
 * - With tags exported (also `null`, as the CLI writes no tags) and none for it, owner and purpose are known to be
 *   none.
 */
export const adapter: Adapter = {
  id: 'azure-key-vault',
  title: 'Azure Key Vault lists of secrets, keys or certificates (JSON, CSV of PowerShell)',
  recognisedBy:
    '`id` or `kid` with the URL of a vault, beside `attributes`, or columns `VaultName`, `Id`, `Enabled`, `Expires`',
  proves: 'which items a vault has, since when and until when, whether they are enabled',
  cannot:
    'who reads or may read them, when they were used, when a secret got its value before its current version, when the private key of a certificate was made (unless its policy says that a renewal does not keep it), deleted items',
  produces: ['keys'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['value', 'nextLink', 'id', 'kid', 'attributes'],
  recognise,
  open,
};

/** Members of an item besides its id, as REST and CLI, PowerShell and Steampipe, and the SDKs of Python and JavaScript write them. */
const BESIDE_ID = ['attributes', 'Attributes', 'VaultName', 'vaultName', 'created_on', 'createdOn'];

/** Columns of what Export-Csv makes of Get-AzKeyVaultSecret and its like. */
const COLUMNS = ['VaultName', 'Name', 'Id', 'Enabled', 'Expires', 'Created'];

function recognise({ keys, header, head }: FileSample): { version: string | null } | null {
  if (header !== null) return COLUMNS.every((name) => header.includes(name)) ? { version: null } : null;
  const has = (name: string) => keys.includes(name);
  const isItem = ['id', 'kid', 'Id', 'key', 'keyUri'].some(has) && BESIDE_ID.some(has);
  const isCall = has('uri') && has('body');
  return (isItem || isCall || has('value')) && IN_HEAD.test(head) ? { version: null } : null;
}

function open({ kind }: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = keyLabelReader(context);
  return {
    items: ['$.value', '$.body.value', '$', ''],
    convert: (raw) => convert({ ...raw, value: itemOf(raw.value, kind) }, factsOf, context),
    envelope(value) {
      warnOfNextPage(value, ['nextLink'], GOES_ON, context);
      warnOfNextPage(objectOf(value['body']), ['nextLink'], GOES_ON, context);
    },
  };
}

/**
 * Returns an item without what surrounds it: the call, and the key beside its attributes in `key show`. In CSV `Tags` is the name of
 * a type.
 */
function itemOf(value: Record<string, unknown>, kind: FileSample['kind']): Record<string, unknown> {
  if (kind === 'csv') return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'Tags'));
  const body = isObject(value['body']) ? value['body'] : value;
  const inner = body['key'] ?? body['Key'];
  return isObject(inner) ? { ...inner, ...body } : body;
}

function convert(raw: RawRecord, factsOf: KeyFacts, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const secret = r.value(['value', 'SecretValueText']);
  if (typeof secret === 'string') context.warn(HOLDS_VALUES);
  return r.emit('keys', () => factsOf(tagsOf(r), r.raw.record), named(r), life(r), {
    store: 'azure-kv',
    storage: 'secrets-manager',
    encrypted_at_rest: true,
    ...(typeof secret === 'string' && secret !== '' ? { fingerprint: fingerprint(secret) } : {}),
  });
}

/** Returns the tags; none, as a statement, if the export has the member and it is null. */
function tagsOf(r: Reading): Labels | null {
  const exported = 'tags' in r.raw.value || 'Tags' in r.raw.value;
  return exported ? (r.read(['tags', 'Tags'], parseLabels) ?? new Map()) : null;
}

function named(r: Reading): Partial<KeyRecord> {
  const [url = '', host = '', collection = '', name = ''] = r.match(addressOf(r), ITEM, ITEM_FORM) ?? [];
  const managed = isManaged(r);
  const own = `https://${host}/${collection}/${name}`.toLowerCase();
  const key = managed ? own.replace(/\/(?:secrets|keys)\//, '/certificates/') : own;
  const title = r.text(['name', 'Name']) ?? name;
  const names = [url, own, title];
  return {
    key_id: key,
    aliases: [...new Set(names)].filter((alias) => alias !== key),
    name: title,
    ...(isCertificate(r) ? { type: 'certificate' } : {}),
  };
}

/**
 * Returns where the address of an item is: a certificate shown whole names those of its key (`kid`) and secret (`sid`) besides;
 * Steampipe gives the id of a key in the Resource Manager, and its address beside it.
 */
function addressOf(r: Reading): readonly string[] {
  return r.states('sid') ? ['id'] : ['key_uri', 'keyUri', 'KeyUri', 'kid', 'id', 'Id'];
}

function isCertificate(r: Reading): boolean {
  const [, , collection = ''] = ITEM.exec(r.text(addressOf(r)) ?? '') ?? [];
  return isManaged(r) || collection.toLowerCase() === 'certificates';
}

/** Returns whether an item belongs to a certificate. It decides the id, so that a value that cannot be read rejects it. */
function isManaged(r: Reading): boolean {
  return r.flag(['managed', 'Managed']) === true;
}

const CREATED = [
  'attributes.created',
  'Attributes.Created',
  'Created',
  'created',
  'created_on',
  'createdOn',
  'created_at',
  'createdAt',
  'CreatedAt',
];
const UPDATED = [
  'attributes.updated',
  'Attributes.Updated',
  'Updated',
  'updated',
  'updated_on',
  'updatedOn',
  'updated_at',
  'updatedAt',
  'UpdatedAt',
];
const EXPIRES = [
  'attributes.exp',
  'attributes.expires',
  'Attributes.Expires',
  'Expires',
  'expires',
  'expires_on',
  'expiresOn',
  'expires_at',
  'expiresAt',
  'ExpiresAt',
];
const ENABLED = ['attributes.enabled', 'Attributes.Enabled', 'Enabled', 'enabled'];
const DELETED = ['deletedDate', 'DeletedDate', 'deleted_date', 'deletedOn', 'deleted_on'];

/** What only a deleted item has besides its day. */
const RECOVERY = ['recoveryId', 'RecoveryId', 'recovery_id', 'scheduledPurgeDate', 'ScheduledPurgeDate'];

function life(r: Reading): Draft<'keys'> {
  return {
    status: () => statusOf(r),
    last_rotated: () => lastRotated(r) ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => expiryOf(r),
  };
}

/**
 * Returns since when the value is what it is. A certificate may have been issued to the private key of its earlier version, unless its
 * policy, unchanged since, says that a renewal makes a new key, and Key Vault made it.
 */
function lastRotated(r: Reading): Instant | null {
  const created = r.date(CREATED);
  return isCertificate(r) && !isNewKey(r, created) ? noLaterThan(created) : created;
}

function isNewKey(r: Reading, created: Instant | null): boolean {
  const issuer = r.text(ISSUER);
  const unchangedSince = r.date(POLICY_UPDATED)?.ms ?? null;
  const sameSince = unchangedSince !== null && unchangedSince <= (created?.ms ?? 0) + DAY_MS;
  return sameSince && issuer !== null && issuer !== 'Unknown' && r.flag(REUSE) === false;
}

/** Places of a certificate's policy, as REST and CLI write it. */
const REUSE = ['policy.key_props.reuse_key', 'policy.keyProperties.reuseKey'];
/** `Unknown` is the issuer of a certificate that was imported or merged. */
const ISSUER = ['policy.issuer.name', 'policy.issuerParameters.name'];
const POLICY_UPDATED = ['policy.attributes.updated'];

/** Returns whether nothing was selected when exporting: every item has both dates and says whether it is enabled. */
function isWhole(r: Reading): boolean {
  return isWholeRecord(r, [CREATED, UPDATED, ENABLED]);
}

/** Returns the day; none, as a statement, if an item is whole, or has the member and it is null, as the CLI writes it. */
function expiryOf(r: Reading): Instant | null {
  const none = hasMember(r, EXPIRES) || (isWhole(r) && !isOfCli(r));
  return r.date(EXPIRES) ?? (none ? statedInstant('never') : null);
}

/** Returns whether the CLI wrote an item: it writes times as text, and every member, so that one that is missing was not selected. */
function isOfCli(r: Reading): boolean {
  return typeof r.value('attributes.created') === 'string';
}

function statusOf(r: Reading): KeyRecord['status'] {
  if (r.date(DELETED)?.state === 'known' || r.states(RECOVERY)) return 'pending-deletion';
  const enabled = r.flag(ENABLED);
  return enabled === null ? null : enabled ? 'active' : 'inactive';
}
