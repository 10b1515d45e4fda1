import type { KeyRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with aws iam list-service-specific-credentials.';
const GOES_ON = 'The export goes on: more credentials exist than it lists. Add the next pages.';
const STATES = ['active', 'inactive', 'expired'] as const satisfies readonly KeyRecord['status'][];

/**
 * Credentials of IAM users for one service (CodeCommit, Keyspaces, Bedrock): `aws iam list-service-specific-credentials`. Follows
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceSpecificCredentialMetadata.html
 * - A password may be reset in place (`reset-service-specific-credential`), which leaves `CreateDate` as it was: `last_rotated` is
 *   `not-tracked`, and so is the last use.
 * - `ExpirationDate` is there only for credentials that end; without it the expiry is not stated.
 */
export const adapter: Adapter = {
  id: 'aws-service-specific-credentials',
  title: 'AWS IAM list-service-specific-credentials (JSON)',
  recognisedBy: '`ServiceSpecificCredentials`, or `ServiceSpecificCredentialId` beside `ServiceName`',
  proves: 'which passwords and keys for one service an IAM user has, since when, and whether they are active',
  cannot: 'when a password was reset or used, and users that were not asked for',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['ServiceSpecificCredentials', 'ServiceSpecificCredentialId', 'ServiceName', 'ServiceUserName'],
  recognise: ({ keys }: FileSample) =>
    keys.includes('ServiceSpecificCredentials') ||
    (keys.includes('ServiceSpecificCredentialId') && keys.includes('ServiceName'))
      ? { version: null }
      : null,
  open: (_file, context): AdapterReader => ({
    items: ['$.ServiceSpecificCredentials', '$', ''],
    convert: (raw) => credential(raw, context),
    envelope(value) {
      if (value['IsTruncated'] === true) context.truncated(GOES_ON);
      warnOfNextPage(value, ['NextToken', 'Marker'], GOES_ON, context);
    },
  }),
};

function credential(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const id = r.need(
    'ServiceSpecificCredentialId',
    r.text('ServiceSpecificCredentialId'),
    'There is no ServiceSpecificCredentialId: every credential has one.',
  );
  return r.emit('keys', {
    key_id: id ?? '',
    name: () => [r.text('UserName'), r.text('ServiceName')].filter(Boolean).join(' ') || id,
    store: 'aws-iam',
    type: 'service-specific-credential',
    auth_type: 'static-key',
    account_kind: 'user',
    status: () => r.oneOf('Status', STATES),
    created: () => r.date('CreateDate'),
    last_rotated: statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => r.date('ExpirationDate'),
    rotation_enabled: false,
  });
}
