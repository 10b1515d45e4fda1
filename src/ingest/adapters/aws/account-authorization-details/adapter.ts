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
import { hasMember } from '../../../fields/whole-record.js';
import { aboutAssuming, assumedRoles, isOpenToOthers, type TrustingRole } from './assumed-roles.js';
import { common, distinctRights, doubted, type Right, rightsOf, type Stated } from './rights.js';
import { onEverything, type Statement, statementsOf, trustsOf } from './statements.js';

const ARN = /^arn:[a-z0-9-]+:iam::([\w-]+):(user|role|group)\/(.+)$/;
const ARN_FORM = 'the ARN of a user, role or group';
const AGAIN = 'export again with aws iam get-account-authorization-details.';
const GOES_ON =
  'The export ends with IsTruncated: the account has more users, roles and policies than it lists. Add the next pages, or use the CLI without --max-items.';
const LIMITS =
  'Who may do what is computed from the policies, boundaries and trust policies in the export, with conditions taken to hold: what resource policies of secrets add, and what service control policies, session policies and the policies of KMS keys take away, is not in it. Who can give himself rights (iam:PutUserPolicy and the like) is not counted, nor are rights on parameters of Systems Manager and keys of API Gateway.';
const OTHERS =
  'Some roles may be assumed from another account, by a federation or by everybody: who that is, is not in the export, and their rights are listed under the role alone.';
/** Most grants through assumed roles; each user and role may assume each role. */
const MOST_ASSUMED = 200_000;
const TOO_MANY =
  'More than 200,000 rights come through assumed roles: the rest is not listed. Export each account in a file of its own.';

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
 * - Only the default version of a policy counts. `NotAction` and `NotResource` are worked out; explicit denials without a condition
 *   are taken out of the pattern (`except_keys`); conditions are taken to hold, variables in resources stand for anything but the
 *   user's own name. So a grant may be more than its holder has: `over_approximation` says why.
 * - Who may assume a role by its trust policy, and by policies of its own if the role trusts the account, holds the rights of the
 *   role, too, through any number of roles; `via` names them. Nothing that a user is denied is denied to the role.
 * - A permissions boundary in the export limits the rights; one that is not makes them an over-approximation.
 * - A policy that is attached and not in the export makes it incomplete, unless it is one of a few of AWS's own.
 */
export const adapter: Adapter = {
  id: 'aws-account-authorization',
  title: 'AWS IAM get-account-authorization-details (JSON)',
  recognisedBy: '`UserDetailList`, `GroupDetailList`, `RoleDetailList`',
  proves:
    'who may read, write, create or delete secrets and access keys by policies of users, groups and roles, and by roles they may assume',
  cannot:
    'rights by resource policies, limits by service control policies, session policies, policies of KMS keys and conditions, who can give himself rights, and who of other accounts and federations may assume a role',
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
      return access([...account.users, ...account.roles], account, context);
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

/** Returns all users and roles as principals, each with what it may do itself and by roles it may assume. */
function access(raws: readonly RawRecord[], account: Account, context: AdapterContext): Emit[] {
  const holders = raws.map((raw) => holderOf(raw, account, context)).filter((one) => one !== null);
  const roles = holders.filter((one) => one.isRole);
  const rights = new Map(holders.map((one) => [one.arn, ownRights(one)]));
  if (roles.some(isOpenToOthers)) context.warn(OTHERS);
  let assumed = 0;
  return holders.flatMap((one) => {
    const own = (rights.get(one.arn) ?? []).flatMap((right) => emitted(one, right));
    const through = assumedRoles(one, roles).flatMap(({ role, path, over }) =>
      (rights.get(role.arn) ?? []).flatMap((right) => {
        assumed += 1;
        if (assumed > MOST_ASSUMED) context.truncated(TOO_MANY);
        const via = [...path.map((name) => `role ${name}`), ...right.via];
        return assumed > MOST_ASSUMED
          ? []
          : emitted(one, { ...doubted(right, over), through: role.name, via });
      }),
    );
    return [...one.principal, ...own, ...through];
  });
}

/** A user or role with its policies. */
type Holder = TrustingRole & {
  r: Reading;
  principal: Emit[];
  isRole: boolean;
  sets: readonly PolicySet[];
  boundary: { name: string; statements: readonly Stated[] | null } | null;
};

/** A right with the way to it. */
type Held = Right & { through: string | null; via: readonly string[] };

/** Returns a user or role as a principal, with its policies; null if it cannot be read. */
function holderOf(raw: RawRecord, account: Account, context: AdapterContext): Holder | null {
  const r = reading(raw, context, AGAIN);
  const [arn = '', number = '', kind] = r.match('Arn', ARN, ARN_FORM) ?? [];
  const name = r.text(['UserName', 'RoleName']);
  const groups = r.list('GroupList') ?? [];
  const principal = r.emit('principals', {
    principal_id: arn,
    aliases: [name, r.text(['UserId', 'RoleId'])].filter((alias) => alias !== null),
    name,
    ...(kind === 'user' && hasMember(r, 'GroupList')
      ? { roles: groups.map((group) => group.toLowerCase()) }
      : {}),
  });
  if (r.failed) return null;
  warnOfSelected(r, kind === 'user' ? ['GroupList', ATTACHED] : [ATTACHED], context);
  const sets = policiesOf(r, groups, account, context);
  const boundary = boundaryOf(raw, account);
  return {
    ...{ r, arn, account: number, principal, sets, isRole: kind === 'role', name: name ?? arn },
    trusts: kind === 'role' ? trustsIn(raw, context) : [],
    assuming: aboutAssuming(sets.flatMap(({ statements }) => statements)),
    kept: boundary ? [`the permissions boundary ${boundary.name} may forbid to assume roles`] : [],
    boundary,
  };
}

const ATTACHED = 'AttachedManagedPolicies';

/** Marks the file as not whole if a user or role lacks a list that IAM always states, also an empty one. */
function warnOfSelected(r: Reading, always: readonly string[], context: AdapterContext): void {
  const lacking = always.filter((name) => !hasMember(r, name));
  if (lacking.length > 0)
    context.truncated(
      `${lacking.join(' and ')} of ${r.raw.record} ${lacking.length > 1 ? 'are' : 'is'} missing, which IAM always states: rights are missing in the export; ${AGAIN}`,
    );
}

function trustsIn({ record, value }: RawRecord, context: AdapterContext): TrustingRole['trusts'] {
  const document = value['AssumeRolePolicyDocument'];
  const trusts = document === undefined ? null : trustsOf(document);
  if (trusts === null)
    context.truncated(
      `The trust policy of ${record} is missing or cannot be read: who may assume the role is unknown; ${AGAIN}`,
    );
  return trusts && aboutAssuming(trusts);
}

function boundaryOf({ value }: RawRecord, { policies }: Account): Holder['boundary'] {
  const arn = textOf(objectOf(value['PermissionsBoundary'])['PermissionsBoundaryArn']);
  if (arn === null) return null;
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const document = policies.get(arn);
  const statements = document === undefined ? (entryOf(OF_AWS, name) ?? null) : statementsOf(document);
  return { name, statements: statements?.map((one) => ({ ...one, policy: name })) ?? null };
}

/** Returns what a user or role may do by its own policies and those of its groups, within its boundary. */
function ownRights({ account, isRole, name, sets, boundary }: Holder): Held[] {
  const statements = sets.flatMap((set) => set.statements);
  const who = { account, user: isRole ? null : name };
  const denials = [...statements, ...(boundary?.statements ?? [])].filter(({ allows }) => !allows);
  return sets.flatMap(({ through, via, statements: own }) => {
    const allowed = own.filter(({ allows }) => allows);
    const rights = rightsOf([...allowed, ...denials], who);
    return within(rights, boundary, who).map((right) => ({ ...right, through, via }));
  });
}

/** Returns the part of rights that a permissions boundary allows, too. */
function within(
  rights: readonly Right[],
  boundary: Holder['boundary'],
  who: { account: string; user: string | null },
): readonly Right[] {
  if (boundary === null) return rights;
  const { name, statements } = boundary;
  if (statements === null)
    return rights.map((right) => doubted(right, [`the permissions boundary ${name} is not in the export`]));
  const limits = rightsOf(
    statements.filter(({ allows }) => allows),
    who,
  );
  return distinctRights(
    rights.flatMap((right) =>
      limits.flatMap((limit) => {
        const action =
          limit.action === 'admin' ? right.action : right.action === 'admin' ? limit.action : null;
        if (action === null && limit.action !== right.action) return [];
        const both = { ...right, action: action ?? right.action };
        return common(both, limit.keys).map((one) => ({
          ...doubted(one, limit.over),
          except: [...new Set([...one.except, ...limit.except])].sort(),
        }));
      }),
    ),
  );
}

function emitted({ r, arn }: Holder, { action, keys, except, over, through, via }: Held): Emit[] {
  return r.emit('grants', {
    principal_id: arn,
    key_id: keys,
    action,
    effect: 'allow',
    role: through,
    via: [...via],
    ...(except.length > 0 ? { except_keys: [...except] } : {}),
    ...(over.length > 0 ? { over_approximation: [...over] } : {}),
  });
}

/** Statements, with the group or policy that they come through. */
type PolicySet = { through: string | null; via: readonly string[]; statements: readonly Stated[] };

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
    const sets = group ? setsIn(group, account, context) : [];
    return sets.map((set) => ({ ...set, through: name, via: [`group ${name}`, ...set.via] }));
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
    const policy = name ?? 'whose name is not stated';
    const stated = statements?.map((one) => ({ ...one, policy }));
    return stated ? [{ through: name, via: [`policy ${policy}`], statements: stated }] : [];
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
