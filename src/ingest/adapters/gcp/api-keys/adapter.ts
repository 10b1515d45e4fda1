import type { Instant, KeyRecord } from '../../../../model/index.js';
import { fingerprint } from '../../../../secrets/fingerprint.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample, RawRecord } from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { keyLabelReader } from '../../../fields/key-labels.js';
import { type Labels, parseLabels } from '../../../fields/labels.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { isWholeRecord } from '../../../fields/whole-record.js';

const NAME = /^(?:\/\/apikeys\.googleapis\.com\/)?(projects\/[^/]+\/locations\/[^/]+\/keys\/([^/]+))$/;
const NAME_FORM = 'the name of an API key, projects/<project>/locations/global/keys/<id>';
const IN_HEAD = /"name"\s*:\s*"projects\/[^"/]+\/locations\/[^"/]+\/keys\/[^"]+"/;
const AGAIN = 'export again with gcloud services api-keys list --format=json.';
const GOES_ON = 'The export ends with a nextPageToken: more keys exist than it lists. Add the next pages.';
const HOLDS_KEYS =
  'The export holds the keys themselves (keyString); only their fingerprints were kept: remove it, and use gcloud services api-keys list, which has none.';

/**
 * Google Cloud API keys: `gcloud services api-keys list --format=json` (a bare array) or the REST API (`{keys,
 * nextPageToken}`). Follows https://cloud.google.com/api-keys/docs/reference/rest/v2/projects.locations.keys
 * - A key without `restrictions` may be used from anywhere for every API that is enabled: no network list, scope `*`.
 *   Limits to web sites and apps are no limit to networks. If `uid`, `createTime`, `updateTime` or
 *   `etag` is missing, fields were selected, and absence states nothing.
 * - The key string cannot be replaced: `last_rotated` is when the key was created. API keys do not expire, and Google
 *   does not list their use.
 * - A deleted key is kept for 30 days, during which it can be brought back (`deleteTime`): pending deletion.
 */
export const adapter: Adapter = {
  id: 'gcp-api-keys',
  title: 'Google Cloud API keys (JSON)',
  recognisedBy: '`name` of a key, `projects/<project>/locations/global/keys/<id>`',
  proves: 'which API keys exist, their age, and from which networks and for which APIs they can be used',
  cannot: 'who holds, owns or used a key',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['keys', 'name', 'uid', 'displayName', 'createTime', 'restrictions'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const shaped = keys.includes('keys') || (keys.includes('name') && keys.includes('createTime'));
  return shaped && IN_HEAD.test(head) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = keyLabelReader(context);
  return {
    items: ['$.keys', '$', ''],
    convert(raw: RawRecord) {
      const r = reading(raw, context, AGAIN);
      const secret = r.value('keyString');
      if (typeof secret === 'string') context.warn(HOLDS_KEYS);
      return r.emit('keys', () => factsOf(labelsOf(r), r.raw.record), named(r), life(r), limits(r), {
        ...(typeof secret === 'string' && secret !== '' ? { fingerprint: fingerprint(secret) } : {}),
      });
    },
    envelope: (value) => warnOfNextPage(value, ['nextPageToken'], GOES_ON, context),
  };
}

function isWhole(r: Reading): boolean {
  return isWholeRecord(r, ['uid', 'createTime', 'updateTime', 'etag']);
}

function labelsOf(r: Reading): Labels | null {
  return r.read('annotations', parseLabels) ?? (isWhole(r) ? new Map() : null);
}

function named(r: Reading): Draft<'keys'> {
  const [, key = '', id = ''] = r.match('name', NAME, NAME_FORM) ?? [];
  const names = [`//apikeys.googleapis.com/${key}`, id, r.text('uid'), r.text('displayName')];
  return {
    key_id: key,
    aliases: [...new Set(names)].filter((name) => name !== null),
    name: r.text('displayName') ?? id,
    store: 'gcp-apikeys',
    type: 'api-key',
    auth_type: 'static-key',
  };
}

function life(r: Reading): Draft<'keys'> {
  const created = () => r.date('createTime');
  return {
    status: () => statusOf(r),
    created,
    last_rotated: () => created() ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: statedInstant('never'),
    rotation_enabled: false,
  };
}

function statusOf(r: Reading): KeyRecord['status'] {
  const deleted: Instant | null = r.date('deleteTime');
  if (deleted?.state === 'known') return 'pending-deletion';
  return isWhole(r) ? 'active' : null;
}

function limits(r: Reading): Draft<'keys'> {
  return { ip_allowlist: () => networksOf(r), scopes: () => scopesOf(r) };
}

/** Returns the networks; none, as a statement, if the key has no such limit. */
function networksOf(r: Reading): string[] | null {
  const networks = r.list('restrictions.serverKeyRestrictions.allowedIps');
  return networks ?? (isWhole(r) ? [] : null);
}

/** Returns services, or methods of them; `*` if every API may be called. */
function scopesOf(r: Reading): string[] | null {
  const scopes = r.each('restrictions.apiTargets').flatMap(({ reading: target }) => {
    const service = target.need('service', target.text('service'), 'an API target names no service');
    const methods = target.list('methods') ?? [];
    return methods.length === 0 ? [service ?? ''] : methods.map((method) => `${service}/${method}`);
  });
  return scopes.length > 0 ? scopes : isWhole(r) ? ['*'] : null;
}
