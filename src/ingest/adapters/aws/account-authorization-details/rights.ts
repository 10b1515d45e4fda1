import type { GrantRecord } from '../../../../model/index.js';
import type { Statement } from './statements.js';

/** What a statement lets its holder do with keys. */
export type Right = {
  /** What. */
  action: NonNullable<GrantRecord['action']>;
  /** Pattern of the ids of the keys. */
  keys: string;
  /** Patterns of ids that denials take out of it, sorted. */
  except: readonly string[];
  /** Why the holder may have less, sorted. */
  over: readonly string[];
};

/** A statement with the policy that it is in. */
export type Stated = Statement & {
  /** Name of the policy. */
  policy: string;
};

/** Whose rights they are. */
export type Holder = {
  /** Account. */
  account: string;
  /** Name of a user; null for a role. */
  user: string | null;
};

type Kind = {
  /** Actions that make up a right. */
  rights: { readonly [A in Right['action']]?: readonly string[] };
  /** Action that stands for all of the service. */
  all: string;
  /** Pattern of keys for a resource of a statement; null if it is none of this kind. */
  keys: (resource: string, holder: Holder) => string | null;
};

/** Kinds of keys in an account: secrets, and access keys of users. */
const KINDS: readonly Kind[] = [
  {
    rights: {
      // BatchGetSecretValue needs GetSecretValue on each secret.
      read: ['secretsmanager:GetSecretValue'],
      rotate: ['secretsmanager:PutSecretValue', 'secretsmanager:RotateSecret', 'secretsmanager:UpdateSecret'],
      create: ['secretsmanager:CreateSecret'],
      revoke: ['secretsmanager:DeleteSecret'],
      admin: ['secretsmanager:PutResourcePolicy'],
    },
    all: 'secretsmanager:*',
    keys: (resource, { account }) =>
      ofService(resource, 'secretsmanager', `arn:*:secretsmanager:*:${account}:secret:*`),
  },
  {
    rights: { create: ['iam:CreateAccessKey'], revoke: ['iam:DeleteAccessKey', 'iam:UpdateAccessKey'] },
    all: 'iam:*',
    keys: (resource, holder) => {
      const users = ofService(resource, 'iam', `arn:*:iam::${holder.account}:user/*`);
      return users === null || !/:user\/|\*$/.test(users) ? null : `${users}#access_key_*`;
    },
  },
];

/**
 * Returns what the statements of a holder allow, without what they deny. Conditions of what is allowed are taken to hold; a denial
 * with a condition is not counted. Either is said in `over`.
 */
export function rightsOf(statements: readonly Stated[], holder: Holder): Right[] {
  const denials = statements.filter(({ allows }) => !allows);
  const rights = KINDS.flatMap((kind) =>
    statements
      .filter(({ allows }) => allows)
      .flatMap((statement) => rightsIn(statement, kind, denials, holder))
      .flatMap((right) => without(right, denials, kind, holder)),
  );
  return distinctRights(rights);
}

/** Returns rights once each. */
export function distinctRights(rights: readonly Right[]): Right[] {
  return [...new Map(rights.map((right) => [JSON.stringify(right), right])).values()];
}

/** Returns a right with one more reason why the holder may have less. */
export function doubted(right: Right, reasons: readonly string[]): Right {
  return { ...right, over: sorted([...right.over, ...reasons]) };
}

function rightsIn(statement: Stated, kind: Kind, denials: readonly Stated[], holder: Holder): Right[] {
  const actions = actionsIn(statement, kind).flatMap((action) => partsOf(action, kind, denials));
  const resources = statement.allResourcesBut ? ['*'] : statement.resources;
  return resources.flatMap((resource) => {
    const keys = kind.keys(withoutVariables(resource, holder), holder);
    if (keys === null) return [];
    const except = statement.allResourcesBut ? patternsOf(statement, kind, holder) : [];
    const over = sorted(doubtsOf(statement, resource));
    return actions.map((action) => ({ action, keys, except, over }));
  });
}

/** All of a service is told apart if a denial concerns a part of it. */
function partsOf(action: Right['action'], { rights }: Kind, denials: readonly Stated[]): Right['action'][] {
  const names = Object.values(rights).flat();
  const isCut = action === 'admin' && denials.some((denial) => names.some((name) => concerns(denial, name)));
  return isCut ? [...new Set([...(Object.keys(rights) as Right['action'][]), action])] : [action];
}

function doubtsOf({ conditional, policy }: Stated, resource: string): string[] {
  return [
    ...(conditional ? [`a condition of the policy ${policy} is taken to hold`] : []),
    ...(resource.replaceAll(OWN_NAME, '').includes('${')
      ? [`a variable in a resource of the policy ${policy} is taken for anything`]
      : []),
  ];
}

/** Returns a right without what denials take away; none if that is all of it. */
function without(right: Right, denials: readonly Stated[], kind: Kind, holder: Holder): Right[] {
  return denials
    .filter((denial) => deniesAction(denial, right.action, kind))
    .reduce<Right[]>((left, denial) => left.flatMap((one) => withoutOne(one, denial, kind, holder)), [right]);
}

function withoutOne(right: Right, denial: Stated, kind: Kind, holder: Holder): Right[] {
  const patterns = patternsOf(denial, kind, holder).filter((pattern) => mayMeet(pattern, right.keys));
  if (denial.allResourcesBut) {
    if (denial.conditional) return [doubted(right, [uncounted(denial)])];
    return patterns.flatMap((pattern) => common(right, pattern));
  }
  if (patterns.length === 0) return [right];
  if (denial.conditional) return [doubted(right, [uncounted(denial)])];
  if (patterns.some((pattern) => covers(pattern, right.keys))) return [];
  return [{ ...right, except: sorted([...right.except, ...patterns]) }];
}

/** Returns the part of a right on keys that fit a pattern; the narrower of two patterns that only overlap is not known. */
export function common(right: Right, pattern: string): Right[] {
  if (covers(pattern, right.keys)) return [right];
  if (covers(right.keys, pattern)) return [{ ...right, keys: pattern }];
  if (!mayMeet(pattern, right.keys)) return [];
  return [doubted(right, [`only what fits ${pattern}, too, is allowed`])];
}

function uncounted({ policy }: Stated): string {
  return `a denial of the policy ${policy} holds under a condition and is not counted`;
}

function patternsOf(statement: Stated, kind: Kind, holder: Holder): string[] {
  const keys = statement.resources.map((resource) => kind.keys(withoutVariables(resource, holder), holder));
  return sorted(keys.filter((pattern) => pattern !== null));
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/** Returns whether two patterns may fit one id: what is before the first wildcard of each agrees. */
function mayMeet(one: string, other: string): boolean {
  const [a, b] = [one, other].map((pattern) => pattern.replace(/[*?].*$/s, '')) as [string, string];
  return a.startsWith(b) || b.startsWith(a);
}

/** Returns what a statement allows; all of a service is `admin` alone. */
function actionsIn(statement: Statement, { rights, all }: Kind): Right['action'][] {
  if (concerns(statement, all)) return ['admin'];
  const found = Object.entries(rights).filter(([, names]) => names.some((name) => concerns(statement, name)));
  return found.map(([action]) => action as Right['action']);
}

/** Returns whether a statement concerns an action, or (`iam:*`) all of a service. */
export function concerns(
  { actions, allActionsBut }: Pick<Statement, 'actions' | 'allActionsBut'>,
  name: string,
): boolean {
  const patterns = actions.map((pattern) => pattern.toLowerCase());
  const action = name.toLowerCase();
  if (!allActionsBut) return patterns.some((pattern) => covers(pattern, action));
  const service = action.slice(0, action.indexOf(':') + 1);
  const isWhole = action.endsWith('*');
  return !patterns.some((pattern) => covers(pattern, action) || (isWhole && pattern.startsWith(service)));
}

/** Administration includes the rest: a denial of any part of it takes it away. */
function deniesAction(denial: Stated, action: Right['action'], { rights, all }: Kind): boolean {
  if (action === 'admin')
    return [...Object.values(rights).flat(), all].some((name) => concerns(denial, name));
  const names = rights[action] ?? [all];
  return names.every((name) => concerns(denial, name));
}

/** Returns whether a pattern fits all that another one (or a name) fits; a `*` is fitted by a `*` only, never by a `?`. */
export function covers(pattern: string, other: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '[^*]');
  return new RegExp(`^${source}$`, 's').test(other);
}

/** Returns a resource of a service, `whole` if it is every resource, or null if it is of another service. */
function ofService(resource: string, service: string, whole: string): string | null {
  if (/^\*+$/.test(resource)) return whole;
  const [, partition, of = ''] = resource.split(':');
  if (partition === undefined) return null;
  if (of === service) return resource;
  return of.includes('*') ? whole : null;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: how IAM writes a variable
const OWN_NAME = '${aws:username}';

/** Puts the holder's own name for its variable, and `*` for every other one. */
function withoutVariables(resource: string, { user }: Holder): string {
  return resource.replaceAll(OWN_NAME, user ?? '*').replace(/\$\{[^}]*\}/g, '*');
}
