import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { entryOf } from '../../../fields/json.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { keysInScope, meaningOfRole, type RoleMeaning, reached, type ScopeKeys } from './roles.js';
import { newVaultPlaces, type Reached } from './vault-places.js';

const AGAIN = 'export again with az role assignment list --all --include-inherited.';
const GOES_ON = 'The export ends with a nextLink: more assignments exist than it lists. Add the next pages.';
const LIMITS =
  'Members of groups are not in the export, nor are access policies of vaults that do not use Azure RBAC (az keyvault show), nor deny assignments, which take rights away; a condition of an assignment is taken to hold. An assignment above a vault is counted for the vaults that scopes of the export show below it, and for every vault that they do not show: the export does not list vaults.';
const UNKNOWN_ROLES =
  'What some roles allow is in their definitions, which the export does not have (az role definition list): their assignments are left out.';
const LEFT_OUT = 'leaves out assignments of roles whose definitions it does not have';
const ORPHANS = 'Some assignments are to principals that no longer exist: remove them.';

/**
 * Azure role assignments: `az role assignment list` (a bare array with names) or the REST API (`{value}` with `properties`
 * and ids only). Follows https://learn.microsoft.com/en-us/azure/role-based-access-control/role-assignments-list-cli
 * - `Get-AzRoleAssignment` names them otherwise (`ObjectId`, `SignInName`), also in the CSV that Export-Csv makes of it
 *   (https://learn.microsoft.com/en-us/powershell/module/az.resources/get-azroleassignment). A principal without a sign-in name is its object id.
 * - Only assignments that reach keys in a vault become grants: the built-in roles for Key Vault, Owner and User Access
 *   Administrator (who can give themselves any role), Contributor (what it may do with keys is not known), and other roles
 *   with "vault", "secret" or "key" in their name. Others are left out and counted; unless they are built-in ones without such
 *   rights (`built-in-roles.ts`), that is a gap of the export.
 * - The key is a pattern: what the role reaches of the vault or item of the scope. A scope above reaches the vaults that scopes of
 *   other assignments show to be in it (`vault-places.ts`). Of a vault that none shows, the export does not say where it is: the
 *   assignment is counted for it, with the reason in `over_approximation`, as one with a condition is.
 * - An assignment whose principal has no name is to one that was deleted.
 */
export const adapter: Adapter = {
  id: 'azure-role-assignments',
  title: 'Azure role assignments (JSON: az, REST, PowerShell; CSV of PowerShell)',
  recognisedBy: '`principalId` or `ObjectId`, beside `roleDefinitionId` and `scope`',
  proves: 'to whom roles that reach vaults are assigned, on which scope, since when',
  cannot:
    'members of groups, what custom roles allow, what deny assignments take away, access policies of vaults, which vaults are in a subscription',
  produces: ['grants', 'principals'],
  formats: ['json', 'ndjson', 'csv'],
  signature: [
    'principalId',
    'principalName',
    'roleDefinitionId',
    'roleDefinitionName',
    'scope',
    'properties',
  ],
  recognise,
  open,
};

function recognise({ keys, header, head }: FileSample): { version: string | null } | null {
  if (header !== null) return POWERSHELL.every((name) => header.includes(name)) ? { version: null } : null;
  const has = (id: string) => [id, 'roleDefinitionId', 'scope'].every((name) => keys.includes(name));
  const flat = has('principalId') || has('objectId');
  const rest =
    (keys.includes('value') || keys.includes('properties')) &&
    ['roleDefinitionId', 'principalId', 'scope'].every((name) => new RegExp(`"${name}"\\s*:`).test(head));
  return flat || rest ? { version: null } : null;
}

const POWERSHELL = ['RoleDefinitionId', 'Scope', 'ObjectId', 'ObjectType'];
/** Names of the members: of az and REST, of PowerShell in JSON, and of its CSV. */
const PRINCIPAL = ['principalId', 'objectId', 'ObjectId'];
const NAME = ['principalName', 'signInName', 'SignInName'];
const TYPE = ['principalType', 'objectType', 'ObjectType'];
const ROLE = ['roleDefinitionName', 'RoleDefinitionName'];
const ROLE_ID = ['roleDefinitionId', 'RoleDefinitionId'];
const SCOPE = ['scope', 'Scope'];
const CONDITION = ['condition', 'Condition'];

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const known = new Set<string>();
  const places = newVaultPlaces();
  const above: Assignment[] = [];
  return {
    items: ['$.value', '$', ''],
    convert(raw) {
      const assignment = assignmentOf(raw, context);
      if (assignment === null) return [];
      places.learn(assignment.scope);
      if (assignment.keys.above === null) return grantsOf(assignment, [reachedAsIs(assignment)], known);
      above.push(assignment);
      return [];
    },
    envelope: (value) => warnOfNextPage(value, ['nextLink'], GOES_ON, context),
    end: () => above.flatMap((one) => grantsOf(one, places.below(one.scope, one.keys), known)),
  };
}

/** An assignment that reaches keys. */
type Assignment = { r: Reading; id: string; scope: string; keys: ScopeKeys; meaning: RoleMeaning };

/** Returns the assignment that a record is; null if it was rejected, or reaches no key. */
function assignmentOf(raw: RawRecord, context: AdapterContext): Assignment | null {
  context.warn(LIMITS);
  const inner = raw.value['properties'];
  const value = isObject(inner) ? { ...raw.value, ...inner } : raw.value;
  const r = reading({ ...raw, value }, context, AGAIN);
  const id =
    r.need('principalId', r.text(PRINCIPAL), 'There is no principalId: every assignment has one.') ?? '';
  const definition = r.text(ROLE_ID) ?? '';
  const role = r.text(ROLE);
  const scope = r.need('scope', r.text(SCOPE), 'There is no scope: every assignment has one.') ?? '';
  if (r.failed) return null;
  const meaning = meaningOfRole(role, definition.slice(definition.lastIndexOf('/') + 1));
  const keys = keysInScope(scope);
  if (!meaning || keys === null) return leaveOut(keys !== null && meaning === undefined, context);
  if (value['principalName'] === '' || r.text(TYPE) === 'Unknown') context.warn(ORPHANS);
  return { r, id, scope, keys, meaning };
}

function reachedAsIs({ keys }: Assignment): Reached {
  return { ...keys, except: [], doubts: [] };
}

/** Returns the grants of an assignment, and its principal once. */
function grantsOf(assignment: Assignment, scopes: readonly Reached[], known: Set<string>): Emit[] {
  const { r, id } = assignment;
  const name = r.text(NAME) ?? id;
  const grants = scopes.flatMap((scope) => grantsIn(assignment, name, scope));
  if (grants.length === 0 || known.has(id)) return grants;
  known.add(id);
  return [...r.emit('principals', principal(r, name, id)), ...grants];
}

function grantsIn({ r, meaning }: Assignment, holder: string, { except, doubts, ...keys }: Reached): Emit[] {
  const all = [...doubts, ...(r.states(CONDITION) ? [CONDITION_HOLDS] : [])];
  return reached(keys, meaning).flatMap(({ key, action }) =>
    r.emit('grants', {
      grant_id: () => r.text(['id', 'name', 'roleAssignmentId', 'RoleAssignmentId']),
      principal_id: holder,
      key_id: key,
      action,
      effect: 'allow',
      role: meaning.name,
      granted_at: () => r.date('createdOn'),
      justification: () => r.text(['description', 'Description']),
      ...(except.length > 0 ? { except_keys: [...except] } : {}),
      ...(all.length > 0 ? { over_approximation: all } : {}),
    }),
  );
}

const CONDITION_HOLDS = 'a condition of the assignment is taken to hold';

function leaveOut(isUnknown: boolean, context: AdapterContext): null {
  if (isUnknown) {
    context.warn(UNKNOWN_ROLES);
    context.lacks('grants', LEFT_OUT);
  }
  context.skip(
    isUnknown ? 'role whose definition is not in the export' : 'role or scope that reaches no vault',
  );
  return null;
}

const KINDS: { readonly [type: string]: 'human' | 'workload' } = {
  user: 'human',
  serviceprincipal: 'workload',
};

function principal(r: Reading, name: string, id: string): Draft<'principals'> {
  return {
    principal_id: name,
    aliases: name === id ? [] : [id],
    ...(r.states(['displayName', 'DisplayName'])
      ? { name: () => r.text(['displayName', 'DisplayName']) }
      : {}),
    kind: () => entryOf(KINDS, r.text(TYPE)?.toLowerCase() ?? '') ?? null,
    ...(r.text(TYPE)?.toLowerCase() === 'group' ? { group: true } : {}),
  };
}
