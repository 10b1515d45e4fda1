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

const AGAIN = 'export again with glab api --paginate deploy_keys.';
/** Sizes of a page; the API tells only in a header that another follows. */
const PAGES = [20, 100];
const MAY_GO_ON =
  'The list has exactly one page of the API: more deploy keys may exist. Export with glab api --paginate.';
/** Members of which a deploy key has one: of a project, and of the instance. */
const OF_KEYS = ['can_push', 'projects_with_write_access', 'projects_with_readonly_access'];

/**
 * GitLab deploy keys: `GET /deploy_keys` of an administrator, `GET /projects/:id/deploy_keys`. Follows
 * https://docs.gitlab.com/api/deploy_keys/
 * - A deploy key cannot be replaced in place: `last_rotated` is when it was added.
 * - `expires_at: null` states that it does not expire. Older versions lack the member: the expiry is unknown then.
 * - `last_used_at` was added in GitLab 17: `null` is never used, without the member it is not tracked.
 * - The list of the instance names the projects that may be written with a key; that of a project does not name the project.
 * - The list holds the public half of the key, which is not kept.
 */
export const adapter: Adapter = {
  id: 'gitlab-deploy-keys',
  title: 'GitLab deploy keys (JSON)',
  recognisedBy: '`title` and `key` that is a public key, beside `can_push` or `projects_with_write_access`',
  proves: 'which deploy keys exist, since when, until when, and where they may write',
  cannot: 'who holds the private key, who added it, and that the list is complete: the API tells in a header',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['id', 'title', 'key', 'fingerprint_sha256', 'can_push', 'projects_with_write_access'],
  recognise: ({ keys }: FileSample) =>
    ['id', 'title', 'key'].every((name) => keys.includes(name)) && OF_KEYS.some((name) => keys.includes(name))
      ? { version: null }
      : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const reader: AdapterReader = {
    items: ['$', ''],
    convert: (raw) => deployKey(raw, context),
  };
  return warnOfFullPage(reader, PAGES, MAY_GO_ON, context);
}

function deployKey(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const id = r.need('id', r.text('id'), 'There is no id: every deploy key has one.');
  const added = () => r.date('created_at');
  return r.emit('keys', {
    key_id: `gitlab-deploy-key:${id}`,
    aliases: () => r.list('fingerprint_sha256') ?? [],
    name: () => r.text('title') ?? id,
    store: 'gitlab',
    type: 'ssh-key',
    auth_type: 'static-key',
    account_kind: 'application',
    status: 'active',
    repositories: () => projectsOf(r),
    created: added,
    last_rotated: () => added() ?? statedInstant('not-tracked'),
    last_used: () => dateOrNever(r, 'last_used_at') ?? statedInstant('not-tracked'),
    expires: () => dateOrNever(r, 'expires_at'),
    rotation_enabled: false,
    scopes: () => scopesOf(r),
  });
}

/** Returns the projects that a key reaches, of those that the list names; null if it names none. */
function projectsOf(r: Reading): string[] | null {
  const projects = ['projects_with_write_access', 'projects_with_readonly_access'].flatMap((list) =>
    r.each(list).map(({ reading: project }) => project.text('path_with_namespace')),
  );
  const named = projects.filter((path) => path !== null);
  return named.length === 0 ? null : named;
}

function scopesOf(r: Reading): string[] | null {
  const writes = r.flag('can_push');
  if (writes !== null) return [writes ? 'write_repository' : 'read_repository'];
  return r.each('projects_with_write_access').length > 0 ? ['write_repository'] : null;
}
