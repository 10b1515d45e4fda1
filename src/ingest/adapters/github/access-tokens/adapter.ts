import type { Instant, KeyRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { objectOf, textOf } from '../../../fields/json.js';
import { warnOfFullPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with gh api --paginate.';
/** Sizes of a page; the API tells only in a header that another follows. */
const PAGES = [30, 100];
const MAY_GO_ON =
  'The list has exactly one page of the API: more tokens may exist. Export with gh api --paginate.';
const CLASSIC_MISSING =
  'The list has fine-grained tokens only: classic tokens are in the credential authorizations of single sign-on, and nowhere without it.';

/**
 * GitHub tokens of an organisation: fine-grained personal access tokens (`GET /orgs/{org}/personal-access-tokens`) and
 * credentials authorised for single sign-on (`GET /orgs/{org}/credential-authorizations`). Follows
 * https://docs.github.com/en/rest/orgs/personal-access-tokens and
 * https://docs.github.com/en/rest/orgs/orgs#list-saml-sso-authorizations-for-an-organization
 * - The id is `github-pat:` and `token_id`; older exports have the id of the grant only (`github-pat-grant:`).
 * - Neither list states when a token was made: `created` is `not-tracked`, and so is `last_rotated`. The days on which
 *   access was granted or authorised are no such proof.
 * - `token_expires_at: null` never expires; `token_last_used_at: null` was never used.
 * - A token belongs to a person, who is its owner. Requests for tokens that nobody decided yet are left out and counted.
 */
export const adapter: Adapter = {
  id: 'github-tokens',
  title: 'GitHub personal access tokens and SSO credential authorizations (JSON)',
  recognisedBy:
    '`token_id` or `access_granted_at` beside `permissions`, or `credential_id` beside `credential_authorized_at`',
  proves: 'which tokens reach the organisation, whose they are, what they may do, their expiry and last use',
  cannot:
    'when a token was made, classic tokens without single sign-on, and that the list is complete: the API tells in a header',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: [
    'token_id',
    'access_granted_at',
    'permissions',
    'owner',
    'credential_id',
    'credential_authorized_at',
  ],
  recognise,
  open,
};

function recognise({ keys }: FileSample): { version: string | null } | null {
  const has = (...names: string[]) => names.every((name) => keys.includes(name));
  if (has('credential_id', 'credential_authorized_at')) return { version: 'sso' };
  const isToken =
    has('permissions', 'owner') && (has('access_granted_at') || has('token_id', 'token_expires_at'));
  return isToken ? { version: 'fine-grained' } : null;
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const reader: AdapterReader = {
    items: ['$', ''],
    ...(file.keys.includes('reason') && !file.keys.includes('access_granted_at') ? { produces: [] } : {}),
    convert(raw) {
      const r = reading(raw, context, AGAIN);
      return r.states('credential_id') ? authorized(r) : fineGrained(r, raw, context);
    },
  };
  return warnOfFullPage(reader, PAGES, MAY_GO_ON, context);
}

const COMMON: Draft<'keys'> = {
  store: 'github',
  created: statedInstant('not-tracked'),
  last_rotated: statedInstant('not-tracked'),
  rotation_enabled: false,
  account_kind: 'user',
  auth_type: 'static-key',
};

function fineGrained(r: Reading, raw: RawRecord, context: AdapterContext): Emit[] {
  if (!r.states('access_granted_at')) {
    context.skip('request for a token that is not decided');
    return [];
  }
  context.warn(CLASSIC_MISSING);
  const [token, grant] = [r.text('token_id'), r.text('id')];
  r.need('token_id', token ?? grant, 'There is neither token_id nor id: every token has one.');
  return r.emit('keys', COMMON, {
    key_id: token === null ? `github-pat-grant:${grant}` : `github-pat:${token}`,
    aliases: token === null ? [] : [`github-pat-grant:${grant}`],
    name: () => r.text('token_name') ?? token ?? grant,
    type: 'github-pat',
    owner: () => r.text('owner.login'),
    status: () => statusOf(r),
    expires: () => orNever(r, 'token_expires_at', raw),
    last_used: () => orNever(r, 'token_last_used_at', raw),
    scopes: () => scopesOf(r),
  });
}

function statusOf(r: Reading): KeyRecord['status'] {
  const expired = r.flag('token_expired');
  return expired === null ? null : expired ? 'expired' : 'active';
}

/** Returns a time; `never` if the export has the member and it is null. */
function orNever(r: Reading, member: string, { value }: RawRecord): Instant | null {
  return r.date(member) ?? (member in value ? statedInstant('never') : null);
}

/** Returns permissions as `repository:contents:read`. */
function scopesOf(r: Reading): string[] | null {
  if (!r.states('permissions')) return null;
  return r
    .each('permissions')
    .flatMap(({ name: area, reading: rights }) =>
      Object.keys(objectOf(rights.raw.value)).map((right) => `${area}:${right}:${rights.text(right)}`),
    );
}

/** What the API calls a credential, and the type of key that it is. */
const TYPES: readonly (readonly [string, string])[] = [
  ['ssh', 'ssh-key'],
  ['oauth', 'oauth-token'],
  ['github app', 'github-app-token'],
  ['token', 'github-pat'],
];

function typeOf(kind: string): string | null {
  return TYPES.find(([word]) => kind.includes(word))?.[1] ?? null;
}

function authorized(r: Reading): Emit[] {
  const { value } = r.raw;
  const kind = textOf(value['credential_type'])?.toLowerCase() ?? '';
  return r.emit('keys', COMMON, {
    key_id: `github-credential:${r.text('credential_id')}`,
    name: () => r.text(['authorized_credential_note', 'authorized_credential_title', 'credential_id']),
    type: typeOf(kind),
    owner: () => r.text('login'),
    status: 'active',
    expires: () => orNever(r, 'authorized_credential_expires_at', r.raw),
    last_used: () => orNever(r, 'credential_accessed_at', r.raw),
    scopes: () => r.list('scopes'),
  });
}
