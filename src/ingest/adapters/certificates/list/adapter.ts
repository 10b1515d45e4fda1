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
import { noLaterThan } from '../../../fields/key-pair.js';
import { plainName } from '../../../fields/names.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export the list again.';
const NO_OWNER =
  'Contacts and requesters of a list of certificates are no owners: state owners in keyproof.yaml (columns: {owner: ...}).';

/** Columns by what they hold, in plain form (lower case, letters and digits only), best first. */
const COLUMNS = {
  thumbprint: [
    'thumbprint',
    'sha1thumbprint',
    'fingerprint',
    'sha1fingerprint',
    'sha256fingerprint',
    'certificatehash',
  ],
  serial: ['serialnumber', 'certserialnumber', 'serial'],
  subject: ['subject', 'subjectdn', 'issueddn', 'distinguishedname', 'subjectname'],
  name: ['commonname', 'cn', 'issuedcn', 'issuedcommonname', 'subjectcn', 'certificatename', 'name'],
  issuer: ['issuer', 'issuerdn', 'issuercn', 'issuedby', 'ca', 'certificateauthority'],
  from: [
    'validfrom',
    'certificateeffectivedate',
    'notbefore',
    'effectivedate',
    'startdate',
    'issuedate',
    'issuedon',
    'validitystart',
  ],
  until: [
    'validto',
    'certificateexpirationdate',
    'notafter',
    'expirationdate',
    'expirydate',
    'expires',
    'expireson',
    'enddate',
    'validuntil',
    'validityend',
  ],
  revoked: ['revocationdate', 'revocationeffdate', 'effectiverevocationdate', 'revokedon', 'revokedat'],
  status: ['status', 'state', 'certificatestatus', 'certstate', 'requestdisposition'],
  owner: ['owner', 'owneremail', 'certificateowner'],
} as const;

type Field = keyof typeof COLUMNS;
type Columns = { readonly [F in Field]?: string };

/** Words of a state; any other states nothing, because products rate certificates as well ("OK", "At risk"). */
const STATES: { readonly [word: string]: NonNullable<KeyRecord['status']> } = {
  active: 'active',
  issued: 'active',
  valid: 'active',
  '1': 'active',
  revoked: 'revoked',
  '2': 'revoked',
  expired: 'expired',
  '20 -- issued': 'active',
  '21 -- revoked': 'revoked',
};

/** Rows of a certificate authority of Windows that are requests without a certificate; certutil writes EMPTY for what there is not. */
const NOT_ISSUED = /^(?!20\b|21\b)\d+ -- /;
const EMPTY = /^EMPTY$/i;
/** Names that certificates have and other lists with serial numbers and ends do not. */
const OF_CERTIFICATE = [
  'commonname',
  'cn',
  'issuedcn',
  'issuedcommonname',
  'subjectcn',
  'subject',
  'subjectdn',
  'issueddn',
];

/**
 * Lists of certificates as their managers save them in CSV or Excel: Venafi, Keyfactor, a certificate authority, or a register of the bank; of
 * Active Directory Certificate Services by `certutil -view -out ... csv`, whose columns and dispositions ("20 -- Issued") are in
 * https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/certutil#-view
 * - A list of one authority names no issuer: then it is recognised by the name of a certificate, its serial number and both its times.
 * - A row is one certificate. The id is its thumbprint in lower case, which inventories of other systems have as another name; without one it is
 *   the serial number. A certificate cannot be replaced in place, and may have the private key of an earlier one: `last_rotated` is any time until it became valid.
 * - A certificate counts as active only if a column says so; an expired one stays what it is.
 * - A subject with the identifier of a payment service provider (`PSDxx-`) is that of a QWAC or QSealC.
 */
export const adapter: Adapter = {
  id: 'certificates',
  title: 'List of certificates (CSV, Excel: Venafi, Keyfactor, or of a certificate authority)',
  recognisedBy:
    'columns for a thumbprint or serial number, a subject or common name, an issuer (or a beginning of validity), and an end of validity',
  proves: 'which certificates a list has, of which subject and issuer, since when and until when',
  cannot:
    'where a certificate is used, who holds its private key, when that key was made (a renewal may keep it), and that the list is complete',
  produces: ['keys'],
  formats: ['csv'],
  signature: ['Serial Number', 'Thumbprint', 'Common Name', 'Issuer', 'Valid From', 'Valid To'],
  recognise,
  open,
};

function columnsOf(header: readonly string[]): Columns {
  const byName = new Map(header.map((column) => [plainName(column), column]));
  const found = Object.entries(COLUMNS).map(([field, names]) => {
    const name = names.find((candidate) => byName.has(candidate));
    return [field, name === undefined ? undefined : byName.get(name)];
  });
  return Object.fromEntries(found);
}

/** Columns of certificates that adapters of their systems read: ids of Keyfactor, AWS Certificate Manager and Key Vault join them. */
const OF_OTHERS = ['keyid', 'certstate', 'certificatearn', 'vaultname'];

function recognise({ header }: FileSample): { version: string | null } | null {
  const names = (header ?? []).map(plainName);
  if (OF_OTHERS.some((name) => names.includes(name))) return null;
  const { thumbprint, serial, subject, name, issuer, from, until } = columnsOf(header ?? []);
  const isCertificate = (thumbprint ?? serial) !== undefined && (subject ?? name) !== undefined;
  const isOfOne = from !== undefined && OF_CERTIFICATE.some((own) => names.includes(own));
  return isCertificate && until !== undefined && (issuer !== undefined || isOfOne) ? { version: null } : null;
}

function open({ header }: FileSample, context: AdapterContext): AdapterReader {
  const columns = { ...columnsOf(header ?? []), ...context.spec?.columns };
  if (columns.owner === undefined) context.warn(NO_OWNER);
  return { items: [''], convert: (raw) => convert(raw, columns, context) };
}

/** Returns a row without the cells in which certutil says that there is nothing. */
function withoutEmpty(raw: RawRecord): RawRecord {
  const cells = Object.entries(raw.value).map(([name, cell]) => [
    name,
    typeof cell === 'string' && EMPTY.test(cell) ? '' : cell,
  ]);
  return { ...raw, value: Object.fromEntries(cells) };
}

function convert(stated: RawRecord, columns: Columns, context: AdapterContext): Emit[] {
  const r = reading(withoutEmpty(stated), context, AGAIN);
  if (NOT_ISSUED.test(r.cell(columns.status ?? []) ?? '')) {
    context.skip('request that gave no certificate');
    return [];
  }
  const cell = (field: Field) => r.cell(columns[field] ?? []);
  const thumbprint = cell('thumbprint')?.replace(/[\s:]/g, '').toLowerCase() ?? null;
  const serial = cell('serial');
  const id = r.need(
    columns.thumbprint ?? columns.serial ?? [],
    thumbprint ?? serial,
    'The row has neither a thumbprint nor a serial number: there is nothing to tell the certificate by.',
  );
  const from = () => r.date(columns.from ?? []);
  return r.emit('keys', {
    key_id: id,
    aliases: thumbprint === null || serial === null ? [] : [serial],
    name: () => cell('name') ?? cell('subject'),
    type: 'certificate',
    status: () => statusOf(r, columns),
    owner: () => cell('owner'),
    created: from,
    last_rotated: () => noLaterThan(from()) ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => r.date(columns.until ?? []),
    revoked: () => r.date(columns.revoked ?? []),
    tpp_aspsp_interface: () => isForOpenBanking(cell('subject')),
  });
}

function statusOf(r: Reading, { status }: Columns): KeyRecord['status'] {
  const word = r.cell(status ?? [])?.toLowerCase() ?? '';
  return Object.hasOwn(STATES, word) ? (STATES[word] ?? null) : null;
}
