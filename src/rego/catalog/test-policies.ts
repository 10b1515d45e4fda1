import type { Policy } from '../../model/index.js';
import { type LoadedPolicy, loadPolicy } from '../loaded-policy.js';
import { type TestResult, type TestRun, test } from '../test-run.js';
import { checkPolicies } from './check-policies.js';
import { type CompiledPolicies, compilePolicies } from './compile-policies.js';
import { type PolicyExample, readExamples, without } from './examples.js';
import type { LoadedSet } from './load-policies.js';
import { policyData } from './params.js';
import { allProblems, isTest, problemSentence } from './policy-set.js';

/** One thing tested. */
export type PolicyTestResult = {
  /** Test rule, example, or example and the field taken from it. */
  name: string;
  /** `check`: METADATA, strict mode, types. `rego`: a test rule. `example`: a dossier through WASM. `mutation`: an example less one field. */
  kind: 'check' | 'rego' | 'example' | 'mutation';
  /** Rule id, or the package of a library. */
  policy: string;
  /** Whether it holds; `skip` for `todo_test_...`. */
  outcome: 'pass' | 'fail' | 'skip';
  /** What went wrong. */
  message?: string;
};

/** A run of everything that tests policies. */
export type PolicyTestRun = {
  /** How many passed. */
  passed: number;
  /** How many failed. */
  failed: number;
  /** Share of the lines of rules and libraries that the Rego tests ran, 0 to 100. */
  coverage: number;
  /** Every result: checks, then Rego tests, then examples and mutations by policy. */
  results: PolicyTestResult[];
};

/**
 * Tests policies: METADATA and types, Rego tests with coverage, each example through WASM, and each required field taken
 * from each example that passes, which must leave `no-evidence`.
 *
 * @param options.filter only policies whose id contains the text.
 * @param options.cacheDir folder of the compile cache; `false` for none.
 * @throws RegoSourceError or RegoSourceErrors for tests that OPA does not accept.
 */
export async function testPolicies(
  set: LoadedSet,
  options: { filter?: string; cacheDir?: string | false } = {},
): Promise<PolicyTestRun> {
  const { filter = '', ...cache } = options;
  const chosen = set.policies.filter(({ id }) => id.includes(filter));
  const checks = await checkResults(set);
  const run = await regoRun(set, filter === '' ? undefined : chosen);
  const examples = await exampleRun(set, chosen, cache);
  const results = [...checks, ...run.tests.map((one) => regoResult(set, one)), ...examples];
  return {
    passed: results.filter(({ outcome }) => outcome === 'pass').length,
    failed: results.filter(({ outcome }) => outcome === 'fail').length,
    coverage: coverageOf(run, set, filter === '' ? undefined : chosen),
    results,
  };
}

async function exampleRun(
  set: LoadedSet,
  chosen: readonly Policy[],
  cache: { cacheDir?: string | false },
): Promise<PolicyTestResult[]> {
  if (set.problems.some(({ builtIn }) => builtIn)) return [];
  const compiled = await compilePolicies(set, cache);
  const sound = chosen.filter(({ id }) => compiled.entrypoints[id] !== undefined);
  return exampleResults(compiled, sound, await readExamples(set, sound));
}

async function checkResults(set: LoadedSet): Promise<PolicyTestResult[]> {
  const failed = (name: string, message: string) =>
    ({ name, kind: 'check', policy: ownerOf(set, name), outcome: 'fail', message }) as const;
  const metadata = allProblems(set).map((problem) => failed(problem.file, problemSentence(problem)));
  const sources = (await checkPolicies(set)).map((error) => failed(error.file ?? '', error.message));
  return [...metadata, ...sources];
}

function ownerOf(set: LoadedSet, file: string): string {
  return set.policies.find((policy) => file.endsWith(policy.file))?.id ?? '';
}

function regoRun(set: LoadedSet, chosen: readonly Policy[] | undefined): Promise<TestRun> {
  const packages = chosen?.map((policy) => policy.package.replaceAll('.', '\\.'));
  return test({
    modules: set.sound,
    data: policyData(set.policies),
    coverage: true,
    ...(packages === undefined ? {} : { filter: `^data\\.(${packages.join('|')})(_test)?\\.[^.]+$` }),
  });
}

function regoResult(set: LoadedSet, result: TestResult): PolicyTestResult {
  const name = result.package.replace(/^data\./, '').replace(/_test$/, '');
  const policy = set.policies.find((one) => one.package === name)?.id ?? name;
  const base = { name: result.name, kind: 'rego', policy } as const;
  if (result.status === 'pass') return { ...base, outcome: 'pass' };
  if (result.status === 'skip') return { ...base, outcome: 'skip' };
  return { ...base, outcome: 'fail', message: failureText(result) };
}

function failureText({ location, error, report, output }: TestResult): string {
  const place = `${location.file}:${location.row}`;
  return [place, error?.message, report, output?.trimEnd()].filter(Boolean).join('\n');
}

function coverageOf(run: TestRun, set: LoadedSet, chosen: readonly Policy[] | undefined): number {
  const wanted = (file: string) =>
    !isTest(file) && (chosen?.some((policy) => file.endsWith(`/${policy.file}`)) ?? true);
  const files = Object.keys(set.sound)
    .filter(wanted)
    .map((file) => run.coverage?.files[file]);
  const covered = files.reduce((sum, file) => sum + (file?.coveredLines ?? 0), 0);
  const all = files.reduce((sum, file) => sum + (file?.coveredLines ?? 0) + (file?.notCoveredLines ?? 0), 0);
  return all === 0 ? 0 : (covered / all) * 100;
}

function exampleResults(
  compiled: CompiledPolicies,
  chosen: readonly Policy[],
  examples: readonly PolicyExample[],
): PolicyTestResult[] {
  const engine = loadPolicy(compiled.wasm, { data: compiled.data });
  return chosen.flatMap((policy) => {
    const own = examples.filter((example) => example.policy.id === policy.id);
    const mutated = own
      .filter(isGood)
      .flatMap((example) => policy.requires.map((path) => mutation(engine, compiled, example, path)));
    return [...own.map((example) => exampleResult(engine, compiled, example)), ...mutated];
  });
}

function isGood({ expected, problem }: PolicyExample): boolean {
  return problem === undefined && (expected === 'pass' || expected === 'attested');
}

function exampleResult(
  engine: LoadedPolicy,
  compiled: CompiledPolicies,
  example: PolicyExample,
): PolicyTestResult {
  const { policy, name, expected, dossier, problem } = example;
  const base = { name, kind: 'example', policy: policy.id } as const;
  if (expected === undefined)
    return { ...base, outcome: 'fail', message: 'its name announces no outcome, such as "pass-..." does' };
  if (problem !== undefined) return { ...base, outcome: 'fail', message: problem };
  return verdict(base, expected, [outcomeOf(engine, compiled, policy, dossier)]);
}

function mutation(
  engine: LoadedPolicy,
  compiled: CompiledPolicies,
  example: PolicyExample,
  path: string,
): PolicyTestResult {
  const base = {
    name: `${example.name} without ${path}`,
    kind: 'mutation',
    policy: example.policy.id,
  } as const;
  const changed = without(example.dossier ?? {}, path);
  if (changed.length === 0)
    return { ...base, outcome: 'fail', message: `the example has no ${path} to take away` };
  return verdict(
    base,
    'no-evidence',
    changed.map((dossier) => outcomeOf(engine, compiled, example.policy, dossier)),
  );
}

function verdict(
  base: Pick<PolicyTestResult, 'name' | 'kind' | 'policy'>,
  expected: string,
  outcomes: readonly string[],
): PolicyTestResult {
  const other = outcomes.find((outcome) => !outcome.startsWith(expected));
  if (other === undefined) return { ...base, outcome: 'pass' };
  return { ...base, outcome: 'fail', message: `expected ${expected}, got ${other}` };
}

/** The outcome, with what led to it for the reader of a failure. */
function outcomeOf(
  engine: LoadedPolicy,
  compiled: CompiledPolicies,
  policy: Policy,
  dossier: unknown,
): string {
  try {
    const result = engine.evaluate(compiled.entrypoints[policy.id] ?? '', dossier);
    const { outcome, ...rest } = result as { outcome?: string };
    return Object.keys(rest).length === 0 ? String(outcome) : `${outcome} ${JSON.stringify(rest)}`;
  } catch (error) {
    return `error: ${error instanceof Error ? error.message : String(error)}`;
  }
}
