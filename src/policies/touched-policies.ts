import { dirname, join, relative, sep } from 'node:path';
import { policyModuleName, withGenerated } from './generate-rego.js';
import { moduleClosure, moduleLinks } from './module-closure.js';
import { packageOf } from './module-text.js';
import type { PolicySet } from './policy-set.js';
import { moduleRoots } from './read-modules.js';

/**
 * Ids of the policies that a change of files can matter to: their rule, test or example changed, the dossier that
 * their examples differ from, or a library that one of these uses.
 *
 * @param changed absolute paths.
 */
export function touchedPolicies(set: PolicySet, changed: readonly string[]): Set<string> {
  const roots = moduleRoots(set.folders);
  const modules = new Set(
    set.folders.flatMap(({ dir }, index) =>
      changed.map((path) =>
        join(roots[index] ?? '', relative(dir, path))
          .split(sep)
          .join('/'),
      ),
    ),
  );
  const links = moduleLinks(withGenerated(set, set.modules));
  const ruleBook = roots[set.folders.findIndex(({ builtIn }) => builtIn)];
  const touched = set.policies.filter((policy) => {
    const files = Object.keys(set.modules).filter((module) => belongs(set, module, policy.package));
    const read = [...files, policyModuleName(policy.id)];
    const used = read.flatMap((module) => Object.keys(moduleClosure(links, module)));
    const examples = files.map((module) => `${dirname(module)}/examples/`);
    if (modules.has(`${ruleBook}/examples/${policy.subject}.json`)) return true;
    return used.some((module) => modules.has(module)) || startsWithAny([...modules], examples);
  });
  return new Set(touched.map(({ id }) => id));
}

function belongs(set: PolicySet, module: string, name: string): boolean {
  const own = packageOf(set.modules[module] ?? '')?.join('.');
  return own === name || own === `${name}_test`;
}

function startsWithAny(paths: readonly string[], prefixes: readonly string[]): boolean {
  return paths.some((path) => prefixes.some((prefix) => path.startsWith(prefix)));
}
