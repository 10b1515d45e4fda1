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
import { entryOf, objectOf } from '../../../fields/json.js';
import { type KeyFacts, keyLabelReader } from '../../../fields/key-labels.js';
import { noLaterThan } from '../../../fields/key-pair.js';
import { type Labels, parseLabels } from '../../../fields/labels.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import type { Parsed } from '../../../fields/parsed.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { kindsIn, OBJECT_LISTS } from '../objects.js';

const AGAIN = 'export again with kubectl get secrets -A -o json.';
const GOES_ON =
  'The list has metadata.continue: the cluster has more Secrets than it lists. Add the next pages.';
const HOLDS_VALUES =
  'The export holds the values of Secrets (data); nothing of them was kept: remove it, and export without them (kubectl get secrets -A -o json | jq \'del(.items[].data, .items[].metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"])\').';

/** Kinds of credential by the type of a Secret; other types, such as `Opaque`, state none. */
const TYPES: { readonly [type: string]: string } = {
  'kubernetes.io/tls': 'certificate',
  'kubernetes.io/ssh-auth': 'ssh-key',
  'kubernetes.io/basic-auth': 'password',
  'kubernetes.io/dockerconfigjson': 'registry-credential',
  'kubernetes.io/dockercfg': 'registry-credential',
  'kubernetes.io/service-account-token': 'service-account-token',
  'bootstrap.kubernetes.io/token': 'bootstrap-token',
};
/** Annotations that hold the Secret again, values included. */
const COPIES = ['kubectl.kubernetes.io/last-applied-configuration'];

/**
 * Kubernetes Secrets: `kubectl get secrets -A -o json` or `-o yaml` (a `List`), single objects and manifests of several
 * documents. Follows https://kubernetes.io/docs/concepts/configuration/secret/
 * - `data`, `stringData` and the copy of both in `last-applied-configuration` are never read.
 * - The id is `k8s:<namespace>/<name>`; the cluster is in no export.
 * - A Secret does not state when its value was last changed: `not-tracked`. One that is `immutable` has had it since it was
 *   created; the private key of a certificate may be older. Use is in the audit log of the API server only.
 * - An object without `creationTimestamp` is a manifest: whether a cluster has it is unknown, and so is its status.
 * - Releases of Helm are left out and counted: they are no credentials.
 * - Labels win over annotations; with neither, owner and purpose are known to be none. Whether etcd encrypts Secrets, and
 *   where else their values are, the object does not state.
 */
export const adapter: Adapter = {
  id: 'kubernetes-secrets',
  title: 'Kubernetes Secrets (JSON or YAML of kubectl)',
  recognisedBy: '`kind: Secret`, alone or in a `List`',
  proves: 'which Secrets exist in which namespace, of which type, since when, with which labels',
  cannot: 'when a value was last changed, who reads it, whether it is encrypted in etcd, which cluster it is',
  produces: ['keys'],
  formats: ['json', 'yaml', 'ndjson'],
  signature: ['apiVersion', 'kind', 'items', 'metadata', 'type', 'data'],
  recognise: (sample) =>
    ['Secret', 'SecretList'].some((kind) => kindsIn(sample).has(kind)) ? { version: null } : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = keyLabelReader(context);
  return {
    items: OBJECT_LISTS,
    convert: (raw) => convert(raw, factsOf, context),
    envelope: (value) => warnOfNextPage(objectOf(value['metadata']), ['continue'], GOES_ON, context),
  };
}

function convert(raw: RawRecord, factsOf: KeyFacts, context: AdapterContext): Emit[] {
  const { data, stringData, ...kept } = raw.value;
  if (data !== undefined || stringData !== undefined) context.warn(HOLDS_VALUES);
  const r = reading({ ...raw, value: kept }, context, AGAIN);
  const left = leftOut(r);
  if (left !== null) {
    context.skip(left);
    return [];
  }
  const name =
    r.need('metadata.name', r.text('metadata.name'), 'There is no metadata.name: every Secret has one.') ??
    '';
  const place = [r.text('metadata.namespace'), name].filter((part) => part !== null).join('/');
  return r.emit('keys', () => factsOf(labelsOf(r), r.raw.record), {
    key_id: `k8s:${place}`,
    aliases: [place, r.text('metadata.uid')].filter((alias) => alias !== null),
    name: place,
    store: 'k8s',
    type: () => entryOf(TYPES, r.text('type') ?? '') ?? null,
    status: r.states('metadata.creationTimestamp') ? 'active' : null,
    created: () => r.date('metadata.creationTimestamp'),
    last_rotated: () => lastRotated(r),
    last_used: statedInstant('not-tracked'),
  });
}

/** Returns why an object is no credential; null if it may be one. */
function leftOut(r: Reading): string | null {
  const kind = r.text('kind');
  if (kind !== null && kind !== 'Secret') return `Kubernetes object of the kind ${kind.slice(0, 40)}`;
  return r.text('type')?.startsWith('helm.sh/release') ? 'release of Helm, no credential' : null;
}

/** A certificate, or a Secret without a type that may be one, dates its private key from above. */
function lastRotated(r: Reading): Instant {
  const since = r.date('metadata.creationTimestamp');
  const mayBeCertificate = [null, 'kubernetes.io/tls'].includes(r.text('type'));
  const created = mayBeCertificate ? noLaterThan(since) : since;
  return r.flag('immutable') && created !== null ? created : statedInstant('not-tracked');
}

/** Returns labels over annotations, without copies of the Secret. */
function labelsOf(r: Reading): Labels {
  const [annotations, labels] = [
    r.read('metadata.annotations', parseAnnotations),
    r.read('metadata.labels', parseLabels),
  ];
  return new Map([...(annotations ?? []), ...(labels ?? [])]);
}

function parseAnnotations(value: unknown): Parsed<Labels | null> {
  if (!isObject(value)) return parseLabels('no object');
  return parseLabels(Object.fromEntries(Object.entries(value).filter(([name]) => !COPIES.includes(name))));
}
