import type { PolicySet } from '../../dist/policies/index.js';
import { policyModuleName, withGenerated } from '../../src/policies/generate-rego.js';
import { moduleClosure, moduleLinks } from '../../src/policies/module-closure.js';

type Dossier = { [member: string]: unknown };

/**
 * Returns what takes a dossier down to the members that a policy, what METADATA says for it, or the libraries of both name: no other
 * can matter to the policy, and a dossier without them is evaluated several times as fast.
 */
export function membersNamedBy(set: PolicySet): (policyId: string, dossier: Dossier) => Dossier {
  const links = moduleLinks(withGenerated(set, set.modules));
  const words = new Map<string, Set<string>>();
  const wordsOf = (id: string): Set<string> => {
    const known = words.get(id);
    if (known !== undefined) return known;
    const source = Object.values(moduleClosure(links, policyModuleName(id))).join('\n');
    const found = new Set(source.match(/\w+/g));
    words.set(id, found);
    return found;
  };
  return (id, dossier) =>
    Object.fromEntries(Object.entries(dossier).filter(([member]) => wordsOf(id).has(member)));
}
