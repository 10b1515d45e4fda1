import type { KeyRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { isForOpenBanking } from '../../../fields/eidas.js';
import { statedInstant } from '../../../fields/instants.js';
import { entryOf } from '../../../fields/json.js';
import { noLaterThan } from '../../../fields/key-pair.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with POST /outagedetection/v1/certificatesearch.';
const STATUSES: { readonly [status: string]: KeyRecord['status'] } = {
  ACTIVE: 'active',
  RETIRED: 'inactive',
  DELETED: 'inactive',
};
const MEMBERS = ['fingerprint', 'validityEnd', 'managedCertificateId'];

/**
 * Certificates of Venafi TLS Protect Cloud (now CyberArk Certificate Manager, SaaS): the answer of
 * `POST /outagedetection/v1/certificatesearch`, or its certificates one by one. Follows
 * https://developer.venafi.com/tlsprotectcloud/reference/certificates_search_getbyexpression
 * - The id is `venafi:` and that of the certificate; that of the managed certificate, which a renewal keeps, is none. The thumbprint is another name.
 * - A certificate cannot be replaced in place, and may have the private key of an earlier one: `last_rotated` is any time until its validity begins.
 * - Certificates of authorities (`certificateType` other than END_ENTITY) are left out and counted.
 * - `count` is how many were found, also on other pages.
 */
export const adapter: Adapter = {
  id: 'venafi-cloud-certificates',
  title: 'Venafi TLS Protect Cloud certificates (JSON)',
  recognisedBy: '`managedCertificateId`, `fingerprint` and `validityEnd`, alone or in `certificates`',
  proves:
    'which certificates Venafi found or manages, of which subject, since when and until when, and which were retired',
  cannot:
    'whether a certificate was revoked, who holds its private key, and when that key was made (a renewal may keep it)',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: [
    'certificates',
    'managedCertificateId',
    'fingerprint',
    'validityStart',
    'validityEnd',
    'subjectCN',
  ],
  recognise: ({ keys, head }: FileSample) => {
    const listed = keys.includes('certificates') && MEMBERS.every((name) => head.includes(`"${name}"`));
    return listed || MEMBERS.every((name) => keys.includes(name)) ? { version: null } : null;
  },
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  let [read, found] = [0, 0];
  return {
    items: ['$.certificates', '$', ''],
    convert(raw) {
      read += 1;
      return certificate(raw, context);
    },
    envelope({ count }) {
      if (typeof count === 'number') found = count;
    },
    end() {
      if (found > read)
        context.truncated(`The search found ${found} certificates and lists ${read}: add the next pages.`);
      return [];
    },
  };
}

function certificate(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const kind = r.text('certificateType');
  if (kind !== null && kind !== 'END_ENTITY') {
    context.skip('certificate of an authority');
    return [];
  }
  const id = r.need('id', r.text('id'), 'There is no id: every certificate has one.');
  const from = () => r.date('validityStart');
  return r.emit('keys', {
    key_id: `venafi:${id}`,
    aliases: () => r.list('fingerprint')?.map((one) => one.toLowerCase()) ?? [],
    name: () => subjectOf(r) ?? id,
    store: 'venafi',
    type: 'certificate',
    status: () => entryOf(STATUSES, r.text('certificateStatus') ?? '') ?? null,
    created: from,
    last_rotated: () => noLaterThan(from()) ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => r.date('validityEnd'),
    tpp_aspsp_interface: () => isForOpenBanking(r.text('subjectDN')),
  });
}

function subjectOf(r: Reading): string | null {
  return r.list('subjectCN')?.[0] ?? r.text('certificateName');
}
