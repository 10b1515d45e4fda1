import type { Instant, KeyRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { DAY_TOLERANCE_MS } from '../../../fields/instants.js';
import { warnOfFullPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { dateOrNever } from '../../../fields/whole-record.js';

const AGAIN = 'export again with GET /v2025/personal-access-tokens.';
const MAY_GO_ON =
  'The list has as many tokens as a page of SailPoint: more may exist. Export all pages (limit, offset).';
const PAGES = [250];
const MEMBERS = ['id', 'name', 'scope', 'owner', 'created'];
/** Members that tokens have and other things with an owner and scopes lack. */
const OWN = ['lastUsed', 'managed', 'accessTokenValiditySeconds', 'userAwareTokenNeverExpires'];

/**
 * Personal access tokens of SailPoint Identity Security Cloud: `GET /personal-access-tokens`. Follows
 * https://developer.sailpoint.com/docs/api/v2025/list-personal-access-tokens and
 * https://developer.sailpoint.com/docs/tools/sdk/python/v2024/models/get-personal-access-token-response
 * - The list holds no secrets: `id` is the client id that goes with one. A token cannot be replaced: `last_rotated` is when it was created.
 * - `lastUsed` moves once a day: the last use is up to a day later. A token without it was never used, or its list states none: unknown.
 * - `expirationDate: null` means that a token never expires if `userAwareTokenNeverExpires` is true, which SailPoint asks for. Older answers have neither, and
 *   an answer without the date states nothing.
 * - A token has the rights of its owner within its scopes (`sp:scopes:all`). `managed` ones are made by the platform, such as for workflows.
 */
export const adapter: Adapter = {
  id: 'sailpoint-access-tokens',
  title: 'SailPoint personal access tokens (JSON)',
  recognisedBy:
    '`id`, `name`, `scope`, `owner` and `created` beside `lastUsed`, `managed` or `accessTokenValiditySeconds`',
  proves:
    'which personal access tokens exist, whose they are, since when, until when, their scopes and day of last use',
  cannot:
    'what the owner of a token may do, from where it is used, tokens that the caller may not see, and that the list is complete: the API tells in a header',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: [...MEMBERS, ...OWN, 'expirationDate'],
  recognise: ({ keys, head }: FileSample) => {
    const isToken = MEMBERS.every((name) => keys.includes(name)) && OWN.some((name) => keys.includes(name));
    return isToken && /"owner"\s*:\s*\{[^{}]*"type"\s*:\s*"IDENTITY"/.test(head) ? { version: null } : null;
  },
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const reader: AdapterReader = { items: ['$', ''], convert: (raw) => token(raw, context) };
  return warnOfFullPage(reader, PAGES, MAY_GO_ON, context);
}

function token(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const id = r.need('id', r.text('id'), 'There is no id: every token has one.');
  return r.emit('keys', {
    key_id: `sailpoint-token:${id}`,
    aliases: id === null ? [] : [id],
    name: () => r.text('name') ?? id,
    store: 'sailpoint',
    type: 'api-token',
    auth_type: 'static-key',
    account_kind: () => kindOf(r),
    owner: () => r.text(['owner.name', 'owner.id']),
    status: 'active',
    created: () => r.date('created'),
    last_rotated: () => r.date('created'),
    last_used: () => lastUsed(r),
    expires: () => expiryOf(r),
    rotation_enabled: false,
    scopes: () => r.list('scope'),
  });
}

function kindOf(r: Reading): KeyRecord['account_kind'] {
  const managed = r.flag('managed');
  return managed === null ? null : managed ? 'system' : 'user';
}

function lastUsed(r: Reading): Instant | null {
  const used = r.date('lastUsed');
  return used?.state === 'known' ? { ...used, tolerance_ms: DAY_TOLERANCE_MS } : used;
}

function expiryOf(r: Reading): Instant | null {
  const expires = dateOrNever(r, 'expirationDate');
  const isKnown = expires?.state !== 'never' || r.flag('userAwareTokenNeverExpires') === true;
  return isKnown ? expires : null;
}
