import { type Coverage, EVERY_SYSTEM } from '../../model/index.js';

/** Where a subject belongs, as its inventory states it; an empty list is unknown. */
export type Scope = {
  /** System or store, lower case. */
  systems: readonly string[];
  /** Account, such as `111122223333/eu-west-1`. */
  accounts: readonly string[];
};

type Reached = Pick<Coverage, 'systems' | 'accounts'>;

/** Returns whether a file states that it speaks for a scope. */
export function speaksFor({ systems, accounts }: Reached, scope: Scope): boolean {
  const system = systems.includes(EVERY_SYSTEM) || scope.systems.some((one) => systems.includes(one));
  const account = accounts.length === 0 || scope.accounts.some((one) => isWithin(one, accounts));
  return system && account;
}

/** Returns whether a record of a file could be about a scope: it could unless both state otherwise. */
export function mayConcern({ systems, accounts }: Reached, scope: Scope): boolean {
  const unknown = systems.length === 0 || systems.includes(EVERY_SYSTEM) || scope.systems.length === 0;
  const system = unknown || scope.systems.some((one) => systems.includes(one));
  const account =
    accounts.length === 0 ||
    scope.accounts.length === 0 ||
    scope.accounts.some((one) => isWithin(one, accounts) || accounts.some((whole) => isWithin(whole, [one])));
  return system && account;
}

/** Returns whether an account, or one Region of it, is among accounts: one without a Region means all of them. */
function isWithin(account: string, accounts: readonly string[]): boolean {
  return accounts.includes(account) || accounts.includes(account.split('/')[0] ?? '');
}
