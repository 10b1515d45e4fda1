import { describe, expect, it } from 'vitest';
import type { Adapter, Emit, FileSample, RawRecord } from '../../../src/ingest/adapter.js';
import { ADAPTERS } from '../../../src/ingest/adapters/index.js';
import { requiredFields } from '../../../src/ingest/fields/record-fields.js';
import { startFileLog } from '../../../src/ingest/file-log.js';
import { isObject } from '../../../src/text/is-object.js';
import { recordsOf, type Seen } from './raw-records.js';

// A query, jq or Steampipe selects members, and what it leaves out no record has. That is no word of the source.
describe.each(ADAPTERS.map((adapter) => ({ id: adapter.id, adapter })))('$id', async ({ adapter }) => {
  const seen = await recordsOf(adapter);

  it('claims nothing because no record has a member, but what its format says', () => {
    const found = seen.flatMap((file) => placesIn(file).flatMap((path) => claims(adapter, file, path)));
    const allowed = [...ANYWHERE, ...(SAYS[adapter.id] ?? [])];
    expect([...new Set(found)].filter((line) => !allowed.some((one) => one.test(line)))).toEqual([]);
  });

  it('claims nothing because only names and days of creation were selected', () => {
    const found = seen.flatMap((file) => {
      const gone = placesIn(file).filter((path) => path.length === 1 && !SELECTED.test(path[0] ?? ''));
      return gone.length === 0 ? [] : changes(adapter, file, (value) => gone.reduce(without, value));
    });
    const allowed = [...ANYWHERE, ...(ALWAYS_SAYS[adapter.id] ?? [])];
    expect([...new Set(found)].filter((line) => !allowed.some((one) => one.test(line)))).toEqual([]);
  });
});

/** What people select: ids, names and when something was made. */
const SELECTED =
  /^(?:arn|k?id|name|secretlist|versions|uri|body|.*creat.*|validaftertime|event.*|type|request|time)$/i;

/**
 * A thing with labels and none for its owner or purpose has none. A finding that nobody judged is open, and one that is not known to be
 * verified is not. A second name states nothing.
 */
const ANYWHERE = [
  /aliases/,
  /(?:tags|labels|annotations|custom_metadata|attributes).* -> keys\.(?:owner|purpose): ""$/i,
  /secret_findings/,
];

/** Absent members that are a statement of a whole record, by the documentation of the format (see the adapter). */
const SAYS: { readonly [adapter: string]: readonly RegExp[] } = {
  'datadog-logs': [/^attributes\.(?:attributes\.)?errorCode -> events\.outcome: "success"$/],
  'elasticsearch-bulk': [/^errorCode -> events\.outcome: "success"$/],
  'aws-cloudtrail': [
    /^errorCode -> events\.outcome: "success"$/,
    /^(?:api\.response\.error|status(?:_id)?|errorcode) -> events\.outcome: "success"$/,
    /^requestParameters\.versionStages -> rotations\.step: "rotated"$/,
  ],
  'entra-group-members': [/^@odata\.nextLink -> principals\.members_listed: true$/],
  'aws-iam-access-keys': [/^AccessKeyLastUsed -> keys\.rotation_enabled: false$/],
  'aws-secrets-manager': [
    /^(?:DeletedDate|DeletionDate|ResourcePolicy) -> keys\.(?:status|encrypted_at_rest): (?:"active"|true)$/,
    /^Description -> keys\.purpose: ""$/,
    /^(?:LastAccessedDate|PrimaryRegion) -> keys\.last_used: "never"$/,
    /^LastRotatedDate -> keys\.last_rotated: "never"$/,
    /^RotationEnabled -> keys\.rotation_enabled: false$/,
  ],
  'azure-key-vault': [/^(?:body\.)?(?:attributes\.exp|Expires) -> keys\.expires: "never"$/],
  'conjur-resources': [/^secrets\.\*\.expires_at -> keys\.expires: "never"$/],
  'gcp-api-keys': [
    /^deleteTime -> keys\.status: "active"$/,
    /^restrictions(?:\.serverKeyRestrictions(?:\.allowedIps)?)? -> keys\.ip_allowlist: \[\]$/,
  ],
  'gcp-audit-log': [
    /^(?:protoPayload|protopayload_auditlog)\.status(?:\.code)? -> events\.outcome: "success"$/,
  ],
  'gcp-secret-manager': [
    /^expireTime -> keys\.expires: "never"$/,
    /^rotation -> keys\.rotation_enabled: false$/,
  ],
  'gcp-service-account-keys': [/^disabled -> keys\.status: "active"$/],
  'github-tokens': [/^permissions\..* -> keys\.scopes: \[\]$/],
  'gitlab-access-tokens': [/^access_level -> keys\.account_kind: "user"$/],
  'kong-access-log': [/^request\.querystring\.page -> events\.credential_in_url: false$/],
  'kong-consumers': [/^keyauth_credentials\.\*\.ttl -> keys\.expires: "never"$/],
  'servicenow-tickets': [/^(?:result\.)?[sS]tate -> changes\.status: "approved"$/],
  'vault-audit-log': [
    /^error -> events\.outcome: "success"$/,
    /^response(?:\.data(?:\.version)?)? -> rotations\.step: "rotated"$/,
  ],
  'vendor-portal-events': [/^outcome -> events\.outcome: "success"$/],
};

/** What holds also of a record that was selected from: a store encrypts whatever is in it. */
const ALWAYS_SAYS: { readonly [adapter: string]: readonly RegExp[] } = {
  'aws-secrets-manager': [/^keys\.encrypted_at_rest: true$/],
};

/** Values that let a rule pass or not apply, or accuse somebody. */
const CLAIMS = new Set(
  [
    true,
    false,
    0,
    '',
    [],
    'never',
    'active',
    'inactive',
    'success',
    'rotated',
    'approved',
    'keep',
    'none',
    'user',
  ].map((value) => JSON.stringify(value)),
);

function claims(adapter: Adapter, seen: Seen, path: readonly string[]): string[] {
  return changes(adapter, seen, (value) => without(value, path)).map(
    (line) => `${path.join('.')} -> ${line}`,
  );
}

/** Returns the claims that a change of all records adds. */
function changes(adapter: Adapter, seen: Seen, change: (value: unknown) => unknown): string[] {
  const raws = seen.raws.map((raw): RawRecord => ({ ...raw, value: recordOf(change(raw.value)) }));
  const sample = sampleOf(seen.sample, change);
  if (adapter.recognise(sample) === null) return [];
  const after = convertedBy(adapter, { sample, raws });
  return convertedBy(adapter, seen).flatMap((emit) => added(emit, after));
}

function recordOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

/** The sample without what the records lack; a list in an envelope is not looked into. */
function sampleOf(sample: FileSample, change: (value: unknown) => unknown): FileSample {
  const names = (list: readonly string[]) =>
    Object.keys(recordOf(change(Object.fromEntries(list.map((name) => [name, ''])))));
  return { ...sample, header: sample.header && names(sample.header), keys: names(sample.keys) };
}

function convertedBy(adapter: Adapter, { sample, raws }: Seen): Emit[] {
  const { context } = startFileLog('any/file', null);
  const reader = adapter.open(sample, context);
  return [...raws.flatMap((raw) => [...reader.convert(raw)]), ...(reader.end?.() ?? [])];
}

/** Returns what the same record claims now and did not before. */
function added({ kind, record }: Emit, after: readonly Emit[]): string[] {
  const id = requiredFields(kind)[0] ?? 'event_id';
  const same = after.filter(
    (emit) =>
      emit.kind === kind &&
      member(emit.record, id) === member(record, id) &&
      emit.record.source.record === record.source.record,
  );
  const now = same.length === 1 ? (same[0]?.record ?? {}) : {};
  return Object.keys(now)
    .filter((field) => word(member(record, field)) !== word(member(now, field)))
    .filter((field) => CLAIMS.has(word(member(now, field))))
    .map((field) => `${kind}.${field}: ${word(member(now, field))}`);
}

function member(record: object, name: string): unknown {
  return Reflect.get(record, name);
}

/** A value as text, an instant by its state unless it is a time. */
function word(value: unknown): string {
  const isState = isObject(value) && typeof value['state'] === 'string' && value['ms'] === null;
  return JSON.stringify(isState ? value['state'] : value) ?? 'null';
}

/** Returns the places of all members in the records of a file, `*` for the elements of a list. */
function placesIn({ raws }: Seen): string[][] {
  const all = raws.flatMap((raw) => membersIn(raw.value));
  return [...new Map(all.map((path) => [path.join('\n'), path])).values()];
}

function membersIn(value: unknown, path: readonly string[] = []): string[][] {
  if (Array.isArray(value)) return value.flatMap((item) => membersIn(item, [...path, '*']));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    [...path, name],
    ...membersIn(item, [...path, name]),
  ]);
}

function without(value: unknown, [name = '', ...more]: readonly string[]): unknown {
  if (Array.isArray(value)) return name === '*' ? value.map((item) => without(item, more)) : value;
  if (!isObject(value) || !Object.hasOwn(value, name)) return value;
  const { [name]: gone, ...rest } = value;
  return more.length === 0 ? rest : { ...rest, [name]: without(gone, more) };
}
