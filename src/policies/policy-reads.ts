import type { ModuleSources } from '../opa/toolchain.js';
import { distinctTexts } from '../text/compare-text.js';
import type { DeclaredPolicy } from './declared-policy.js';
import { generatedModules, policyModuleName } from './generate-rego.js';
import { type ModuleLinks, moduleClosure, moduleLinks } from './module-closure.js';
import { inputPathsOf } from './module-text.js';

/** What a policy says of a dossier as it is: neither coverage nor values that it supposes matter here. */
const AS_STATED = () => 'result := stated\n';

/** Member of a dossier that no evidence is in: the policy itself is asked for values that it may have. */
const SUPPOSED = 'supposed';

/** Names of a path that are kept: the member and its field. */
const DEPTH = 2;

/**
 * Adds to policies what they may read of their input: what is read by the Rego that is generated for them, their own module,
 * and all that these name; more rather than fewer. Nothing is added to one that may read anything: it hands `input` on as a
 * whole, or asks it by a name that it works out.
 *
 * @param modules every source but tests.
 */
export function withReads(declared: readonly DeclaredPolicy[], modules: ModuleSources): DeclaredPolicy[] {
  const links = moduleLinks({ ...modules, ...generatedModules(declared, modules, AS_STATED) });
  return declared.map((one) => {
    const reads = readsOf(one.policy.id, links);
    return reads === null ? one : { ...one, policy: { ...one.policy, reads } };
  });
}

function readsOf(id: string, links: ReadonlyMap<string, ModuleLinks>): string[] | null {
  const read = Object.values(moduleClosure(links, policyModuleName(id))).flatMap(inputPathsOf);
  if (read.some((path) => path.length === 0)) return null;
  const evidence = read.filter(([member]) => member !== SUPPOSED);
  return distinctTexts(evidence.map((path) => path.slice(0, DEPTH).join('.')));
}
