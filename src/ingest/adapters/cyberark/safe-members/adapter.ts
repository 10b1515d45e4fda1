import type { GrantRecord, Instant } from '../../../../model/index.js';
import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const GOES_ON = 'The answer has a nextLink: the safe has more members than it lists. Add the next pages.';
const IN_HEAD = ['safeName', 'memberName', 'permissions'];

type Action = NonNullable<GrantRecord['action']>;

/** What each permission of a safe allows on the accounts in it; the others show names or settings. */
const ALLOWS: { [permission: string]: Action } = {
  useAccounts: 'use',
  retrieveAccounts: 'read',
  addAccounts: 'create',
  updateAccountContent: 'rotate',
  initiateCPMAccountManagementOperations: 'rotate',
  specifyNextAccountContent: 'rotate',
  deleteAccounts: 'revoke',
  manageSafe: 'admin',
  manageSafeMembers: 'admin',
  viewAuditLog: 'audit',
  requestsAuthorizationLevel1: 'approve',
  requestsAuthorizationLevel2: 'approve',
};

/** The same in the tables of the Export Vault Data utility. */
const OWNERS_ALLOW: { [column: string]: Action } = {
  CAOUsePassword: 'use',
  CAORetrieve: 'read',
  CAOCreateObject: 'create',
  CAOUpdateObject: 'rotate',
  CAOInitiateCPMChange: 'rotate',
  CAOInitiateCPMChangeWithManualPassword: 'rotate',
  CAODelete: 'revoke',
  CAOManageSafe: 'admin',
  CAOManageSafeOwners: 'admin',
  CAOViewAudit: 'audit',
};

/** Where an export of members has what. */
type Layout = {
  version: string | null;
  /** Members or columns that only it has together. */
  tell: readonly string[];
  /** What to do about a value that cannot be read. */
  again: string;
  safe: string;
  member: string;
  kind: string;
  /** Words for a group or a role, in lower case. */
  groups: readonly string[];
  /** Where a membership ends. */
  ends: string;
  /** States whether it ends at all; null if the end is blank then. */
  endsAtAll: string | null;
  /** What each permission allows, by its place. */
  allows: { readonly [place: string]: Action };
};

const API: Layout = {
  version: null,
  tell: IN_HEAD,
  again: 'export again with GET /PasswordVault/API/Safes/{safe}/Members.',
  safe: 'safeName',
  member: 'memberName',
  kind: 'memberType',
  groups: ['group', 'role'],
  ends: 'membershipExpirationDate',
  endsAtAll: 'isExpiredMembershipEnable',
  allows: placed(ALLOWS, (name) => `permissions.${name}`),
};

/** Tables: the entitlements of Privilege Cloud, and the owners of the Export Vault Data utility. */
const TABLES: readonly Layout[] = [
  {
    version: 'Privilege Cloud entitlements',
    tell: ['SafeName', 'MemberName', 'MemberType', 'UseAccounts', 'RetrieveAccounts'],
    again: 'export the entitlements again.',
    safe: 'SafeName',
    member: 'MemberName',
    kind: 'MemberType',
    groups: ['group', 'role'],
    ends: 'MembershipExpirationDate',
    endsAtAll: 'IsExpiredMembershipEnable',
    allows: placed(ALLOWS, (name) => name.charAt(0).toUpperCase() + name.slice(1)),
  },
  {
    version: 'EVD owners',
    tell: ['CAOSafeName', 'CAOOwnerName', 'CAOOwnerType', 'CAORetrieve'],
    again: 'export the table CAOwners again.',
    safe: 'CAOSafeName',
    member: 'CAOOwnerName',
    kind: 'CAOOwnerType',
    groups: ['1'],
    ends: 'CAOExpirationDate',
    endsAtAll: null,
    allows: OWNERS_ALLOW,
  },
];

function placed(allows: { [name: string]: Action }, place: (name: string) => string): Layout['allows'] {
  return Object.fromEntries(Object.entries(allows).map(([name, action]) => [place(name), action]));
}

/**
 * Members of safes in CyberArk Privileged Access Manager: `GET /PasswordVault/API/Safes/{safe}/Members`. Follows
 * https://docs.cyberark.com/pam-self-hosted/latest/en/content/sdk/safe%20members%20ws%20-%20list%20safe%20members.htm
 * - The entitlements that Privilege Cloud exports as CSV have the same names as columns (https://github.com/JesseMcWilliams/BlueTrack keeps them), and the Export Vault Data utility (EVD) writes a table of owners,
 *   `CAOwners`: columns as https://docs.cyberark.com/pam-self-hosted/14.2/en/content/evd/owners-list-report.htm has them, by their names in the database. Its text
 *   files without those names are not read. `CAOOwnerType` 1 is a group. Who confirms (`CAOConfirm`) is not read: it has no counterpart in the API.
 * - A member has its permissions on every account of the safe: a grant on `<safe>/*`, which fits the other name that accounts have
 *   in their list.
 * - A membership that ends is taken away on `membershipExpirationDate` (epoch seconds), if `isExpiredMembershipEnable` says so.
 * - Who is in a group stands in the directory. Approval, object-level access and platforms may allow less than a permission states.
 */
export const adapter: Adapter = {
  id: 'cyberark-safe-members',
  title: 'CyberArk PAM members of safes (JSON; CSV of entitlements of Privilege Cloud, and of owners of EVD)',
  recognisedBy:
    '`safeName`, `memberName` and `permissions`, in `value`; columns `SafeName`, `MemberName`, `UseAccounts`; columns `CAOSafeName`, `CAOOwnerName`, `CAORetrieve`',
  proves: 'which users, groups and roles may use, read, change or approve the accounts of a safe',
  cannot:
    'who is in a group, since when and by whose approval somebody is a member, and safes that were not asked for',
  produces: ['grants', 'principals'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['safeName', 'memberName', 'memberType', 'permissions', 'membershipExpirationDate'],
  recognise: ({ keys, header, head }: FileSample) => {
    const layout = tableOf(header ?? []);
    if (header !== null) return layout && { version: layout.version };
    const inList = keys.includes('value') && IN_HEAD.every((name) => head.includes(`"${name}"`));
    return inList || IN_HEAD.every((name) => keys.includes(name)) ? { version: null } : null;
  },
  open,
};

function tableOf(header: readonly string[]): Layout | null {
  return TABLES.find(({ tell }) => tell.every((name) => header.includes(name))) ?? null;
}

function open({ header }: FileSample, context: AdapterContext): AdapterReader {
  const groups = new Set<string>();
  const layout = tableOf(header ?? []) ?? API;
  return {
    items: ['$.value', '$', ''],
    mayLack: () => true,
    convert: (raw) => member(raw, layout, groups, context),
    envelope: (value) => warnOfNextPage(value, ['nextLink'], GOES_ON, context),
  };
}

function member(raw: RawRecord, layout: Layout, groups: Set<string>, context: AdapterContext): Emit[] {
  const r = reading(raw, context, layout.again);
  const safe = r.need(layout.safe, r.text(layout.safe), 'There is no safe: every member is of one.');
  const name = r.need(layout.member, r.text(layout.member), 'There is no name: every member has one.');
  if (r.failed || name === null) return [];
  const actions = actionsOf(r, layout);
  if (r.failed) return [];
  if (actions.length === 0) context.skip('member without a permission on accounts');
  const held = actions.flatMap((action) =>
    r.emit('grants', {
      principal_id: name,
      key_id: `${safe}/*`,
      action,
      effect: 'allow',
      via: [`safe ${safe}`],
      removed_at: () => endOf(r, layout),
    }),
  );
  return [...group(r, name, layout, groups), ...held];
}

/** Returns a group or role once: who has it among their roles holds what it holds. */
function group(r: Reading, name: string, layout: Layout, groups: Set<string>): Emit[] {
  const kind = r.text(layout.kind)?.toLowerCase() ?? '';
  if (!layout.groups.includes(kind) || groups.has(name)) return [];
  groups.add(name);
  return r.emit('principals', { principal_id: name, name, group: true });
}

function actionsOf(r: Reading, layout: Layout): Action[] {
  const places = Object.keys(layout.allows);
  const isStated =
    layout === API ? isObject(r.value('permissions')) : places.some((place) => r.states(place));
  const place = layout === API ? 'permissions' : places;
  r.need(place, isStated || null, 'There are no permissions: every member has some.');
  const given = Object.entries(layout.allows).filter(([place]) => r.flag(place) === true);
  return [...new Set(given.map(([, action]) => action))];
}

function endOf(r: Reading, { ends, endsAtAll }: Layout): Instant | null {
  if (endsAtAll !== null && r.flag(endsAtAll) === false) return statedInstant('never');
  const stated = r.value(ends);
  const end = stated === 0 || stated === '0' || stated === null ? null : r.date(ends);
  return end?.state === 'known' ? end : null;
}
