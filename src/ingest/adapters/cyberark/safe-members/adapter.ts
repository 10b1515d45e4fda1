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

const AGAIN = 'export again with GET /PasswordVault/API/Safes/{safe}/Members.';
const GOES_ON = 'The answer has a nextLink: the safe has more members than it lists. Add the next pages.';
const IN_HEAD = ['safeName', 'memberName', 'permissions'];

/** What each permission of a safe allows on the accounts in it; the others show names or settings. */
const ALLOWS: { [permission: string]: NonNullable<GrantRecord['action']> } = {
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

/**
 * Members of safes in CyberArk Privileged Access Manager: `GET /PasswordVault/API/Safes/{safe}/Members`. Follows
 * https://docs.cyberark.com/pam-self-hosted/latest/en/content/sdk/safe%20members%20ws%20-%20list%20safe%20members.htm
 * - A member has its permissions on every account of the safe: a grant on `<safe>/*`, which fits the other name that accounts have
 *   in their list.
 * - A membership that ends is taken away on `membershipExpirationDate` (epoch seconds), if `isExpiredMembershipEnable` says so.
 * - Who is in a group stands in the directory. Approval, object-level access and platforms may allow less than a permission states.
 */
export const adapter: Adapter = {
  id: 'cyberark-safe-members',
  title: 'CyberArk PAM members of safes (JSON)',
  recognisedBy: '`safeName`, `memberName` and `permissions`, in `value`',
  proves: 'which users, groups and roles may use, read, change or approve the accounts of a safe',
  cannot:
    'who is in a group, since when and by whose approval somebody is a member, and safes that were not asked for',
  produces: ['grants', 'principals'],
  formats: ['json', 'ndjson'],
  signature: ['safeName', 'memberName', 'memberType', 'permissions', 'membershipExpirationDate'],
  recognise: ({ keys, head }: FileSample) => {
    const inList = keys.includes('value') && IN_HEAD.every((name) => head.includes(`"${name}"`));
    return inList || IN_HEAD.every((name) => keys.includes(name)) ? { version: null } : null;
  },
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const groups = new Set<string>();
  return {
    items: ['$.value', '$', ''],
    convert: (raw) => member(raw, groups, context),
    envelope: (value) => warnOfNextPage(value, ['nextLink'], GOES_ON, context),
  };
}

function member(raw: RawRecord, groups: Set<string>, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const safe = r.need('safeName', r.text('safeName'), 'There is no safeName: every member is of a safe.');
  const name = r.need('memberName', r.text('memberName'), 'There is no memberName: every member has one.');
  if (r.failed || name === null) return [];
  const actions = actionsOf(r);
  if (r.failed) return [];
  if (actions.length === 0) context.skip('member without a permission on accounts');
  const held = actions.flatMap((action) =>
    r.emit('grants', {
      principal_id: name,
      key_id: `${safe}/*`,
      action,
      effect: 'allow',
      via: [`safe ${safe}`],
      removed_at: () => endOf(r),
    }),
  );
  return [...group(r, name, groups), ...held];
}

/** Returns a group or role once: who has it among their roles holds what it holds. */
function group(r: Reading, name: string, groups: Set<string>): Emit[] {
  const kind = r.text('memberType')?.toLowerCase() ?? '';
  if (!['group', 'role'].includes(kind) || groups.has(name)) return [];
  groups.add(name);
  return r.emit('principals', { principal_id: name, name, group: true });
}

function actionsOf(r: Reading): NonNullable<GrantRecord['action']>[] {
  const permissions = r.value('permissions');
  r.need(
    'permissions',
    isObject(permissions) ? true : null,
    'There are no permissions: every member has some.',
  );
  const given = Object.entries(ALLOWS).filter(([permission]) => r.flag(`permissions.${permission}`) === true);
  return [...new Set(given.map(([, action]) => action))];
}

function endOf(r: Reading): Instant | null {
  if (r.flag('isExpiredMembershipEnable') === false) return statedInstant('never');
  const ends = r.value('membershipExpirationDate');
  return ends === 0 || ends === null ? null : r.date('membershipExpirationDate');
}
