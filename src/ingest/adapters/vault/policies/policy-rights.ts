import type { GrantRecord } from '../../../../model/index.js';
import { groupBy } from '../../../../text/group-by.js';
import { type Endpoint, mountsOfV2, type Reach, reachOf } from './kv-reach.js';
import type { PolicyPath } from './policy-paths.js';
import { isWild, overlap, winsOver } from './priority.js';

type Action = NonNullable<GrantRecord['action']>;

/** What a policy lets its holder do with secrets of KV, or forbids. */
export type PolicyRight = {
  effect: 'allow' | 'deny';
  action: Action;
  /** Pattern of the ids of keys. */
  keys: string;
  /** Patterns of ids that a path which counts before it takes away. */
  except: readonly string[];
  /** Why its holder may have less. */
  doubts: readonly string[];
  /** The path that states it. */
  path: PolicyPath;
};

const OF_VALUES: { readonly [capability: string]: Action } = {
  read: 'read',
  create: 'create',
  update: 'rotate',
  patch: 'rotate',
  delete: 'revoke',
};

/** What a capability on a part of the API of KV allows; metadata shows no value, and `undelete` ends nothing. */
const ACTIONS: { readonly [endpoint in Endpoint]: { readonly [capability: string]: Action } } = {
  data: OF_VALUES,
  'version 1': OF_VALUES,
  metadata: { delete: 'revoke' },
  delete: { update: 'revoke' },
  destroy: { update: 'revoke' },
  undelete: {},
};

/** A path with the secrets it opens. */
type Opened = { path: PolicyPath; reaches: readonly Reach[] };

/** Returns what the paths of one policy allow, the most specific path of each secret first to count. */
export function policyRights(paths: readonly PolicyPath[]): PolicyRight[] {
  const ofV2 = mountsOfV2(paths.map(({ path }) => path));
  const opened = paths.map((path) => ({ path, reaches: reachOf(path.path, ofV2) }));
  return opened.flatMap((one) => [...allowed(one, opened), ...denied(one)]);
}

function allowed(one: Opened, all: readonly Opened[]): PolicyRight[] {
  const rights = one.reaches.flatMap((reach) => {
    const actions = new Set(actionsOf(one.path, reach.endpoint));
    return [...actions].map((action) => ({ action, reach, taken: takenFrom(one, reach, action, all) }));
  });
  const groups = groupBy(rights, ({ action, reach }) => `${action} ${reach.keys}`);
  return [...groups.values()].map((ways) => joined(one.path, ways));
}

function actionsOf({ capabilities }: PolicyPath, endpoint: Endpoint): Action[] {
  return Object.entries(ACTIONS[endpoint]).flatMap(([name, action]) =>
    capabilities.has(name) ? [action] : [],
  );
}

/** What paths that count before one take from it: patterns of keys, and reasons if no pattern states which. */
type Taken = { except: readonly string[]; doubts: readonly string[] };

type Way = { action: Action; reach: Reach; taken: Taken };

function takenFrom(one: Opened, { endpoint }: Reach, action: Action, all: readonly Opened[]): Taken {
  const before = all.filter(
    ({ path }) =>
      path !== one.path && overlap(path.path, one.path.path) && winsOver(path.path, one.path.path),
  );
  const takers = before.flatMap(({ path, reaches }) => {
    const [reach] = reaches.filter((other) => other.endpoint === endpoint);
    const isSame = actionsOf(path, endpoint).includes(action) && limitsOn(path, action).length === 0;
    return reach === undefined || isSame ? [] : [{ path: path.path, keys: reach.keys, exact: reach.exact }];
  });
  return {
    except: takers.filter(({ exact }) => exact).map(({ keys }) => keys),
    doubts: takers.filter(({ exact }) => !exact).map(({ path }) => `the path ${path} counts before it`),
  };
}

function limitsOn(path: PolicyPath, action: Action): string[] {
  return [...path.limits, ...(action === 'read' ? [] : path.writeLimits)];
}

/** Returns one right of the ways in which a path gives it: through parts of version 2, or as version 1. */
function joined(path: PolicyPath, ways: readonly Way[]): PolicyRight {
  const [first] = ways as readonly [Way, ...Way[]];
  const versions = [true, false]
    .map((isFirst) => ways.filter(({ reach }) => (reach.endpoint === 'version 1') === isFirst))
    .filter((some) => some.length > 0)
    .map(throughAny);
  const common = inAll(versions.map(({ except }) => except));
  const apart = versions.flatMap(({ except }) => except.filter((keys) => !common.includes(keys)));
  const certain = ways.find(({ reach }) => reach.doubts.length === 0);
  return {
    effect: 'allow',
    action: first.action,
    keys: first.reach.keys,
    except: [...new Set([...first.reach.except, ...common])],
    doubts: [
      ...(certain ?? first).reach.doubts,
      ...versions.flatMap(({ doubts }) => doubts),
      ...apart.map((keys) => `another path takes ${keys} away in one of the versions of KV`),
      ...limitsOn(path, first.action),
    ].filter((doubt, at, all) => all.indexOf(doubt) === at),
    path,
  };
}

/** What is taken away from every part of the API that gives a right. */
function throughAny(ways: readonly Way[]): Taken {
  return {
    except: inAll(ways.map(({ taken }) => taken.except)),
    doubts: inAll(ways.map(({ taken }) => taken.doubts)),
  };
}

function inAll(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists;
  return first.filter((one) => others.every((list) => list.includes(one)));
}

/** A denial of exactly one secret counts whatever other policies say: no path is more specific. */
function denied({ path, reaches }: Opened): PolicyRight[] {
  const isExact = path.capabilities.has('deny') && !path.path.includes('*') && !isWild(path.path);
  const values = isExact ? reaches.filter(({ endpoint }) => endpoint === 'data') : [];
  return values.flatMap(({ keys }) =>
    (['read', 'create', 'rotate'] as const).map((action) => ({
      ...{ effect: 'deny' as const, action, keys, except: [], doubts: [], path },
    })),
  );
}
