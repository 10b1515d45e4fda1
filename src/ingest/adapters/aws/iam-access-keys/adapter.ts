import type { Instant, KeyRecord } from '../../../../model/index.js';
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
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';

const KEY = /^(?:AKIA|ASIA)[A-Z0-9]{12,124}$/;
const KEY_FORM = 'an access key id, AKIA...';
const AGAIN = 'export again with aws iam list-access-keys.';
const GOES_ON = 'The export ends with IsTruncated: more keys exist than it lists. Add the next pages.';
const NAMELESS =
  'get-access-key-last-used does not name the key that it answers about; add it as a member AccessKeyId, or name the file after it (AKIA....json). Without, the use is left out.';

/**
 * AWS IAM access keys: `aws iam list-access-keys` (`{AccessKeyMetadata}`, for several users one document after the other)
 * and `get-access-key-last-used` (`{UserName, AccessKeyLastUsed}`). Follows
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html and API_GetAccessKeyLastUsed.html
 * - An access key cannot be rotated in place: `last_rotated` is when it was created.
 * - The answer about the last use does not name its key. It counts if a member `AccessKeyId` beside it or the file's name
 *   has the id; otherwise it is left out and counted. No `LastUsedDate`, with `N/A` as the service, is `never`: never
 *   used, or not since 2015-04-22, when IAM began to record it.
 * - The list of keys does not state their use: `not-tracked`. Scripts put both answers into one record, with `AccessKeyLastUsed`
 *   or its members beside those of the list: then it has the key and its use. Steampipe calls them `access_key_last_used_date`.
 */
export const adapter: Adapter = {
  id: 'aws-iam-access-keys',
  title: 'AWS IAM list-access-keys or get-access-key-last-used (JSON)',
  recognisedBy: '`AccessKeyMetadata` or `AccessKeyLastUsed`',
  proves:
    'which access keys a user has, their ids, age and whether they are active; with the last use, when a key was last used',
  cannot: 'what a key may do, who holds it, keys of users that were not asked for',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['AccessKeyMetadata', 'AccessKeyId', 'CreateDate', 'UserName', 'AccessKeyLastUsed'],
  recognise,
  open,
};

function recognise({ keys }: FileSample): { version: string | null } | null {
  const has = (...names: string[]) => names.every((name) => keys.includes(name));
  const listed =
    has('AccessKeyMetadata') || has('AccessKeyLastUsed') || has('AccessKeyId', 'CreateDate', 'UserName');
  return listed ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return {
    items: ['$.AccessKeyMetadata', '$', ''],
    convert: (raw) => (isLastUseAlone(raw) ? lastUse(raw, context) : key(raw, context)),
    envelope(value) {
      if (value['IsTruncated'] === true) context.truncated(GOES_ON);
      warnOfNextPage(value, ['NextToken'], GOES_ON, context);
    },
  };
}

/** Returns whether a record is the answer about the last use, and not a key of the list as well. */
function isLastUseAlone({ value }: RawRecord): boolean {
  return isObject(value['AccessKeyLastUsed']) && value['CreateDate'] === undefined;
}

function key(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const [id = ''] = r.match('AccessKeyId', KEY, KEY_FORM) ?? [];
  const created = () => r.date('CreateDate');
  return r.emit('keys', named(id, r), {
    status: () => r.oneOf('Status', STATES),
    created,
    last_rotated: () => created() ?? statedInstant('not-tracked'),
    last_used: () => usedIn(r, ['AccessKeyLastUsed.LastUsedDate', 'LastUsedDate', 'AccessKeyLastUsedDate']),
    rotation_enabled: false,
  });
}

/** Returns when the record says that the key was used: never, if it says on which service (N/A) and no date. */
function usedIn(r: Reading, places: readonly string[]): Instant {
  return r.date(places) ?? unused(r);
}

function named(id: string, r: Reading): Draft<'keys'> {
  const user = () => r.text('UserName');
  return {
    key_id: id,
    name: () => (user() === null ? id : `${user()} ${id}`),
    store: 'aws-iam',
    type: 'access-key',
    auth_type: 'static-key',
  };
}

const STATES = ['active', 'inactive', 'expired'] as const satisfies readonly KeyRecord['status'][];

/** Returns what an answer about the last use adds to a key, if the key is known. */
function lastUse(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, 'export again with aws iam get-access-key-last-used.');
  const id = r.text('AccessKeyId') ?? keyInName(context.file);
  if (id === null) {
    context.warn(NAMELESS);
    context.skip('last use of a key that is not named');
    return [];
  }
  return r.emit('keys', named(id, r), {
    last_used: () => usedIn(r, ['AccessKeyLastUsed.LastUsedDate']),
  });
}

function unused(r: Reading): Instant {
  const service = r.text([
    'AccessKeyLastUsed.ServiceName',
    'LastUsedService',
    'AccessKeyLastUsedService',
    'ServiceName',
  ]);
  return statedInstant(service === 'N/A' ? 'never' : 'not-tracked');
}

function keyInName(file: string): string | null {
  return /(?:^|[^A-Z0-9])(AKIA[A-Z0-9]{12,28})(?![A-Z0-9])/.exec(file)?.[1] ?? null;
}
