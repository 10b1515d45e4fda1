import type { Instant, KeyRecord } from '../../../../model/index.js';
import { isObject } from '../../../../text/is-object.js';
import type { Adapter, AdapterContext, AdapterReader, Emit, FileSample } from '../../../adapter.js';
import { isForOpenBanking } from '../../../fields/eidas.js';
import { statedInstant } from '../../../fields/instants.js';
import { entryOf } from '../../../fields/json.js';
import { noLaterThan } from '../../../fields/key-pair.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with aws acm list-certificates or aws iam list-server-certificates.';
const GOES_ON = 'The export goes on: more certificates exist than it lists. Add the next pages.';

/**
 * Certificates of AWS Certificate Manager (`aws acm list-certificates`, `describe-certificate`) and of IAM
 * (`aws iam list-server-certificates`). Follows https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateSummary.html,
 * API_CertificateDetail.html and https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServerCertificateMetadata.html
 * - A renewal replaces the certificate under the same ARN and may keep the private key: `last_rotated` is any time until `NotBefore`; of
 *   IAM, whose certificates cannot be replaced, until `UploadDate`. ACM makes the key of a certificate that it issues when it is requested
 *   (`CreatedAt`) or later.
 * - A request that was never answered, or failed, is no certificate: left out and counted.
 * - ACM lists certificates with RSA 2048 only, unless it is asked for other algorithms (`--includes keyTypes=...`).
 */
export const adapter: Adapter = {
  id: 'aws-certificates',
  title: 'AWS Certificate Manager or IAM server certificates (JSON)',
  recognisedBy:
    '`CertificateSummaryList`, `ServerCertificateMetadataList`, or a `CertificateArn` of ACM beside `DomainName`',
  proves:
    'which certificates an account has, since when and until when, whether they are renewed, which were revoked',
  cannot:
    'who may export or use a private key, when it was made (a renewal may keep it), other Regions, algorithms that were not asked for',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: [
    'CertificateSummaryList',
    'ServerCertificateMetadataList',
    'CertificateArn',
    'DomainName',
    'NotAfter',
    'RenewalEligibility',
    'ServerCertificateId',
  ],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const has = (...names: string[]) => names.every((name) => keys.includes(name));
  if (has('CertificateSummaryList') || has('CertificateArn', 'DomainName')) return { version: 'acm' };
  if (has('Certificate') && /"CertificateArn"\s*:\s*"arn:[\w-]+:acm:/.test(head)) return { version: 'acm' };
  return has('ServerCertificateMetadataList') || has('ServerCertificateId', 'Expiration')
    ? { version: 'iam' }
    : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return {
    items: ['$.CertificateSummaryList', '$.ServerCertificateMetadataList', '$', ''],
    convert(raw) {
      const described = raw.value['Certificate'];
      const r = reading({ ...raw, value: isObject(described) ? described : raw.value }, context, AGAIN);
      return r.states('ServerCertificateId') ? ofIam(r) : ofAcm(r, context);
    },
    envelope(value) {
      if (value['IsTruncated'] === true) context.truncated(GOES_ON);
      warnOfNextPage(value, ['NextToken', 'Marker'], GOES_ON, context);
    },
  };
}

const COMMON: Draft<'keys'> = {
  type: 'certificate',
  last_used: statedInstant('not-tracked'),
};

const STATES: { [state: string]: NonNullable<KeyRecord['status']> } = {
  ISSUED: 'active',
  INACTIVE: 'inactive',
  EXPIRED: 'expired',
  REVOKED: 'revoked',
};
/** States of a request that gave no certificate. */
const NONE = ['PENDING_VALIDATION', 'VALIDATION_TIMED_OUT', 'FAILED'];

function ofAcm(r: Reading, context: AdapterContext): Emit[] {
  const state = r.text('Status') ?? '';
  if (NONE.includes(state)) {
    context.skip('request that gave no certificate');
    return [];
  }
  const arn = r.need(
    'CertificateArn',
    r.text('CertificateArn'),
    'There is no CertificateArn: every certificate has one.',
  );
  return r.emit('keys', COMMON, lifeInAcm(r), {
    key_id: arn ?? '',
    name: () => r.text('DomainName') ?? arn,
    store: 'aws-acm',
    status: () => (r.states('Status') ? (entryOf(STATES, r.text('Status') ?? '') ?? null) : null),
    tpp_aspsp_interface: () => isForOpenBanking(r.text('Subject')),
  });
}

function lifeInAcm(r: Reading): Draft<'keys'> {
  const since = () => r.date('NotBefore');
  return {
    created: () => r.date(['CreatedAt', 'ImportedAt']) ?? since(),
    last_rotated: () => noLaterThan(since(), keyMadeSince(r)) ?? statedInstant('not-tracked'),
    expires: () => r.date('NotAfter'),
    revoked: () => r.date('RevokedAt'),
    rotation_enabled: () => entryOf(RENEWED, r.text('RenewalEligibility') ?? '') ?? null,
  };
}

/** Returns when ACM was asked for a certificate that it issued, with a key of its own making; null for one that was imported. */
function keyMadeSince(r: Reading): Instant | null {
  return ISSUED_BY_ACM.includes(r.text('Type') ?? '') ? r.date('CreatedAt') : null;
}

const ISSUED_BY_ACM = ['AMAZON_ISSUED', 'PRIVATE'];

const RENEWED: { [eligibility: string]: boolean } = { ELIGIBLE: true, INELIGIBLE: false };

function ofIam(r: Reading): Emit[] {
  const uploaded = (): Instant | null => r.date('UploadDate');
  const arn = r.need('Arn', r.text('Arn'), 'There is no Arn: every certificate has one.');
  return r.emit('keys', COMMON, {
    key_id: arn ?? '',
    aliases: () => [r.text('ServerCertificateId')].filter((id) => id !== null),
    name: () => r.text(['ServerCertificateName', 'Name']) ?? arn,
    store: 'aws-iam',
    status: 'active',
    created: uploaded,
    last_rotated: () => noLaterThan(uploaded()) ?? statedInstant('not-tracked'),
    expires: () => r.date('Expiration'),
    rotation_enabled: false,
  });
}
