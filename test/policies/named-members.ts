import type { PolicySet } from '../../dist/policies/index.js';
import { policyModuleName, withGenerated } from '../../src/policies/generate-rego.js';
import { moduleClosure, moduleLinks } from '../../src/policies/module-closure.js';

type Dossier = { [member: string]: unknown };

/**
 * Returns what takes a dossier down to the members that a policy, what METADATA says for it, or the libraries of both name, and those
 * to the fields that the policy is said to read (which test/policies/policy-reads.test.ts holds): nothing else can matter to the
 * policy, and a dossier without it is evaluated several times as fast.
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
  const reads = new Map(set.policies.map((policy) => [policy.id, policy.reads ?? []]));
  return (id, dossier) =>
    Object.fromEntries(
      Object.entries(dossier)
        .filter(([member]) => wordsOf(id).has(member))
        .map(([member, value]) => [member, fieldsRead(reads.get(id) ?? [], member, value)]),
    );
}

/** The fields of a member that are read; all of it if it is read as a whole, or not known to be read by its fields. */
export function fieldsRead(reads: readonly string[], member: string, value: unknown): unknown {
  const fields = reads.filter((path) => path.startsWith(`${member}.`)).map((path) => path.split('.')[1]);
  if (fields.length === 0 || reads.includes(member) || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([field]) => fields.includes(field)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
