import type { KeyRecord } from '../../../../model/index.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { isForOpenBanking } from '../../../fields/eidas.js';
import { statedInstant } from '../../../fields/instants.js';
import { keyLabelReader } from '../../../fields/key-labels.js';
import { noLaterThan } from '../../../fields/key-pair.js';
import { type Labels, parseLabels } from '../../../fields/labels.js';
import { warnOfFullPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with GET /KeyfactorAPI/Certificates.';
const MAY_GO_ON =
  'The list has as many certificates as a page of Keyfactor: more may exist. Export all pages (PageReturned, ReturnLimit).';
/** Sizes of a page; the API tells only in a header that more exist. */
const PAGES = [50, 100];
const MEMBERS = ['Thumbprint', 'SerialNumber', 'IssuedDN', 'IssuerDN', 'NotAfter', 'CertState'];

/**
 * Certificates of Keyfactor Command: `GET /KeyfactorAPI/Certificates`. Follows
 * https://software.keyfactor.com/Core-OnPrem/Current/Content/WebAPI/KeyfactorAPI/CertificatesGETList.htm
 * - The id is `keyfactor:` and Keyfactor's own; the thumbprint is another name, by which other inventories name the same certificate.
 * - A certificate cannot be replaced in place, and may have the private key of an earlier one: `last_rotated` is any time until it became valid.
 * - `CertState` 1 is active and 2 revoked; what a certificate is in any other state is unknown. It stays active when it expires.
 * - `Metadata` are the bank's own fields (`includeMetadata=true`; an empty one states nothing). The requester is who asked for it and no owner.
 * - A subject with the identifier of a payment service provider (`PSDxx-`) is that of a QWAC or QSealC.
 */
export const adapter: Adapter = {
  id: 'keyfactor-certificates',
  title: 'Keyfactor Command certificates (JSON)',
  recognisedBy: '`Thumbprint`, `SerialNumber`, `IssuedDN`, `IssuerDN`, `NotAfter` and `CertState`',
  proves:
    'which certificates Keyfactor knows, of which subject, since when and until when, and which were revoked',
  cannot:
    'where a certificate is used, who holds its private key, when that key was made (a renewal may keep it), and that the list is complete',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: MEMBERS,
  recognise: ({ keys }: FileSample) =>
    MEMBERS.every((name) => keys.includes(name)) ? { version: null } : null,
  open,
};

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = keyLabelReader(context);
  const reader: AdapterReader = {
    items: ['$', ''],
    convert(raw) {
      const r = reading(raw, context, AGAIN);
      const id = r.need('Id', r.text('Id'), 'There is no Id: every certificate has one.');
      return r.emit(
        'keys',
        life(r),
        {
          key_id: `keyfactor:${id}`,
          aliases: () => thumbprints(r),
          name: () => r.text(['IssuedCN', 'IssuedDN']) ?? id,
          store: 'keyfactor',
          type: 'certificate',
          tpp_aspsp_interface: () => isForOpenBanking(r.text('IssuedDN')),
        },
        () => stated(factsOf(metadataOf(r), r.raw.record)),
      );
    },
  };
  return file.kind === 'json' ? warnOfFullPage(reader, PAGES, MAY_GO_ON, context) : reader;
}

/** Returns the bank's own fields; null if there are none, because Keyfactor leaves them out unless it is asked for them. */
function metadataOf(r: Reading): Labels | null {
  const labels = r.read('Metadata', parseLabels);
  return labels === null || labels.size === 0 ? null : labels;
}

/** Returns facts without those that are only missing: which fields there are is up to the bank. */
function stated(facts: Draft<'keys'>): Draft<'keys'> {
  return { ...facts, owner: facts.owner || null, purpose: facts.purpose || null };
}

function thumbprints(r: Reading): string[] {
  const thumbprint = r.text('Thumbprint')?.toLowerCase();
  return thumbprint === undefined ? [] : [thumbprint];
}

function life(r: Reading): Draft<'keys'> {
  const from = () => r.date('NotBefore');
  return {
    status: () => statusOf(r),
    created: from,
    last_rotated: () => noLaterThan(from()) ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => r.date('NotAfter'),
    revoked: () => r.date('RevocationEffDate'),
    rotation_enabled: null,
  };
}

function statusOf(r: Reading): KeyRecord['status'] {
  const state = r.number('CertState');
  return state === 1 ? 'active' : state === 2 ? 'revoked' : null;
}
