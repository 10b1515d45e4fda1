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
import { warnOfFullPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { dateOrNever } from '../../../fields/whole-record.js';

const AGAIN = 'export again with GET /api/v4/deploy_tokens, or that of a project or group.';
const MAY_GO_ON =
  'The list has as many tokens as a page of GitLab: more may exist. Export all pages (glab api --paginate).';
const PAGES = [20, 100];
/** The name that GitLab gives the user of a deploy token; one that a person chose may be that of another, too. */
const OWN_NAME = /^gitlab\+deploy-token-\d+$/;
const MEMBERS = ['id', 'username', 'revoked', 'expired', 'scopes', 'expires_at'];

/**
 * GitLab deploy tokens: `GET /deploy_tokens`, `/projects/:id/deploy_tokens` or `/groups/:id/deploy_tokens`. Follows
 * https://docs.gitlab.com/api/deploy_tokens/
 * - GitLab states neither when a token was made nor when it was used: its age is unknown, and `last_used` not tracked.
 * - `expires_at: null` states that it does not expire. The name of its user (`gitlab+deploy-token-1`) is another name of it.
 * - A deploy token belongs to a project or group, which the list does not name.
 */
export const adapter: Adapter = {
  id: 'gitlab-deploy-tokens',
  title: 'GitLab deploy tokens (JSON)',
  recognisedBy: '`username`, `revoked`, `expired`, `scopes` and `expires_at`',
  proves: 'which deploy tokens exist, their scopes, expiry and state',
  cannot:
    'when a token was made or used, who holds it, of which project it is, and that the list is complete: the API tells in a header',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: MEMBERS,
  recognise: ({ keys }: FileSample) =>
    MEMBERS.every((name) => keys.includes(name)) ? { version: null } : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const reader: AdapterReader = {
    items: ['$', ''],
    convert: (raw) => deployToken(raw, context),
  };
  return warnOfFullPage(reader, PAGES, MAY_GO_ON, context);
}

function deployToken(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const id = r.need('id', r.text('id'), 'There is no id: every token has one.');
  return r.emit('keys', {
    key_id: `gitlab-deploy-token:${id}`,
    aliases: () => OWN_NAME.exec(r.text('username') ?? '')?.slice(0, 1) ?? [],
    name: () => r.text('name') ?? id,
    store: 'gitlab',
    type: 'gitlab-deploy-token',
    auth_type: 'static-key',
    account_kind: 'application',
    status: () => statusOf(r),
    last_rotated: statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => dateOrNever(r, 'expires_at'),
    rotation_enabled: false,
    scopes: () => r.list('scopes'),
  });
}

function statusOf(r: Reading): KeyRecord['status'] {
  const [revoked, expired] = [r.flag('revoked'), r.flag('expired')];
  if (revoked === true) return 'revoked';
  if (revoked === null || expired === null) return null;
  return expired ? 'expired' : 'active';
}
