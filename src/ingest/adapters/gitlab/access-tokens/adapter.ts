import type { Instant, KeyRecord } from '../../../../model/index.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample, RawRecord } from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { warnOfFullPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { isWholeRecord } from '../../../fields/whole-record.js';

const AGAIN = 'export again with GET /api/v4/personal_access_tokens, or that of a project or group.';
const MAY_GO_ON =
  'The list has as many tokens as a page of GitLab: more may exist. Export all pages (glab api --paginate).';
const PAGES = [20, 100];

/**
 * GitLab access tokens: `GET /personal_access_tokens`, `/projects/:id/access_tokens` or `/groups/:id/access_tokens`. Follows
 * https://docs.gitlab.com/api/personal_access_tokens/ and https://docs.gitlab.com/api/project_access_tokens/
 * - `POST .../rotate` revokes a token and makes a new one with an id of its own, so that `last_rotated` is when a token was created.
 * - Tokens of projects and groups (`access_level`) belong to a bot, so that their `user_id` is no owner.
 * - `expires_at` is a day, at whose beginning (UTC) the token stops working; `null` states that it does not expire. `last_used_at`
 *   is updated once in ten minutes.
 * - Revoked and expired tokens are listed as long as GitLab keeps them.
 */
export const adapter: Adapter = {
  id: 'gitlab-access-tokens',
  title: 'GitLab personal, project and group access tokens (JSON)',
  recognisedBy: '`revoked`, `active`, `scopes`, `user_id` and `expires_at`',
  proves: 'which tokens exist, their age, scopes, expiry, state and last use, and whose a personal token is',
  cannot:
    'who holds a token of a project or group, deploy tokens and runner tokens, and that the list is complete: the API tells in a header',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: [
    'id',
    'name',
    'revoked',
    'active',
    'scopes',
    'user_id',
    'created_at',
    'expires_at',
    'last_used_at',
  ],
  recognise,
  open,
};

const MEMBERS = ['revoked', 'active', 'scopes', 'user_id', 'expires_at'];

/** What is in every token besides. */
const ALWAYS = ['name', 'created_at'];

function recognise({ keys }: FileSample): { version: string | null } | null {
  if (!MEMBERS.every((name) => keys.includes(name))) return null;
  return { version: keys.includes('access_level') ? 'project or group' : 'personal' };
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const reader: AdapterReader = {
    items: ['$', ''],
    convert(raw) {
      const r = reading(raw, context, AGAIN);
      const id = r.need('id', r.text('id'), 'There is no id: every token has one.');
      const isBot = r.states('access_level');
      const isPersonal = !isBot && isWholeRecord(r, ALWAYS);
      return r.emit('keys', {
        key_id: `gitlab-token:${id}`,
        name: () => r.text('name') ?? id,
        store: 'gitlab',
        type: 'gitlab-token',
        auth_type: 'static-key',
        ...(isBot ? { account_kind: 'application' } : {}),
        ...(isPersonal ? { account_kind: 'user', owner: () => r.text('user_id') } : {}),
        purpose: () => r.text('description'),
        status: () => statusOf(r),
        created: () => r.date('created_at'),
        last_rotated: () => r.date('created_at'),
        last_used: () => orNever(r, 'last_used_at', raw),
        expires: () => orNever(r, 'expires_at', raw),
        rotation_enabled: false,
        scopes: () => r.list('scopes'),
      });
    },
  };
  return warnOfFullPage(reader, PAGES, MAY_GO_ON, context);
}

/** A token that is not active and not revoked has expired. */
function statusOf(r: Reading): KeyRecord['status'] {
  const [revoked, active] = [r.flag('revoked'), r.flag('active')];
  if (revoked === true) return 'revoked';
  if (revoked === null || active === null) return null;
  return active ? 'active' : 'expired';
}

/** Returns a time; `never` if the export has the member and it is null. */
function orNever(r: Reading, member: string, { value }: RawRecord): Instant | null {
  return r.date(member) ?? (member in value ? statedInstant('never') : null);
}
