import type { Policy } from '../model/index.js';
import type { DeclaredPolicy } from './declared-policy.js';
import { generatedModules } from './generate-rego.js';
import { moduleClosure, moduleLinks } from './module-closure.js';
import { packageOf } from './module-text.js';
import { isTest, type PolicyUnit, ruleModules } from './policy-set.js';

type Sources = Pick<PolicyUnit, 'sound' | 'library'>;

/**
 * Narrows a unit to some of its policies, with the modules that these and their tests use: what is asked of one policy
 * does not wait for the compilation of all. A unit that the build compiled is left whole, and so is one that has none of
 * the policies.
 */
export function narrowedUnit(unit: PolicyUnit, chosen: readonly Policy[]): PolicyUnit {
  const ids = new Set(chosen.map(({ id }) => id));
  const declared = unit.declared.filter(({ policy }) => ids.has(policy.id));
  if (unit.built !== undefined || declared.length === 0) return unit;
  return { ...unit, declared, faults: [], ...usedBy(unit, declared, testsOf(unit, declared)) };
}

/**
 * Returns the modules of a unit that policies of it use, so that the others cannot be in their way.
 *
 * @param tests modules of tests to be had as well, with what they use.
 */
export function usedBy(
  unit: Sources,
  declared: readonly DeclaredPolicy[],
  tests: readonly string[] = [],
): Pick<PolicyUnit, 'sound'> {
  const rules = ruleModules({ ...unit.library, ...unit.sound });
  const links = moduleLinks({ ...unit.library, ...unit.sound, ...generatedModules(declared, rules) });
  const starts = [...declared.map(({ policy }) => `keyproof/policy/${policy.id}.rego`), ...tests];
  const used = new Set(starts.flatMap((module) => Object.keys(moduleClosure(links, module))));
  return { sound: Object.fromEntries(Object.entries(unit.sound).filter(([module]) => used.has(module))) };
}

function testsOf({ sound }: Sources, declared: readonly DeclaredPolicy[]): string[] {
  const packages = new Set(declared.map(({ policy }) => `${policy.package}_test`));
  const tests = Object.keys(sound).filter(isTest);
  return tests.filter((module) => packages.has(packageOf(sound[module] ?? '')?.join('.') ?? ''));
}
