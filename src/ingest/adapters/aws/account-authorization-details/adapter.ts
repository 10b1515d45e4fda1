import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { entryOf, objectOf, textOf } from '../../../fields/json.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { type Right, rightsOf } from './rights.js';
import { onEverything, type Statement, statementsOf } from './statements.js';

const ARN = /^arn:[a-z0-9-]+:iam::(\d{12}):(user|role|group)\/(.+)$/;
const ARN_FORM = 'the ARN of a user, role or group';
const AGAIN = 'export again with aws iam get-account-authorization-details.';
const GOES_ON =
  'The export ends with IsTruncated: the account has more users, roles and policies than it lists. Add the next pages, or use the CLI without --max-items.';
const LIMITS =
  'Who may do what is computed from policies of users, groups and roles alone, with conditions taken to hold: resource policies, permissions boundaries, service control policies and who may assume a role are not in it.';

/** Policies of AWS that the export leaves out if it was filtered, as far as they concern keys. */
const OF_AWS: { readonly [name: string]: readonly Statement[] } = {
  AdministratorAccess: [onEverything(['*'])],
  PowerUserAccess: [onEverything(['iam:*', 'organizations:*', 'account:*'], true)],
  SecretsManagerReadWrite: [onEverything(['secretsmanager:*'])],
  IAMFullAccess: [onEverything(['iam:*'])],
  ReadOnlyAccess: [],
  ViewOnlyAccess: [],
  SecurityAudit: [],
};

/**
 * AWS IAM `get-account-authorization-details`: users, groups, roles and policies of an account. Follows
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 * - Users and roles become principals; the groups of a user are its roles.
 * - A grant says what a user or role may do with secrets of Secrets Manager and access keys of IAM, by its own policies and
 *   those of its groups. Its key is the pattern of ARNs in the policy; `role` is the group, or the policy.
 * - Only the default version of a policy counts. `NotAction` is worked out; explicit denials without a condition count;
 *   conditions are taken to hold, variables in resources stand for anything but the user's own name. So a grant may be more
 *   than its holder has, and never less by what the export has.
 * - A policy that is attached and not in the export makes it incomplete, unless it is one of a few of AWS's own.
 */
export const adapter: Adapter = {
  id: 'aws-account-authorization',
  title: 'AWS IAM get-account-authorization-details (JSON)',
  recognisedBy: '`UserDetailList`, `GroupDetailList`, `RoleDetailList`',
  proves:
    'who may read, write, create or delete secrets and access keys by policies of users, groups and roles',
  cannot:
    'rights by resource policies, limits by boundaries, service control policies and conditions, and who may assume a role',
  produces: ['principals', 'grants'],
  formats: ['json'],
  signature: ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies', 'IsTruncated'],
  recognise: ({ keys, head }) =>
    keys.some((key) => /^(?:User|Group|Role)DetailList$/.test(key)) ||
    /^\s*\{\s*"(?:User|Group|Role)DetailList"/.test(head)
      ? { version: null }
      : null,
  open,
};

/** What the export has, kept until all of it is read. */
type Account = {
  users: RawRecord[];
  roles: RawRecord[];
  groups: Map<string, RawRecord>;
  policies: Map<string, unknown>;
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const account: Account = { users: [], roles: [], groups: new Map(), policies: new Map() };
  return {
    items: ['$.UserDetailList', '$.GroupDetailList', '$.RoleDetailList', '$.Policies'],
    convert(raw) {
      keep(raw, account);
      return [];
    },
    envelope(value) {
      if (value['IsTruncated'] === true) context.truncated(GOES_ON);
    },
    end() {
      context.warn(LIMITS);
      return [...account.users, ...account.roles].flatMap((raw) => holder(raw, account, context));
    },
  };
}

function keep(raw: RawRecord, { users, roles, groups, policies }: Account): void {
  const { list, value } = raw;
  if (list === '$.UserDetailList') users.push(raw);
  if (list === '$.RoleDetailList') roles.push(raw);
  if (list === '$.GroupDetailList') groups.set(textOf(value['GroupName']) ?? '', raw);
  if (list === '$.Policies') policies.set(textOf(value['Arn']) ?? '', defaultVersion(value));
}

function defaultVersion(policy: Record<string, unknown>): unknown {
  const versions = [policy['PolicyVersionList']].flat().map(objectOf);
  const isDefault = (version: Record<string, unknown>) =>
    version['IsDefaultVersion'] === true || version['VersionId'] === policy['DefaultVersionId'];
  return versions.find(isDefault)?.['Document'];
}

/** Returns a user or role as a principal, with what it may do. */
function holder(raw: RawRecord, account: Account, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const [arn = '', number = '', kind] = r.match('Arn', ARN, ARN_FORM) ?? [];
  const name = r.text(['UserName', 'RoleName']);
  const groups = r.list('GroupList') ?? [];
  const principal = r.emit('principals', {
    principal_id: arn,
    aliases: [name, r.text(['UserId', 'RoleId'])].filter((alias) => alias !== null),
    name,
    ...(kind === 'user' ? { roles: groups.map((group) => group.toLowerCase()) } : {}),
  });
  if (r.failed) return [];
  const who = { account: number, user: kind === 'user' ? name : null };
  const sets = policiesOf(r, groups, account, context);
  const denials = sets.flatMap(({ statements }) => statements.filter(({ allows }) => !allows));
  const grants = sets.flatMap(({ through, statements }) => {
    const allowed = statements.filter(({ allows }) => allows);
    return distinct(rightsOf([...allowed, ...denials], who)).map(({ action, keys }) => ({
      through,
      action,
      keys,
    }));
  });
  return [
    ...principal,
    ...grants.flatMap(({ through, action, keys }) =>
      r.emit('grants', { principal_id: arn, key_id: keys, action, effect: 'allow', role: through }),
    ),
  ];
}

function distinct(rights: readonly Right[]): Right[] {
  return [...new Map(rights.map((right) => [`${right.action} ${right.keys}`, right])).values()];
}

/** Statements, with the group or policy that they come through. */
type PolicySet = { through: string | null; statements: Statement[] };

function policiesOf(
  r: Reading,
  groups: readonly string[],
  account: Account,
  context: AdapterContext,
): PolicySet[] {
  const own = setsIn(r.raw, account, context);
  const shared = groups.flatMap((name) => {
    const group = account.groups.get(name);
    if (!group)
      context.truncated('Some users are in groups that the export does not have: their rights are unknown.');
    return group ? setsIn(group, account, context).map((set) => ({ ...set, through: name })) : [];
  });
  return [...own, ...shared];
}

/** Returns the policies inside and attached to a user, group or role. */
function setsIn({ record, value }: RawRecord, account: Account, context: AdapterContext): PolicySet[] {
  const inline = ['UserPolicyList', 'GroupPolicyList', 'RolePolicyList'].flatMap((list) =>
    [value[list] ?? []].flat(),
  );
  const attached = [value['AttachedManagedPolicies'] ?? []].flat().map(objectOf);
  const sets = [
    ...inline
      .map(objectOf)
      .map((policy) => ({ name: textOf(policy['PolicyName']), document: policy['PolicyDocument'] })),
    ...attached.map((policy) => attachedPolicy(policy, account)),
  ];
  return sets.flatMap(({ name, document }) => {
    const statements =
      document === undefined ? (entryOf(OF_AWS, name ?? '') ?? null) : statementsOf(document);
    if (statements === null) context.truncated(unread(name, document, record));
    return statements ? [{ through: name, statements: [...statements] }] : [];
  });
}

function attachedPolicy(
  policy: Record<string, unknown>,
  { policies }: Account,
): { name: string | null; document: unknown } {
  const arn = textOf(policy['PolicyArn']);
  return { name: textOf(policy['PolicyName']), document: policies.get(arn ?? '') };
}

function unread(name: string | null, document: unknown, record: string): string {
  return document === undefined
    ? `The policy ${name} is attached and not in the export: what it allows is unknown; export without --filter.`
    : `The policy ${name} of ${record} cannot be read as a policy document: what it allows is unknown; ${AGAIN}`;
}
