import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { type Member, type Named, readMemberships } from '../../../fields/group-members.js';
import type { Reading } from '../../../fields/record-reader.js';

const AGAIN = 'export the members of local groups again.';
const COLUMNS = ['RootGroupName', 'MemberName', 'MemberType', 'MemberLevel'];
const NESTED = 'row that states no direct membership';

/**
 * Members of local groups of CyberArk Privilege Cloud (CSV): one row is one membership. Columns as
 * https://github.com/JesseMcWilliams/BlueTrack keeps them of a real export
 * - A group has the name that safes have for it, so that its members hold what it holds. The table does not show its end.
 * - `MemberLevel` Parent is a direct member. What other levels mean is not documented: such rows are left out, and counted.
 * - Members of groups of a directory stand in the directory.
 */
export const adapter: Adapter = {
  id: 'cyberark-group-members',
  title: 'CyberArk Privilege Cloud members of local groups (CSV)',
  recognisedBy: 'columns `RootGroupName`, `MemberName`, `MemberType`, `MemberLevel`',
  proves: 'which users are directly in which local group',
  cannot:
    'that nobody else is, who is in a group of a directory or in a group inside a group, and since when and by whose approval',
  produces: ['principals'],
  formats: ['csv'],
  signature: [...COLUMNS, 'MemberID', 'Relationship'],
  recognise: ({ header }: FileSample) =>
    COLUMNS.every((name) => header?.includes(name)) ? { version: null } : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const columns = { group: 'RootGroupName', id: 'MemberName' };
  return readMemberships(groupOf, { again: AGAIN, memberOf, columns }, context);
}

function groupOf(r: Reading): Named | null {
  const name = r.text('RootGroupName');
  return name === null ? null : { id: name, aliases: [], name };
}

function memberOf(r: Reading): Member {
  const name = r.text('MemberName');
  const isDirect = r.text('MemberLevel')?.toLowerCase() === 'parent';
  return {
    ...(isDirect ? {} : { leftOut: NESTED }),
    ...(r.text('MemberType')?.toLowerCase() === 'group' ? { group: true } : {}),
    principal_id: name,
    name: () => name,
  };
}
