import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { entryOf, objectInText, objectOf, textOf } from '../../../fields/json.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { below, reading } from '../../../fields/record-reader.js';
import { adapter as apiKeys } from '../api-keys/adapter.js';
import { bindingGrants, type PolicyScope } from '../iam-policy/adapter.js';
import { shortResourceName } from '../resource-names.js';
import { adapter as secretManager } from '../secret-manager/adapter.js';
import { adapter as serviceAccountKeys } from '../service-account-keys/adapter.js';
import { type Hierarchy, newHierarchy } from './hierarchy.js';

const GOES_ON =
  'The export ends with a nextPageToken: the inventory has more assets than it lists. Add the next pages.';
const ONE_KIND =
  'An export of Cloud Asset Inventory holds the kinds of asset and of content that it was asked for: that there is no other key, or nobody else with access, it does not show.';
const ABOVE =
  'Some policies are of the organisation, a folder or a resource of another service: those of the organisation and of folders are counted for the projects that the export shows in them, and for every project that it does not show; the others are left out.';

/** What reads the data of an asset, by its type. */
const KINDS: { readonly [assetType: string]: Adapter } = {
  'secretmanager.googleapis.com/Secret': secretManager,
  'secretmanager.googleapis.com/SecretVersion': secretManager,
  'iam.googleapis.com/ServiceAccountKey': serviceAccountKeys,
  'apikeys.googleapis.com/Key': apiKeys,
};
/** Assets as they were in windows of time, of which the export shows no end. */
const OVER_TIME = /"window"\s*:\s*\{[^{}]*"startTime"/;
/** Names of the members: of the API and `gcloud asset list`, and of exports to Cloud Storage, which are in lower case. */
const TYPE = ['assetType', 'asset_type'];
const POLICY = ['iamPolicy', 'iam_policy', 'policy'];

/**
 * Google Cloud Asset Inventory: exports to Cloud Storage (one asset a line, snake case) and to BigQuery, `gcloud asset list --format=json`, and
 * `gcloud asset search-all-iam-policies`. Follows
 * https://cloud.google.com/asset-inventory/docs/reference/rest/v1/assets and
 * https://cloud.google.com/asset-inventory/docs/reference/rest/v1/TopLevel/searchAllIamPolicies
 * - The data of an asset is what the API of its service lists, and is read as that. Assets that are no keys are counted and left out.
 * - A policy names its resource: its grants are on that project or that secret. One of a folder or the organisation reaches the projects
 *   that assets of the export have it above (`hierarchy.ts`). Of a project that no asset is in, the export does not say where it
 *   is: the policy is counted for it, with the reason in `over_approximation`.
 */
export const adapter: Adapter = {
  id: 'gcp-asset-inventory',
  title: 'Google Cloud Asset Inventory (JSON, NDJSON)',
  recognisedBy:
    '`assetType` or `asset_type` beside `resource` with `data`, or beside a policy with `bindings`',
  proves:
    'which secrets, API keys and keys of service accounts exist, and to whom roles that reach keys are bound, as far as it was asked for them',
  cannot: 'who holds or used a key, members of groups, what custom roles allow, and that nothing else exists',
  produces: ['keys', 'principals', 'grants'],
  formats: ['json', 'ndjson'],
  signature: ['name', 'assetType', 'asset_type', 'resource', 'iamPolicy', 'ancestors'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const isAsset = ['assets', 'results', ...TYPE].some((name) => keys.includes(name));
  const holds = /"data"\s*:\s*"?\{/.test(head) || /"bindings"\s*:/.test(head);
  return isAsset &&
    holds &&
    !OVER_TIME.test(head) &&
    /"asset_?[tT]ype"\s*:\s*"[a-z]+\.googleapis\.com\//.test(head)
    ? { version: null }
    : null;
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const readers = new Map<Adapter, AdapterReader>();
  const known = new Set<string>();
  const hierarchy = newHierarchy();
  const above: Policy[] = [];
  const readerOf = (kind: Adapter): AdapterReader => {
    const reader = readers.get(kind) ?? kind.open(file, context);
    readers.set(kind, reader);
    return reader;
  };
  return {
    items: ['$.assets', '$.results', '$', ''],
    produces: [],
    mayHold: adapter.produces,
    convert(raw) {
      context.warn(ONE_KIND);
      hierarchy.learn(raw.value);
      const policy = policyOf(raw, context);
      if (policy !== null && isAbove(policy)) above.push(policy);
      const granted =
        policy === null || isAbove(policy) ? [] : grantsOf(policy, [{ scope: policy.of }], known, context);
      const emits = [...assetOf(raw, readerOf), ...granted];
      if (emits.length === 0 && !holdsKey(raw)) context.skip('asset that is no key');
      return emits;
    },
    envelope: (value) => warnOfNextPage(value, ['nextPageToken'], GOES_ON, context),
    end: () => [
      ...[...readers.values()].flatMap((reader) => [...(reader.end?.() ?? [])]),
      ...above.flatMap((policy) => grantsOf(policy, scopesBelow(policy.of, hierarchy), known, context)),
    ],
  };
}

function holdsKey({ value }: RawRecord): boolean {
  return kindOf(value) !== null || POLICY.some((name) => isObject(value[name]));
}

function kindOf(value: Record<string, unknown>): Adapter | null {
  const type = TYPE.map((name) => textOf(value[name])).find((name) => name !== null);
  const kind = entryOf(KINDS, type ?? '') ?? null;
  return dataOf(value) === null ? null : kind;
}

/** Returns the data of an asset, which a table of BigQuery holds as the text of it. */
function dataOf(value: Record<string, unknown>): Record<string, unknown> | null {
  const { data } = objectOf(value['resource']);
  const stated = typeof data === 'string' ? objectInText(data) : data;
  return isObject(stated) ? stated : null;
}

function assetOf(raw: RawRecord, readerOf: (kind: Adapter) => AdapterReader): Emit[] {
  const kind = kindOf(raw.value);
  const data = dataOf(raw.value);
  if (kind === null || data === null) return [];
  return [
    ...readerOf(kind).convert({
      ...raw,
      record: below(raw.record, ['resource', 'data']),
      list: '$',
      value: data,
    }),
  ];
}

/** Policy of a resource. */
type Policy = {
  raw: RawRecord;
  /** Member that holds it. */
  member: string;
  bindings: readonly unknown[];
  /** The project, secret, folder or organisation that it is of. */
  of: string;
};

/** Returns the policy of an asset; null if it has none, or no key is in what it is of. */
function policyOf(raw: RawRecord, context: AdapterContext): Policy | null {
  const member = POLICY.find((name) => isObject(raw.value[name]));
  if (member === undefined) return null;
  const bindings = objectOf(raw.value[member])['bindings'] ?? [];
  if (!Array.isArray(bindings)) {
    reading(raw, context).reject(`${member}.bindings`, 'The bindings of a policy are a list; export again.');
    return null;
  }
  const of = shortResourceName(textOf(raw.value['resource']) ?? textOf(raw.value['name']) ?? '');
  const policy = { raw, member, bindings, of };
  const isLow = /^projects\/[^/]+(?:\/secrets\/[^/]+)?$/.test(of);
  if (!isLow) context.warn(ABOVE);
  if (isLow || isAbove(policy)) return policy;
  context.skip('policy of a resource that no key is in');
  return null;
}

function isAbove({ of }: Policy): boolean {
  return /^(?:folders|organizations)\/\d+$/.test(of);
}

function grantsOf(
  { raw, member, bindings }: Policy,
  scopes: readonly PolicyScope[],
  known: Set<string>,
  context: AdapterContext,
): Emit[] {
  return bindings.flatMap((value, index) => {
    if (!isObject(value)) return [];
    const record = below(raw.record, [member, 'bindings', String(index)]);
    return bindingGrants({ ...raw, record, value }, scopes, known, context);
  });
}

/** Most projects of a folder or organisation that each get grants of their own. */
const MOST_BELOW = 200;

/**
 * Returns the projects that are in a folder or organisation, and those of which the export does not say where they are. Of
 * very many projects only those elsewhere are told apart.
 */
function scopesBelow(of: string, hierarchy: Hierarchy): PolicyScope[] {
  const inside = hierarchy.below(of);
  const each = inside.length > MOST_BELOW ? [] : inside;
  const told = new Set(inside.length > each.length ? inside : []);
  const other = hierarchy.isEmpty() ? 'projects' : 'other projects';
  return [
    ...each.map((scope) => ({ scope })),
    {
      scope: 'projects/*',
      except: hierarchy.projects().filter((name) => !told.has(name)),
      doubts: [`which ${other} are in ${of} is not in the export`],
    },
  ];
}
