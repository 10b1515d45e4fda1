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
import { keyLabelReader } from '../../../fields/key-labels.js';
import { noLaterThan } from '../../../fields/key-pair.js';
import { parseLabels } from '../../../fields/labels.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with kubectl get certificates -A -o json.';
const CERT_MANAGER = /apiVersion"?\s*:\s*"?cert-manager\.io\//;

/**
 * cert-manager, `kubectl get certificates -A -o json` (or YAML). Follows https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.Certificate
 * - The id is `cert-manager:<namespace>/<name>`. The Secret that holds the certificate and its private key is an entry of its own in the list of
 *   Secrets and is not joined with it.
 * - `status.notBefore` is when the certificate in use became valid. If `rotationPolicy` is Always, which is the default since version 1.18
 *   only, its private key was made for it; else a renewal may have kept the key, and `last_rotated` is any time until then. A certificate that was never issued has no dates.
 * - Other objects in the list are counted and left out.
 */
export const adapter: Adapter = {
  id: 'cert-manager',
  title: 'cert-manager certificates (JSON or YAML of kubectl)',
  recognisedBy: '`kind: Certificate` of cert-manager.io, alone or in a `List` or `CertificateList`',
  proves:
    'which certificates cert-manager keeps in which Secret, since when and until when, and that it renews them',
  cannot:
    'where a certificate is used, who reads its Secret, whether it was revoked, which cluster it is, and when the private key was made unless spec.privateKey.rotationPolicy is Always',
  produces: ['keys'],
  formats: ['json', 'yaml', 'ndjson'],
  signature: ['apiVersion', 'kind', 'metadata', 'spec', 'status'],
  recognise: ({ head }: FileSample) =>
    CERT_MANAGER.test(head) && /kind"?\s*:\s*"?Certificate(?:List)?\b/.test(head) ? { version: null } : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = keyLabelReader(context);
  return { items: ['$.items', '$', ''], convert: (raw) => certificate(raw, factsOf, context) };
}

function certificate(
  raw: RawRecord,
  factsOf: ReturnType<typeof keyLabelReader>,
  context: AdapterContext,
): Emit[] {
  // The API itself answers with a CertificateList, whose objects have no kind.
  const isListed =
    raw.value['kind'] === undefined && isObject(raw.value['spec']) && 'secretName' in raw.value['spec'];
  if (raw.value['kind'] !== 'Certificate' && !isListed) {
    context.skip('Kubernetes object that is no certificate');
    return [];
  }
  const r = reading(raw, context, AGAIN);
  const name = r.need(
    'metadata.name',
    r.text('metadata.name'),
    'There is no metadata.name: every object has one.',
  );
  const from = () => r.date('status.notBefore');
  return r.emit(
    'keys',
    {
      key_id: `cert-manager:${r.text('metadata.namespace') ?? 'default'}/${name}`,
      name: () => r.text('spec.commonName') ?? name,
      store: 'cert-manager',
      type: 'certificate',
      status: 'active',
      created: () => r.date('metadata.creationTimestamp'),
      last_rotated: () => (isNewKey(r) ? from() : noLaterThan(from())) ?? statedInstant('not-tracked'),
      last_used: statedInstant('not-tracked'),
      expires: () => r.date('status.notAfter'),
      rotation_enabled: true,
    },
    () => factsOf(r.read('metadata.labels', parseLabels), r.raw.record),
  );
}

/** Returns whether each renewal makes a new private key. */
function isNewKey(r: Reading): boolean {
  return r.text('spec.privateKey.rotationPolicy') === 'Always';
}
