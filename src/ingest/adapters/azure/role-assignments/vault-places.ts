import type { ScopeKeys } from './roles.js';

/** Keys that an assignment counts for, and why that may be more than it reaches. */
export type Reached = ScopeKeys & {
  /** Patterns of vaults that are known to be elsewhere. */
  except: readonly string[];
  /** Why it may be more. */
  doubts: readonly string[];
};

/** Which vaults are in which subscription and resource group, as far as scopes of assignments say. */
export type VaultPlaces = {
  /** Takes what a scope says of the vault that it is of. */
  learn(scope: string): void;
  /** Returns the vaults that a scope above them reaches, and all others of which no scope says where they are. */
  below(scope: string, keys: ScopeKeys): Reached[];
};

/** Most vaults of a scope that each get grants of their own. */
const MOST_BELOW = 200;
const VAULT =
  /^(\/subscriptions\/[^/]+)(\/resourcegroups\/[^/]+)\/providers\/microsoft\.keyvault\/(?:vaults|managedhsms)\/([^/]+)/;

/** Returns an empty register of places. The name of a vault is its own in all of Azure. */
export function newVaultPlaces(): VaultPlaces {
  const places = new Map<string, string>();
  return {
    learn(scope) {
      const [, subscription, group, vault] = VAULT.exec(scope.toLowerCase()) ?? [];
      if (vault !== undefined) places.set(vault, `${subscription}${group}/`);
    },
    below(scope, keys) {
      const within = `${scope.toLowerCase().replace(/\/+$/, '')}/`;
      const isTold = !/\/providers\//.test(within);
      const known = isTold ? [...places].sort() : [];
      const inside = known.filter(([, place]) => place.startsWith(within));
      const each = inside.length > MOST_BELOW ? [] : inside;
      const elsewhere = known.filter((one) => each.includes(one) || !inside.includes(one));
      const other = known.length > 0 ? 'other vaults' : 'vaults';
      return [
        ...each.map(([vault]) => ({ ...keys, vault: `https://${vault}.*`, except: [], doubts: [] })),
        {
          ...keys,
          except: elsewhere.map(([vault]) => `https://${vault}.*/*`),
          doubts: [`which ${other} are in the ${keys.above} is not in the export`],
        },
      ];
    },
  };
}
