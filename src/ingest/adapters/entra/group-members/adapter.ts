import { isObject } from '../../../../text/is-object.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import {
  firstRecord,
  groupOfFile,
  type ListOfMembers,
  type Member,
  type MembersFormat,
  type Named,
  readMemberships,
  readOneGroup,
  readWrappers,
} from '../../../fields/group-members.js';
import { entryOf, objectOf, textOf } from '../../../fields/json.js';
import type { Reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with keyproof collect --print entra.';
const LISTS = ['transitiveMembers', 'members', 'value'];
const OF_GROUPS = ['groupTypes', 'securityEnabled', 'mailNickname', 'securityIdentifier'];
const MEMBER_TYPE = /^#microsoft\.graph\.(?:user|group|servicePrincipal|device|orgContact)$/;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Columns of tables, which people name as they like. */
const GROUP_ID = ['GroupId', 'GroupID', 'Group Id', 'GroupObjectId'];
const GROUP_NAME = ['GroupName', 'GroupDisplayName', 'Group Name', 'Group'];
const UPN = ['userPrincipalName', 'UserPrincipalName', 'MemberUserPrincipalName', 'MemberUPN', 'UPN'];
const ID = ['id', 'Id', 'ObjectId', 'UserId', 'MemberId', 'MemberObjectId'];
const TYPE = ['@odata.type', 'objectType', 'ObjectType', 'MemberType', 'Type'];

const OLD_API =
  'Version 1.0 of Microsoft Graph, which az ad group member list asks, leaves out the service principals in a group: others may be in it. Export it with the beta version (keyproof collect --print entra).';
const FULL_PAGE = 'A group has 20 members expanded, the most that Graph expands: others may be in it.';
const HIDDEN =
  'A group without members states HiddenMembership, or no visibility at all: its members may be hidden from whoever exported them.';

/**
 * Members of groups of Microsoft Entra ID: a group with its members as `keyproof collect --print entra` writes it, groups with
 * `$expand=members`, the answer of `groups/{id}/members` or `az ad group member list` in a file `groups/<group>/members.json`, and
 * tables of one membership a row. Follows https://learn.microsoft.com/en-us/graph/api/group-list-members
 * - A list names no group: a wrapper, the path or keyproof.yaml does.
 * - Version 1.0 leaves out service principals, so that only the beta version (by its `@odata.context`) shows who all is in a group. With
 *   `$expand` Graph lists 20 members at most.
 * - A group inside a group is a member; of `transitiveMembers` the members of groups inside are listed, too, and these are left out.
 * - A display name is not unique, so that a group is its id; `onPremisesSamAccountName` is another name of it.
 */
export const adapter: Adapter = {
  id: 'entra-group-members',
  title: 'Microsoft Entra ID members of groups (JSON: Microsoft Graph, az; CSV)',
  recognisedBy:
    '`group` beside `value`, `members` or `transitiveMembers`; groups with `members`; members with `@odata.type`; columns of a group beside `UserPrincipalName`',
  proves: 'who is in a group, and that nobody else is, if the answers of the beta version are all there',
  cannot:
    'since when and by whose approval somebody is a member; in tables and answers of version 1.0, that nobody else is; that the last of several pages handed over alone is the last',
  produces: ['principals'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['group', 'members', 'transitiveMembers', 'userPrincipalName', 'GroupName', 'displayName'],
  recognise: (sample) => (shapeOf(sample) === null ? null : { version: null }),
  open,
};

function shapeOf(sample: FileSample): 'groups' | 'list' | 'rows' | null {
  const { header, partial } = sample;
  if (header !== null) return shapeOfTable(header, sample);
  const first = firstOf(partial);
  if (isObject(first['group']) && isEntraGroup(first['group']) && LISTS.some((name) => name in first))
    return 'groups';
  if (['members', 'transitiveMembers'].some((name) => name in first) && isEntraGroup(first)) return 'groups';
  return MEMBER_TYPE.test(textOf(first['@odata.type']) ?? '') && !('members' in first) ? 'list' : null;
}

function shapeOfTable(header: readonly string[], sample: FileSample): 'list' | 'rows' | null {
  const has = (names: readonly string[]) => names.some((name) => header.includes(name));
  if (!has(UPN) || header.some((name) => /^SamAccountName$/i.test(name))) return null;
  if (
    has(GROUP_ID) ||
    (has(GROUP_NAME) && has(['MemberType', 'ObjectType', 'MemberId', 'ObjectId', ...UPN.slice(2)]))
  )
    return 'rows';
  return has(ID) && has(['objectType', 'userType']) && groupOfFile(sample, null) !== null ? 'list' : null;
}

/** Returns the first group of a file: inside a page or list, or the file itself. */
function firstOf(value: unknown): Record<string, unknown> {
  const first = firstRecord(value);
  return 'group' in first || !Array.isArray(first['value']) ? first : objectOf(first['value'][0]);
}

function isEntraGroup(group: Record<string, unknown>): boolean {
  const id = textOf(group['id']) ?? '';
  return GUID.test(id) && ('displayName' in group || OF_GROUPS.some((name) => name in group));
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const shape = shapeOf(file);
  if (shape === 'rows') return readMemberships(groupOfRow, FORMAT, context);
  return shape === 'list'
    ? readOneGroup(file, FORMAT, context)
    : readWrappers(FORMAT, context, 'group' in firstOf(file.partial) ? undefined : ['$.value', '$', '']);
}

const FORMAT: MembersFormat = { again: AGAIN, lists: LISTS, groupOf, memberOf, doubt };

function groupOf(r: Reading): Named | null {
  const at = isObject(r.value('group')) ? 'group.' : '';
  const id = r.text(`${at}id`);
  return id === null
    ? null
    : { id, aliases: [r.text(`${at}onPremisesSamAccountName`)], name: r.text(`${at}displayName`) };
}

function groupOfRow(r: Reading): Named | null {
  const [id, name] = [r.text(GROUP_ID), r.text(GROUP_NAME)];
  const known = id ?? name;
  return known === null ? null : { id: known, aliases: [], name };
}

/** What a type of member can be; a name is a reason to leave it out. */
const TYPES: { readonly [type: string]: Pick<Member, 'kind' | 'group' | 'leftOut' | 'open'> } = {
  user: { kind: 'human' },
  group: { group: true },
  serviceprincipal: { kind: 'workload' },
  device: { leftOut: 'device' },
  orgcontact: { leftOut: 'contact, which cannot sign in' },
};

function memberOf(r: Reading, list: string): Member {
  const stated = r.text(TYPE)?.toLowerCase().replace('#microsoft.graph.', '').replaceAll(' ', '');
  const type = stated ?? (r.states(UPN) ? 'user' : '');
  const { leftOut, ...known } = entryOf(TYPES, type) ?? { open: true };
  const [id, login] = [r.text(ID), r.text(type === 'serviceprincipal' ? 'appId' : UPN)];
  const isFollowed = type === 'group' && list === 'transitiveMembers';
  const reason = isFollowed ? 'group whose members the list has, too' : leftOut;
  const others = [id, r.text(['mail', 'Mail'])].filter((name) => name !== null && name !== (login ?? id));
  return {
    ...known,
    ...(reason === undefined ? {} : { leftOut: reason }),
    principal_id: login ?? id,
    aliases: others.filter((name) => name !== null),
    name: () => r.text(['displayName', 'DisplayName', 'MemberName', 'MemberDisplayName']),
  };
}

function doubt({ envelope, count, list }: ListOfMembers): string | null {
  const group = isObject(envelope['group']) ? envelope['group'] : envelope;
  if (count === 0 && mayBeHidden(group)) return HIDDEN;
  if (/\/beta\//.test(textOf(envelope['@odata.context']) ?? '')) return null;
  const isExpanded = !('group' in envelope) && list !== 'value' && isEntraGroup(envelope);
  if (!isExpanded) return OLD_API;
  return count < 20 ? null : FULL_PAGE;
}

/** Whoever may not see the members of a group gets an empty list; a group that is not hidden states so, mostly with null. */
function mayBeHidden(group: Record<string, unknown>): boolean {
  const stated = group['visibility'];
  return stated !== null && (textOf(stated) ?? 'HiddenMembership').toLowerCase() === 'hiddenmembership';
}
