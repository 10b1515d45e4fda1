import type { GrantRecord } from '../../../../model/index.js';
import type { Statement } from './statements.js';

/** What a statement lets its holder do with keys. */
export type Right = {
  /** What. */
  action: NonNullable<GrantRecord['action']>;
  /** Pattern of the ids of the keys. */
  keys: string;
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
      read: ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'],
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
 * Returns what the statements of a holder allow, without what they deny. Conditions are taken to hold, `NotResource` to
 * concern everything, and a denial counts only if it has neither a condition nor an exception: the holder may in fact do
 * less.
 */
export function rightsOf(statements: readonly Statement[], holder: Holder): Right[] {
  const denials = statements.filter((statement) => !statement.allows && isPlain(statement));
  return KINDS.flatMap((kind) =>
    statements
      .filter(({ allows }) => allows)
      .flatMap((statement) => rightsIn(statement, kind, holder))
      .filter((right) => !denials.some((denial) => denies(denial, right, kind, holder))),
  );
}

function isPlain({ conditional, allActionsBut, allResourcesBut }: Statement): boolean {
  return !conditional && !allActionsBut && !allResourcesBut;
}

function rightsIn(statement: Statement, kind: Kind, holder: Holder): Right[] {
  const actions = actionsIn(statement, kind);
  const resources = statement.allResourcesBut ? ['*'] : statement.resources;
  const keys = resources.map((resource) => kind.keys(withoutVariables(resource, holder), holder));
  return actions.flatMap((action) =>
    keys.filter((pattern) => pattern !== null).map((pattern) => ({ action, keys: pattern })),
  );
}

/** Returns what a statement allows; all of a service is `admin` alone. */
function actionsIn(statement: Statement, { rights, all }: Kind): Right['action'][] {
  if (concerns(statement, all)) return ['admin'];
  const found = Object.entries(rights).filter(([, names]) => names.some((name) => concerns(statement, name)));
  return found.map(([action]) => action as Right['action']);
}

/** Returns whether a statement concerns an action, or (`iam:*`) all of a service. */
function concerns({ actions, allActionsBut }: Statement, name: string): boolean {
  const patterns = actions.map((pattern) => pattern.toLowerCase());
  const action = name.toLowerCase();
  if (!allActionsBut) return patterns.some((pattern) => covers(pattern, action));
  const service = action.slice(0, action.indexOf(':') + 1);
  const isWhole = action.endsWith('*');
  return !patterns.some((pattern) => covers(pattern, action) || (isWhole && pattern.startsWith(service)));
}

function denies(denial: Statement, { action, keys }: Right, kind: Kind, holder: Holder): boolean {
  const names = action === 'admin' ? [kind.all] : (kind.rights[action] ?? [kind.all]);
  const actions = names.every((name) => concerns(denial, name));
  return actions && denial.resources.some((resource) => covers(kind.keys(resource, holder) ?? '', keys));
}

/** Returns whether a pattern fits all that another one (or a name) fits; a `*` is fitted by a `*` only. */
function covers(pattern: string, other: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
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
