import type { Instant } from '../../../../model/index.js';
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
import { type Labels, parseLabels } from '../../../fields/labels.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Parsed, parsed } from '../../../fields/parsed.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { isWholeRecord } from '../../../fields/whole-record.js';
import { projectOf } from '../resource-names.js';
import { versionFacts } from './versions.js';

const NAME =
  /^(?:\/\/secretmanager\.googleapis\.com\/)?(projects\/[^/]+(?:\/locations\/[^/]+)?\/secrets\/([^/]+))(?:\/versions\/([^/]+))?$/;
const NAME_FORM = 'the name of a secret, projects/<project>/secrets/<id>';
const IN_HEAD = /"name"\s*:\s*"projects\/[^"/]+\/(?:locations\/[^"/]+\/)?secrets\/[^"]+"/;
const AGAIN = 'export again with gcloud secrets list --format=json.';
const GOES_ON =
  'The export ends with a nextPageToken: more secrets exist than it lists. Add the next pages, or use gcloud secrets list --format=json, which lists all.';

/**
 * Google Secret Manager: lists of secrets and of versions, from `gcloud secrets list`, `gcloud secrets versions list`
 * (`--format=json`, bare arrays), `describe` (one object) or the REST API (`{secrets | versions, nextPageToken}`). Follows
 * https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets and projects.secrets.versions
 * - The id is the resource name, with the project's id or number as the export has it.
 * - `rotation` only makes Google send a reminder: it rotates nothing. With it, whether anything rotates the secret is
 *   unknown; without it, Google does not. `nextRotationTime` proves nothing and is not read.
 * - A list of secrets has no versions: `last_rotated` is `not-tracked`. In a list of versions the newest one that is
 *   enabled states it; a secret none of whose versions is enabled is inactive.
 * - A secret that is listed counts as active: whether its versions are enabled is in the list of versions only.
 * - A secret without `expireTime` never expires. `createTime`, `replication` and `etag` are in every full export; if one
 *   is missing, fields were selected, and absence states nothing.
 * - Labels win over annotations of the same name. Without either, owner and purpose are known to be none.
 */
export const adapter: Adapter = {
  id: 'gcp-secret-manager',
  title: 'Google Secret Manager lists of secrets or versions (JSON)',
  recognisedBy: '`name` of a secret, `projects/<project>/secrets/<id>`',
  proves:
    'which secrets exist, when they were made, until when, with which labels; a list of versions also when the value was last replaced',
  cannot: 'who uses or used a secret, and that a rotation schedule rotates anything',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['secrets', 'versions', 'name', 'replication', 'createTime'],
  recognise,
  open,
};

function recognise({ keys, head, first }: FileSample): { version: string | null } | null {
  const has = (name: string) => keys.includes(name);
  if (isEmptyPage(objectOf(first))) return { version: null };
  const isList = has('secrets') || has('versions');
  const isItem = has('name') && (has('replication') || has('state') || has('createTime'));
  return (isList || isItem) && IN_HEAD.test(head) ? { version: null } : null;
}

/** What a page has beside its secrets; the empty report of a scanner has other members. */
const OF_A_PAGE = ['secrets', 'totalSize', 'nextPageToken', 'unreachable'];

function isEmptyPage(page: Record<string, unknown>): boolean {
  const list = page['secrets'];
  return (
    Array.isArray(list) && list.length === 0 && Object.keys(page).every((name) => OF_A_PAGE.includes(name))
  );
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = keyLabelReader(context);
  const versions: Versions = new Map();
  return {
    items: ['$.secrets', '$.versions', '$', ''],
    convert: (raw) => convert(raw, context, factsOf, versions),
    envelope: (value) => warnOfNextPage(value, ['nextPageToken'], GOES_ON, context),
    end: () => [...versions].flatMap(([key, all]) => secretOfVersions(key, all, context)),
  };
}

/** Versions in the file, by the name of their secret. */
type Versions = Map<string, RawRecord[]>;

function convert(raw: RawRecord, context: AdapterContext, factsOf: KeyFacts, versions: Versions): Emit[] {
  const r = reading(raw, context, AGAIN);
  const [, key = '', id = '', version] = r.match('name', NAME, NAME_FORM) ?? [];
  if (version === undefined) {
    return r.emit('keys', () => factsOf(labelsOf(r), r.raw.record), named(key, id), life(r), places(r, key));
  }
  if (r.failed) return [];
  versions.set(key, [...(versions.get(key) ?? []), raw]);
  return [];
}

/** Returns the record of a secret of which the file lists versions. */
function secretOfVersions(key: string, versions: readonly RawRecord[], context: AdapterContext): Emit[] {
  const [first] = versions;
  if (!first) return [];
  const value = { versions: versions.map((version) => version.value) };
  const r = reading({ ...first, value }, context, AGAIN);
  return r.emit('keys', named(key, key.slice(key.lastIndexOf('/') + 1)), versionFacts(r));
}

function named(key: string, id: string): Draft<'keys'> {
  return {
    key_id: key,
    aliases: [`//secretmanager.googleapis.com/${key}`, id],
    name: id,
    store: 'gcp-sm',
    storage: 'secrets-manager',
    encrypted_at_rest: true,
    encryption_algorithm: 'AES-256',
  };
}

function isWhole(r: Reading): boolean {
  return isWholeRecord(r, ['createTime', 'replication', 'etag']);
}

/** Returns labels over annotations; an export with neither states that there are none. */
function labelsOf(r: Reading): Labels | null {
  const labels = r.read('labels', objectLabels);
  const annotations = r.read('annotations', objectLabels);
  if (labels === null && annotations === null) return isWhole(r) ? new Map() : null;
  const all = parseLabels({ ...annotations, ...labels });
  return all.ok ? all.value : null;
}

function objectLabels(value: unknown): Parsed<Record<string, unknown>> {
  const labels = parseLabels(isObject(value) ? value : 'no object');
  return labels.ok ? parsed(objectOf(value)) : labels;
}

function life(r: Reading): Draft<'keys'> {
  const never = (): Instant | null => (isWhole(r) ? statedInstant('never') : null);
  return {
    status: 'active',
    created: () => r.date('createTime'),
    last_rotated: statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => r.date('expireTime') ?? never(),
    rotation_enabled: !isWhole(r) || r.states('rotation') ? null : false,
    rotation_interval_days: () => r.number('rotation.rotationPeriod', 'days'),
  };
}

/** Returns where a secret and the key around it are kept, if the bank brought a key of its own. */
function places(r: Reading, key: string): Draft<'keys'> {
  const kmsKey = () => wrappingKey(r);
  return {
    kms_key: kmsKey,
    kek_location: () => located('gcp-kms', kmsKey()),
    dek_location: () => (kmsKey() === null ? null : located('gcp-secret-manager', key)),
  };
}

function wrappingKey(r: Reading): string | null {
  const own = r.text('replication.automatic.customerManagedEncryption.kmsKeyName');
  const replicas = r.each('replication.userManaged.replicas');
  const keys = replicas.map(({ reading: replica }) => replica.text('customerManagedEncryption.kmsKeyName'));
  return own ?? keys.find((key) => key !== null) ?? null;
}

function located(system: string, name: string | null): string | null {
  const project = name === null ? null : projectOf(name);
  return project === null ? null : `${system}:${project}`;
}
