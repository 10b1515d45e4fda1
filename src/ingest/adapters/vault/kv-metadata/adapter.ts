import type { Instant, KeyRecord } from '../../../../model/index.js';
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
import { objectOf, textOf } from '../../../fields/json.js';
import { type KeyFacts, keyLabelReader } from '../../../fields/key-labels.js';
import { type Labels, parseLabels } from '../../../fields/labels.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { constantsOf } from '../../../fields/stated-in-config.js';
import { remembering } from '../../../fields/value-memo.js';
import { kvAliases, kvPath } from '../secret-path.js';

const AGAIN = 'export again with vault kv metadata get -format=json.';
const NO_PATH =
  "The metadata does not say whose it is: add the path as a member (jq --arg path kv/payments/sepa '. + {path: $path}'), name the file after it (kv/metadata/payments/sepa.json), or give the file constants: {key_id: ...} in keyproof.yaml.";
const NAMES_ONLY =
  'The export lists names, of secrets, roles, accessors or certificates: it does not say which, and nothing about them. If they are secrets, export the metadata of each (vault kv metadata get -format=json).';

/**
 * HashiCorp Vault and OpenBao, KV version 2: metadata of secrets as `vault kv metadata get -format=json` or the API writes
 * it (one document a secret, or one a line), and OpenBao's `detailed-metadata` list. Follows
 * https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2#read-secret-metadata
 * - A document does not name its secret. The path is the member `path` beside `data`, `constants: {key_id: ...}` of
 *   keyproof.yaml, or the path of the file from a folder `metadata` on, with the folder before it as the mount.
 * - Whatever Vault lists it lists as names in `data.keys`, with or without `key_info`: what they are names of the answer does not say. Only
 *   `key_info` with versions is metadata of secrets.
 * - The id is the path without `metadata`: `kv/payments/sepa`.
 * - `last_rotated` is when the current version was written. `updated_time` moves with every change of the metadata and
 *   is not read. Numbers of versions are texts; `deletion_time: ""` means not deleted.
 * - A current version with a deletion time was deleted, or will be (`delete_version_after`): which of them depends on the
 *   day, so the status is unknown and the time is when it expires; without one, expiry is not stated.
 * - Vault encrypts what it stores with AES-256-GCM. Use is in the audit log only: `not-tracked`.
 * - With `custom_metadata` (also null) and no entry for it, owner and purpose are known to be none.
 */
export const adapter: Adapter = {
  id: 'vault-kv-metadata',
  title: 'HashiCorp Vault or OpenBao KV version 2 metadata (JSON)',
  recognisedBy: '`versions` and `current_version` in `data`, or a list of names in `data.keys`',
  proves: 'when a secret was made and its current value written, who owns it by its custom metadata',
  cannot:
    'who reads or may read it, whether the credential behind it was replaced as well, and secrets that were not exported',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['data', 'current_version', 'versions', 'custom_metadata', 'created_time'],
  recognise,
  open,
};

function recognise({ first, partial }: FileSample): { version: string | null } | null {
  const [element] = [first ?? partial].flat();
  const data = objectOf(objectOf(element)['data'] ?? element);
  if (isMetadata(data) || isDetailed(data)) return { version: null };
  return isNameList(data) && isObject(objectOf(element)['data']) ? { version: 'names only' } : null;
}

function isMetadata(data: Record<string, unknown>): boolean {
  return 'current_version' in data && isObject(data['versions']);
}

function isDetailed({ key_info: info }: Record<string, unknown>): boolean {
  return isObject(info) && Object.values(info).some((entry) => isObject(entry) && 'current_version' in entry);
}

function isNameList(data: Record<string, unknown>): boolean {
  const names = data['keys'];
  return Array.isArray(names) && names.every((name) => typeof name === 'string');
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = keyLabelReader(context);
  const namesOnly = recognise(file)?.version === 'names only';
  return {
    items: ['$', ''],
    ...(namesOnly ? { produces: [] } : {}),
    convert(raw) {
      const data = objectOf(raw.value['data'] ?? raw.value);
      if (isDetailed(data)) return detailed(raw, objectOf(data['key_info']), factsOf, context);
      if (isNameList(data)) return leaveOut(context);
      const r = reading({ ...raw, value: data }, context, AGAIN);
      const path = statedPath(raw, context) ?? pathOfFile(context.file);
      return secret(r, r.need('path', path, NO_PATH), factsOf);
    },
  };
}

function leaveOut(context: AdapterContext): Emit[] {
  context.warn(NAMES_ONLY);
  context.skip('list of names without metadata');
  return [];
}

/** Returns the secrets of a `detailed-metadata` list; a name that ends in `/` is a folder. */
function detailed(raw: RawRecord, info: object, factsOf: KeyFacts, context: AdapterContext): Emit[] {
  const folder = statedPath(raw, context) ?? pathOfFile(context.file);
  const r = reading({ ...raw, value: { key_info: info } }, context, AGAIN);
  const secrets = r.each('key_info').filter(({ name }) => !name.endsWith('/'));
  return secrets.flatMap(({ name, reading: entry }) =>
    secret(entry, entry.need('path', folder === null ? null : `${folder}/${name}`, NO_PATH), factsOf),
  );
}

function statedPath(raw: RawRecord, context: AdapterContext): string | null {
  const stated = textOf(raw.value['path']) ?? textOf(constantsOf('keys', context)['key_id']);
  return stated === null ? null : kvPath(stated);
}

/** Returns the path that a file is named after: what follows the folder `metadata`, with the folder before it. */
function pathOfFile(file: string): string | null {
  const path = /(?:^|\/)([^/]+\/metadata(?:\/[^/]+)+)$/.exec(
    file.replace(/(?:(?:\.nd)?\.?json|\.ya?ml)(?:\.gz)?$/i, ''),
  )?.[1];
  return path === undefined ? null : kvPath(path);
}

function secret(r: Reading, path: string | null, factsOf: KeyFacts): Emit[] {
  return r.emit('keys', () => factsOf(labelsOf(r), r.raw.record), life(r), {
    key_id: path,
    aliases: path === null ? [] : kvAliases(path),
    name: path,
    store: 'vault-kv',
    storage: 'secrets-manager',
    encrypted_at_rest: true,
    encryption_algorithm: 'AES-256-GCM',
  });
}

function labelsOf(r: Reading): Labels | null {
  return 'custom_metadata' in r.raw.value ? (r.read('custom_metadata', parseLabels) ?? new Map()) : null;
}

function life(r: Reading): Draft<'keys'> {
  const current = () => placesIn(String(r.number('current_version') ?? 0));
  return {
    status: () => statusOf(r, current()),
    created: () => r.date('created_time'),
    last_rotated: () => lastRotated(r, current()),
    last_used: statedInstant('not-tracked'),
    expires: () => r.date(current().deleted),
    rotation_enabled: false,
  };
}

/** Places of the members of the current version. */
type Current = { created: string; deleted: string; destroyed: string };

/** Numbers of versions repeat from secret to secret. */
const placesIn = remembering(placesOf);

function placesOf(version: string): Current {
  const at = `versions.${version}`;
  return { created: `${at}.created_time`, deleted: `${at}.deletion_time`, destroyed: `${at}.destroyed` };
}

function lastRotated(r: Reading, { created }: Current): Instant {
  if (r.number('current_version') === 0) return statedInstant('never');
  return r.date(created) ?? statedInstant('not-tracked');
}

function statusOf(r: Reading, { created, deleted, destroyed }: Current): KeyRecord['status'] {
  if (r.flag(destroyed)) return 'destroyed';
  if (![created, deleted, destroyed].every((place) => r.value(place) !== undefined)) return null;
  return r.states(deleted) ? null : 'active';
}
