import { concerns, covers, type Stated } from './rights.js';
import type { Trust } from './statements.js';

/** A user or role, as far as assuming roles goes. */
export type Assumer = {
  /** ARN. */
  arn: string;
  /** Account. */
  account: string;
  /** Statements of its policies about assuming roles. */
  assuming: readonly Stated[];
  /** Why it may be kept from assuming any role. */
  kept: readonly string[];
};

/** A role with the statements of its trust policy. */
export type TrustingRole = Assumer & {
  /** Name. */
  name: string;
  /** Who may assume it, in statements about that; null if that cannot be read. */
  trusts: readonly Trust[] | null;
};

/** A role that a user or role may take on. */
export type AssumedRole = {
  /** The role. */
  role: TrustingRole;
  /** Names of the roles on the way to it, itself last. */
  path: readonly string[];
  /** Why the way may be closed. */
  over: readonly string[];
};

const ASSUME = 'sts:AssumeRole';

/** Returns the roles that one may assume, one after another, by the shortest way to each. */
export function assumedRoles(start: Assumer, roles: readonly TrustingRole[]): AssumedRole[] {
  const found = new Map<string, AssumedRole>();
  let edge: { of: Assumer; path: readonly string[]; over: readonly string[] }[] = [
    { of: start, path: [], over: [] },
  ];
  while (edge.length > 0) {
    const next: AssumedRole[] = [];
    for (const { of, path, over } of edge)
      for (const role of roles) {
        if (role.arn === start.arn || found.has(role.arn)) continue;
        const doubts = wayTo(role, of);
        if (doubts === null) continue;
        const assumed = {
          role,
          path: [...path, role.name],
          over: [...new Set([...over, ...doubts, ...of.kept])],
        };
        found.set(role.arn, assumed);
        next.push(assumed);
      }
    edge = next.map(({ role, path, over }) => ({ of: role, path, over }));
  }
  return [...found.values()];
}

/** Returns why one may not be able to assume a role after all, empty if nothing says so; null if it may not. */
function wayTo(role: TrustingRole, by: Assumer): string[] | null {
  const trusting = role.trusts ?? [];
  const named = trusting.filter(({ aws }) => aws.some((who) => who === '*' || who === by.arn));
  const rooted = trusting.filter(({ aws }) => aws.some((who) => isAccount(who, by.account)));
  const denied = [...named, ...rooted].filter(({ allows }) => !allows);
  const own = by.assuming.filter((statement) => isAbout(statement, role.arn));
  const refused = own.filter(({ allows }) => !allows);
  if ([...denied, ...refused].some(({ conditional }) => !conditional)) return null;
  const direct = named.filter(({ allows }) => allows);
  const entrusted = rooted.filter(({ allows }) => allows);
  const allowed = own.filter(({ allows }) => allows);
  const ways = [direct, ...(entrusted.length > 0 && allowed.length > 0 ? [[...entrusted, ...allowed]] : [])];
  const open = ways.filter((way) => way.length > 0);
  if (open.length === 0) return null;
  const free = open.some((way) => way.every(({ conditional }) => !conditional));
  return [
    ...(free ? [] : [`a condition on who may assume the role ${role.name} is taken to hold`]),
    ...(denied.length + refused.length > 0
      ? [`a denial to assume the role ${role.name} holds under a condition and is not counted`]
      : []),
  ];
}

/** Returns whether a statement of a policy is about assuming a role. */
function isAbout(statement: Stated, arn: string): boolean {
  return statement.resources.some((resource) => covers(resource, arn)) !== statement.allResourcesBut;
}

/** Returns the statements about assuming roles. */
export function aboutAssuming<S extends Pick<Stated, 'actions' | 'allActionsBut'>>(
  statements: readonly S[],
): S[] {
  return statements.filter((statement) => concerns(statement, ASSUME));
}

function isAccount(who: string, account: string): boolean {
  return who === account || (who.endsWith(':root') && who.split(':')[4] === account);
}

/** Returns whether others than users and roles of the account may assume a role. */
export function isOpenToOthers({ trusts, account }: TrustingRole): boolean {
  return (trusts ?? []).some(
    ({ allows, aws, federated }) =>
      allows &&
      (federated || aws.some((who) => who === '*' || (/\d{12}/.exec(who)?.[0] ?? account) !== account)),
  );
}
