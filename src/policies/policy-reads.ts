import type { ModuleSources } from '../opa/toolchain.js';
import { byText, distinctTexts } from '../text/compare-text.js';
import { sha256Hex } from '../text/sha256.js';
import type { DeclaredPolicy } from './declared-policy.js';
import { generatedModules, policyModuleName } from './generate-rego.js';
import { moduleClosure, moduleLinks } from './module-closure.js';
import { inputPathsOf } from './module-text.js';

/** What a policy says of a dossier as it is: neither coverage nor values that it supposes matter here. */
const AS_STATED = () => 'result := stated\n';

/** Members of a dossier that no evidence is in: values that the policy itself is asked for, and what is known to be lost. */
const NO_EVIDENCE = ['supposed', 'lost'];

/** Names of a path that are kept: the member and its field. */
const DEPTH = 2;

/**
 * Adds to policies what they may read of their input: what is read by the Rego that is generated for them, their own module,
 * and all that these name; more rather than fewer. Nothing is added to one that may read anything: it hands `input` on as a
 * whole, or asks it by a name that it works out. Adds the SHA-256 over the same sources.
 *
 * @param modules every source but tests.
 */
export function withReads(declared: readonly DeclaredPolicy[], modules: ModuleSources): DeclaredPolicy[] {
  const links = moduleLinks({ ...modules, ...generatedModules(declared, modules, AS_STATED) });
  return declared.map((one) => {
    const sources = moduleClosure(links, policyModuleName(one.policy.id));
    const reads = readsOf(sources);
    const policy = { ...one.policy, sourceSha256: hashOf(sources) };
    return { ...one, policy: reads === null ? policy : { ...policy, reads } };
  });
}

function hashOf(sources: ModuleSources): string {
  return sha256Hex(JSON.stringify(Object.entries(sources).sort(byText(([module]) => module))));
}

function readsOf(sources: ModuleSources): string[] | null {
  const read = Object.values(sources).flatMap(inputPathsOf);
  if (read.some((path) => path.length === 0)) return null;
  const evidence = read.filter(([member = '']) => !NO_EVIDENCE.includes(member));
  return distinctTexts(evidence.map((path) => path.slice(0, DEPTH).join('.')));
}
