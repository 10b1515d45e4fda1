import { isObject } from '../../../../text/is-object.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import {
  firstRecord,
  groupOfFile,
  type ListOfMembers,
  type Member,
  type MembersFormat,
  type Named,
  readOneGroup,
  readWrappers,
} from '../../../fields/group-members.js';
import type { Reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with GET /api/v1/groups/{id}/users.';
const LISTS = ['users', 'members'];
/** Members that a page may have, as documentation and clients set them. */
const PAGES = [200, 1000];
const FULL_PAGE =
  'A list has as many members as a page of Okta, which names the next page in a header only: others may be in the group. Export all pages (keyproof collect --print okta).';

/**
 * Members of Okta groups: `GET /api/v1/groups/{id}/users`, in a wrapper with the group (`keyproof collect --print okta`) or in a file
 * `groups/<group>/users.json`. Follows
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Group/#tag/Group/operation/listGroupUsers
 * - A list does not name its group, and its header the next page: one of exactly a page may be the first of several.
 * - Groups of Okta hold no groups. The name of a group is another name of it.
 */
export const adapter: Adapter = {
  id: 'okta-group-members',
  title: 'Okta members of groups (JSON)',
  recognisedBy:
    '`group` with `profile` beside `users`; users with `profile` in a file `groups/<group>/users.json`',
  proves: 'who is in a group, and that nobody else is, unless the list is as long as a page',
  cannot: 'since when and by whose approval somebody is a member, and whether a user is a person',
  produces: ['principals'],
  formats: ['json', 'ndjson'],
  signature: ['group', 'users', 'profile', 'statusChanged', 'lastLogin'],
  recognise: (sample) => (shapeOf(sample) === null ? null : { version: null }),
  open: (file, context) =>
    shapeOf(file) === 'groups' ? readWrappers(FORMAT, context) : openList(file, context),
};

function shapeOf({ head, keys, partial, path }: FileSample): 'groups' | 'list' | null {
  const first = firstRecord(partial);
  const group = first['group'];
  if (isObject(group) && isObject(group['profile']) && LISTS.some((name) => name in first)) return 'groups';
  const isUser = ['id', 'status', 'profile', 'activated'].every((name) => keys.includes(name));
  return isUser && /"login"\s*:/.test(head) && groupOfFile({ path }, null) !== null ? 'list' : null;
}

function openList(file: FileSample, context: AdapterContext): AdapterReader {
  return readOneGroup(file, FORMAT, context);
}

const FORMAT: MembersFormat = { again: AGAIN, lists: LISTS, groupOf, memberOf, doubt };

function groupOf(r: Reading): Named | null {
  const [id, name] = [r.text('group.id'), r.text('group.profile.name')];
  return id === null ? null : { id, aliases: [name], name };
}

function memberOf(r: Reading): Member {
  const [id, login] = [r.text('id'), r.text('profile.login')];
  const others = [id, r.text('profile.email')].filter((name) => name !== null);
  const names = [r.text('profile.firstName'), r.text('profile.lastName')].filter((name) => name !== null);
  return {
    principal_id: login ?? id,
    aliases: others.filter((name) => name !== (login ?? id)),
    ...(names.length > 0 ? { name: names.join(' ') } : {}),
  };
}

function doubt({ count }: ListOfMembers): string | null {
  return PAGES.some((page) => count > 0 && count % page === 0) ? FULL_PAGE : null;
}
