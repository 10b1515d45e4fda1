import type { Observation, Policy, PolicyTrace, TracedRule } from '../model/index.js';
import { deterministicCapabilities } from '../opa/capabilities.js';
import type { ModuleSources } from '../opa/toolchain.js';
import { trace } from '../opa/trace.js';
import type { DeclaredPolicy } from './declared-policy.js';
import {
  generatedModules,
  generatedPackage,
  hostSets,
  type PolicySetName,
  policyEntrypoint,
} from './generate-rego.js';
import { moduleClosure, moduleLinks } from './module-closure.js';
import { unitData } from './params.js';
import type { PolicySet } from './policy-set.js';
import { type PolicyUnit, ruleModules, unitOf } from './policy-set.js';

type Said = Pick<Observation, 'outcome' | 'missing'>;

const LIMIT_MS = 30_000;

/**
 * Evaluates one policy on one dossier once more, with OPA's own evaluator, and gives the rules that led to an outcome.
 *
 * @param said the policy's result: the rules of that outcome are explained, and for one that passes those that did not
 * hold.
 * @throws RegoSourceError if the evaluation fails, with its place; RegoTimeoutError.
 */
export async function tracePolicy(
  set: PolicySet,
  ruleId: string,
  dossier: unknown,
  said: Said,
): Promise<PolicyTrace | undefined> {
  const unit = unitOf(set, ruleId);
  const declared = unit?.declared.find(({ policy }) => policy.id === ruleId);
  if (unit === undefined || declared === undefined) return undefined;
  const modules = modulesOf(unit, declared);
  const traced = await trace({
    modules,
    regoVersion: unit.regoVersions,
    query: `data.${policyEntrypoint(ruleId).replaceAll('/', '.')}`,
    input: dossier,
    data: unitData(unit),
    targets: targetsOf(declared, said),
    capabilities: deterministicCapabilities(),
    timeoutMs: LIMIT_MS,
  });
  const rules = traced.rules.filter((rule) => rule.held || saysNothing(said) || !isGenerated(rule));
  const named = new Set([declared.module, ...rules.map(({ location }) => location.file)]);
  const sources = Object.fromEntries(
    [...named].map((module) => [module, linesOf({ ...modules, ...unit.library, ...unit.sound }, module)]),
  );
  const required = requiredRows(declared.policy, said, sources[declared.module] ?? []);
  return { rules, required, module: declared.module, sources };
}

function modulesOf({ library, sound }: PolicyUnit, declared: DeclaredPolicy): ModuleSources {
  const rules = ruleModules({ ...library, ...sound });
  const links = moduleLinks({ ...rules, ...generatedModules([declared], rules) });
  return moduleClosure(links, `keyproof/policy/${declared.policy.id}.rego`);
}

function linesOf(modules: ModuleSources, module: string): string[] {
  return (modules[module] ?? '').split(/\r?\n/);
}

/** Returns the sets a policy speaks through, and those that the host adds to them, by outcome. */
function targetsOf({ policy, conftest }: DeclaredPolicy, { outcome, missing }: Said): string[] {
  const at = (name: string) => `data.${policy.package}.${name}`;
  const violations = [at(conftest?.name ?? 'violations'), ...hostRules(policy, 'violations')];
  const reasons = [
    at(conftest === undefined ? 'not_applicable' : 'exception'),
    ...hostRules(policy, 'not_applicable'),
  ];
  const gaps = [at('missing'), ...hostRules(policy, 'missing')];
  const ruled = missing.some((path) => !policy.requires.includes(path)) ? gaps : [];
  switch (outcome) {
    case 'fail':
    case 'waived':
      return [...violations, ...ruled];
    case 'no-evidence':
      return ruled;
    case 'not-applicable':
      return reasons;
    case 'pass':
    case 'attested':
      return [...reasons, ...violations, ...gaps];
    default:
      return [];
  }
}

/** Returns whether no set led to the outcome: a subject that passes is explained by the rules that did not hold. */
function saysNothing({ outcome }: Said): boolean {
  return outcome === 'pass' || outcome === 'attested';
}

function isGenerated({ location }: TracedRule): boolean {
  return location.file.startsWith('keyproof/');
}

function hostRules(policy: Policy, set: PolicySetName): string[] {
  return hostSets(policy, set).map((name) => `data.${generatedPackage(policy.id)}.${name}`);
}

/** Returns the rows of required fields: METADATA begins with `requires` and ends with the package line. */
function requiredRows(policy: Policy, { missing }: Said, lines: readonly string[]): PolicyTrace['required'] {
  const start = lines.findIndex((line) => /^#\s*requires:/.test(line));
  const unknown = policy.requires.filter((path) => missing.includes(path));
  return unknown.flatMap((path) => {
    const index = lines.findIndex((line, at) => at >= start && start >= 0 && names(line, path));
    return index === -1 ? [] : [{ path, row: index + 1 }];
  });
}

function names(line: string, path: string): boolean {
  return line.startsWith('#') && line.split(/[^\w.]+/).includes(path);
}
