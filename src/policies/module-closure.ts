import type { ModuleSources } from '../opa/toolchain.js';
import { type DataPath, dataPathsOf, overlap, packageOf } from './module-text.js';

/** A module with what its text names of others. */
export type ModuleLinks = { module: string; text: string; own: DataPath; named: DataPath[] };

/** Reads which packages modules declare and name. */
export function moduleLinks(modules: ModuleSources): Map<string, ModuleLinks> {
  const read = Object.entries(modules).map(([module, text]): [string, ModuleLinks] => [
    module,
    { module, text, own: packageOf(text) ?? [], named: dataPathsOf(text) },
  ]);
  return new Map(read);
}

/** Returns a module with all that it names, and all that these name: more rather than fewer. */
export function moduleClosure(links: ReadonlyMap<string, ModuleLinks>, module: string): ModuleSources {
  const found = new Map<string, ModuleLinks>();
  const due = [links.get(module)];
  for (let next = due.pop(); next !== undefined; next = due.pop()) {
    if (found.has(next.module)) continue;
    found.set(next.module, next);
    due.push(...neighbours(next, links));
  }
  return Object.fromEntries([...found.values()].map(({ module: name, text }) => [name, text]));
}

/** Found once for each module: policies share most of what they use. */
const NEIGHBOURS = new WeakMap<ModuleLinks, readonly ModuleLinks[]>();

function neighbours(module: ModuleLinks, links: ReadonlyMap<string, ModuleLinks>): readonly ModuleLinks[] {
  const known = NEIGHBOURS.get(module);
  if (known) return known;
  const { own, named } = module;
  const found = [...links.values()].filter(
    (other) => same(own, other.own) || named.some((path) => overlap(path, other.own)),
  );
  NEIGHBOURS.set(module, found);
  return found;
}

function same(one: DataPath, other: DataPath): boolean {
  return one.length === other.length && overlap(one, other);
}
