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
import { entryOf } from '../../../fields/json.js';
import type { Reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with Get-ADGroupMember.';
const LISTS = ['Members', 'members'];
const SAM = ['SamAccountName', 'sAMAccountName', 'samAccountName'];
const DN = ['distinguishedName', 'DistinguishedName'];
const CLASS = ['objectClass', 'ObjectClass'];
const SID = ['SID.Value', 'SID', 'objectSid'];
const GROUP = ['Group', 'GroupName', 'Group Name', 'ADGroup', 'GroupSamAccountName', 'group'];

/**
 * Members of groups of Active Directory, as `Get-ADGroupMember` lists them: a group with its members
 * (`@{Group = ...; Members = @(Get-ADGroupMember ...)}` through ConvertTo-Json), a table with a column for the group, or a file
 * `groups/<group>/members.csv`. Follows https://learn.microsoft.com/en-us/powershell/module/activedirectory/get-adgroupmember
 * - The command does not state the group; a wrapper, a column, the path or keyproof.yaml does.
 * - It lists all members or fails: JSON shows who all is in a group, a table does not show its end.
 * - `SamAccountName` is the name of a member or group; SID, distinguished name and user principal name are others.
 * - A user of a directory may be a person or not. A member of another forest is known by its SID only, and may be a group.
 */
export const adapter: Adapter = {
  id: 'active-directory-group-members',
  title: 'Active Directory members of groups (JSON, CSV: Get-ADGroupMember)',
  recognisedBy:
    '`Group` beside `Members`; `SamAccountName` and `objectClass` beside a group, or in a file `groups/<group>/members.csv`',
  proves: 'who is in a group, and as JSON of a group with its members that nobody else is',
  cannot:
    'since when and by whose approval somebody is a member, whether a user is a person, who is in a group of another forest, and in tables that nobody else is',
  produces: ['principals'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['Group', 'Members', 'SamAccountName', 'objectClass', 'distinguishedName', 'SID', 'objectGUID'],
  recognise: (sample) => (shapeOf(sample) === null ? null : { version: null }),
  open,
};

function shapeOf(sample: FileSample): 'groups' | 'rows' | 'list' | null {
  const { header, partial } = sample;
  const first = firstRecord(partial);
  if (header === null && LISTS.some((name) => name in first)) {
    const group = GROUP.map((name) => first[name]).find(isObject);
    return group !== undefined && [...SAM, ...DN].some((name) => name in group) ? 'groups' : null;
  }
  const names = header ?? Object.keys(first);
  const has = (places: readonly string[]) => places.some((name) => names.includes(name));
  if (!has(SAM) || !has(CLASS) || !(has(DN) || has(['SID']))) return null;
  if (has(GROUP)) return 'rows';
  return groupOfFile(sample, null) === null ? null : 'list';
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const shape = shapeOf(file);
  if (shape === 'groups') return readWrappers(FORMAT, context);
  if (shape === 'rows') return { ...readMemberships(groupOfRow, FORMAT, context), items: ['$', ''] };
  return readOneGroup(file, FORMAT, context);
}

const FORMAT: MembersFormat = { again: AGAIN, lists: LISTS, groupOf, memberOf, doubt: () => null };

function groupOf(r: Reading): Named | null {
  const at = GROUP.find((name) => isObject(r.value(name))) ?? 'Group';
  const inGroup = (places: readonly string[]) => r.text(places.map((name) => `${at}.${name}`));
  const [sam, dn] = [inGroup(SAM), inGroup(DN)];
  const id = sam ?? dn;
  return id === null ? null : { id, aliases: [dn, inGroup(SID)], name: inGroup(['Name', 'name']) };
}

function groupOfRow(r: Reading): Named | null {
  const id = r.text(GROUP);
  return id === null ? null : { id, aliases: [] };
}

/** What a class of member can be. */
const CLASSES: { readonly [type: string]: Pick<Member, 'kind' | 'group' | 'open'> } = {
  user: {},
  group: { group: true },
  computer: { kind: 'workload' },
  'msds-groupmanagedserviceaccount': { kind: 'service' },
  'msds-managedserviceaccount': { kind: 'service' },
};

function memberOf(r: Reading): Member {
  const type = r.text(CLASS)?.toLowerCase() ?? '';
  const [sam, dn, sid] = [r.text(SAM), r.text(DN), r.text(SID)];
  const id = sam ?? sid ?? dn;
  const others = [dn, sid, r.text(['UserPrincipalName', 'userPrincipalName'])];
  return {
    ...(entryOf(CLASSES, type) ?? { open: true }),
    principal_id: id,
    aliases: others.filter((name): name is string => name !== null && name !== id),
    name: () => r.text(['name', 'Name']),
  };
}
