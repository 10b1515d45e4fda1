import { isObject } from '../../../../text/is-object.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import {
  firstRecord,
  groupOfFile,
  type Member,
  type MembersFormat,
  type Named,
  readMemberships,
  readOneGroup,
  readWrappers,
} from '../../../fields/group-members.js';
import { entryOf, textOf } from '../../../fields/json.js';
import type { Reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with gcloud identity groups memberships list --view=full --format=json.';
const LISTS = ['memberships', 'members'];
const GAM = ['group', 'role', 'email'];
const GAM_ROLE = /\b(?:MEMBER|OWNER|MANAGER)\b/;
const MEMBERSHIP = /^(groups\/[^/]+)\/memberships\/[^/]+$/;
const SERVICE_ACCOUNT = /\.gserviceaccount\.com$/;

/**
 * Members of Google groups: `gcloud identity groups memberships list` and the Cloud Identity API, `members.list` of the Admin SDK,
 * each in a wrapper with its group (`keyproof collect --print gcp`) or in a file `groups/<address>/members.json`; and the CSV of `gam
 * print group-members`. Follows https://cloud.google.com/identity/docs/reference/rest/v1/groups.memberships and
 * https://developers.google.com/workspace/admin/directory/reference/rest/v1/members
 * - A group is its address, as policies name it; `groups/<id>`, which memberships name, is another name.
 * - Only a list that states of each member what it is (`type`, which `--view=full` has) shows who all is in a group: a member whose type is
 *   not stated may be a group.
 * - `CUSTOMER` is everybody of the organisation: a group whose members are not known.
 */
export const adapter: Adapter = {
  id: 'gcp-group-members',
  title: 'Google groups and their members (JSON: gcloud, Cloud Identity, Admin SDK; CSV of GAM)',
  recognisedBy:
    '`group` beside `memberships` or `members`; `preferredMemberKey`; `admin#directory#member`; columns `group`, `role`, `email` with the role MEMBER, OWNER or MANAGER',
  proves: 'who is in a group, and that nobody else is, if the list names no next page and every type',
  cannot:
    'since when and by whose approval somebody is a member, who is in groups of other organisations, and in tables that nobody else is',
  produces: ['principals'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['group', 'memberships', 'preferredMemberKey', 'members', 'email', 'role', 'type'],
  recognise: (sample) => (shapeOf(sample) === null ? null : { version: null }),
  open,
};

function shapeOf({ header, head, keys, partial }: FileSample): 'groups' | 'list' | 'rows' | null {
  if (header !== null) {
    const isGam = GAM.every((name) => header.includes(name)) && GAM_ROLE.test(head);
    return isGam ? 'rows' : null;
  }
  const first = firstRecord(partial);
  if (isGoogleGroup(first['group']) && LISTS.some((name) => name in first)) return 'groups';
  const isList = keys.includes('preferredMemberKey') || LISTS.some((name) => keys.includes(name));
  const isMember = /"preferredMemberKey"\s*:\s*\{|"admin#directory#members?"/.test(head);
  return (isList || keys.includes('kind')) && isMember ? 'list' : null;
}

function isGoogleGroup(group: unknown): boolean {
  if (!isObject(group)) return false;
  return 'groupKey' in group || group['kind'] === 'admin#directory#group' || 'email' in group;
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const shape = shapeOf(file);
  if (shape === 'groups') return readWrappers(FORMAT, context);
  if (shape === 'rows') return readMemberships(groupOfRow, FORMAT, context);
  const isNamed = groupOfFile(file, context) !== null || /"admin#directory#members?"/.test(file.head);
  if (isNamed) return readOneGroup(file, FORMAT, context);
  return { ...readMemberships(groupOfMembership, FORMAT, context), items: ['$.memberships', '$', ''] };
}

const FORMAT: MembersFormat = { again: AGAIN, lists: LISTS, groupOf, memberOf, doubt: () => null };

function groupOf(r: Reading): Named | null {
  const id = r.text(['group.email', 'group.groupKey.id']);
  const list = r.value('memberships');
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const name = isObject(first) ? MEMBERSHIP.exec(textOf(first['name']) ?? '')?.[1] : undefined;
  const stated = r.text('group.name');
  const isId = stated?.startsWith('groups/') === true;
  const aliases = [isId ? stated : null, r.text('group.id'), name ?? null];
  return id === null ? null : { id, aliases, name: r.text('group.displayName') ?? (isId ? null : stated) };
}

function groupOfRow(r: Reading): Named | null {
  const id = r.text('group');
  return id === null ? null : { id, aliases: [] };
}

function groupOfMembership(r: Reading): Named | null {
  const id = MEMBERSHIP.exec(r.text('name') ?? '')?.[1] ?? null;
  return id === null ? null : { id, aliases: [] };
}

/** What a type of member can be. */
const TYPES: { readonly [type: string]: Pick<Member, 'kind' | 'group' | 'leftOut' | 'open'> } = {
  USER: { kind: 'human' },
  GROUP: { group: true },
  CUSTOMER: { group: true },
  SERVICE_ACCOUNT: { kind: 'service' },
  CBCM_BROWSER: { leftOut: 'browser' },
  SHARED_DRIVE: { leftOut: 'shared drive' },
};

function memberOf(r: Reading): Member {
  const id = r.text(['preferredMemberKey.id', 'email', 'id']);
  const { leftOut, ...stated } = entryOf(TYPES, r.text('type')?.toUpperCase() ?? '') ?? { open: true };
  return {
    ...(SERVICE_ACCOUNT.test(id ?? '') ? { kind: 'service' } : stated),
    ...(leftOut === undefined ? {} : { leftOut }),
    principal_id: id,
  };
}
