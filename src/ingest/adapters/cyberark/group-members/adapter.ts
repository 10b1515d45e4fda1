import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export the members of local groups again.';
const COLUMNS = ['RootGroupName', 'MemberName', 'MemberType', 'MemberLevel'];
const NESTED = 'row that states no direct membership';

/**
 * Members of local groups of CyberArk Privilege Cloud (CSV): one row is one membership. Columns as
 * https://github.com/JesseMcWilliams/BlueTrack keeps them of a real export
 * - A member has the groups as its roles, by the name that safes have for it, so that it holds what they hold.
 * - `MemberLevel` Parent is a direct member. What other levels mean is not documented: such rows are left out, and counted.
 * - Members of groups of a directory stand in the directory.
 */
export const adapter: Adapter = {
  id: 'cyberark-group-members',
  title: 'CyberArk Privilege Cloud members of local groups (CSV)',
  recognisedBy: 'columns `RootGroupName`, `MemberName`, `MemberType`, `MemberLevel`',
  proves: 'which users are directly in which local group',
  cannot:
    'who is in a group of a directory or in a group inside a group, and since when and by whose approval',
  produces: ['principals'],
  formats: ['csv'],
  signature: [...COLUMNS, 'MemberID', 'Relationship'],
  recognise: ({ header }: FileSample) =>
    COLUMNS.every((name) => header?.includes(name)) ? { version: null } : null,
  open,
};

/** What the rows say of one principal; `first` is the first of them. */
type Known = { first: Reading; group: boolean; roles: string[] };

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const known = new Map<string, Known>();
  return {
    items: [''],
    mayLack: () => true,
    convert: (raw) => {
      note(raw, known, context);
      return [];
    },
    end: () => [...known].flatMap(([name, principal]) => principalOf(name, principal)),
  };
}

function note(raw: RawRecord, known: Map<string, Known>, context: AdapterContext): void {
  const r = reading(raw, context, AGAIN);
  const group = r.need('RootGroupName', r.text('RootGroupName'), 'There is no group: every row names one.');
  const name = r.need('MemberName', r.text('MemberName'), 'There is no member: every row names one.');
  const [level, type] = [r.text('MemberLevel'), r.text('MemberType')];
  if (r.failed || group === null || name === null) return;
  if (level?.toLowerCase() !== 'parent') {
    context.skip(NESTED);
    return;
  }
  knownOf(known, group, r).group = true;
  const member = knownOf(known, name, r);
  member.group ||= type?.toLowerCase() === 'group';
  if (!member.roles.includes(group)) member.roles.push(group);
}

function knownOf(known: Map<string, Known>, name: string, first: Reading): Known {
  const found = known.get(name) ?? { first, group: false, roles: [] };
  known.set(name, found);
  return found;
}

function principalOf(name: string, { first, group, roles }: Known): Emit[] {
  return first.emit('principals', {
    principal_id: name,
    name,
    ...(group ? { group } : {}),
    ...(roles.length > 0 ? { roles } : {}),
  });
}
