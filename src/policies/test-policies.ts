import { type CompiledPolicies, elementsOf, type Policy } from '../model/index.js';
import { type Engine, openEngine } from '../opa/engine.js';
import type { LineRange, TestResult } from '../opa/test-run.js';
import { byText } from '../text/compare-text.js';
import { checkPolicies } from './check-policies.js';
import { compileUnit } from './compile-policies.js';
import { type PolicyExample, readExamples, without } from './examples.js';
import { generatedModules } from './generate-rego.js';
import { packageOf } from './module-text.js';
import { narrowedUnit } from './narrow-unit.js';
import { unitData } from './params.js';
import {
  allProblems,
  isTest,
  type PolicyProblem,
  type PolicySet,
  type PolicyUnit,
  problemSentence,
  ruleModules,
  unitOf,
} from './policy-set.js';
import { type RegoTests, runRegoTests } from './run-rego-tests.js';
import { saidByPolicy } from './said-by-policy.js';
import { problemOf } from './sound-modules.js';

/** One thing tested. */
export type PolicyTestResult = {
  /** Test rule, example, or example and the field taken from it. */
  name: string;
  /**
   * `check`: METADATA, strict mode, types. `rego`: a test rule. `example`: a dossier through WASM. `mutation`: an
   * example less one field.
   */
  kind: 'check' | 'rego' | 'example' | 'mutation';
  /** Rule id, or the package of a library. */
  policy: string;
  /** Whether it holds; `skip` for `todo_test_...`. */
  outcome: 'pass' | 'fail' | 'skip';
  /** Module of the test or of what is wrong; absent for examples. */
  file?: string;
  /** Row in it, from 1. */
  row?: number;
  /** What went wrong. */
  message?: string;
};

/** A run of everything that tests policies. */
export type PolicyTestRun = {
  /** How many passed. */
  passed: number;
  /** How many failed. */
  failed: number;
  /** How many are not to be run yet (`todo_test_...`). */
  skipped: number;
  /** Share of the lines of rules and libraries that the Rego tests ran, 0 to 100. */
  coverage: number;
  /** The lines that no Rego test ran, by module. */
  uncovered: { file: string; lines: LineRange[] }[];
  /** Every result: checks, then Rego tests, then examples and mutations by policy. */
  results: PolicyTestResult[];
};

/** Which policies to test, and the folder for results. */
export type TestPoliciesOptions = {
  /** Only policies for which this holds; all, and the libraries too, if absent. */
  only?: (policy: Policy) => boolean;
  /** Folder of the compile cache; `false` for none. */
  cacheDir?: string | false;
};

/**
 * Tests policies: METADATA and types, Rego tests with coverage, each example through WASM, and each required field
 * taken from each example that passes, which must leave `no-evidence`.
 *
 * @throws RegoSourceError or RegoSourceErrors for tests that OPA does not accept.
 */
export async function testPolicies(
  set: PolicySet,
  options: TestPoliciesOptions = {},
): Promise<PolicyTestRun> {
  const { only, ...cache } = options;
  const chosen = set.policies.filter((policy) => only?.(policy) ?? true);
  const wanted = only === undefined ? () => true : inPackages(set, chosen);
  const units = only === undefined ? set.units : unitsWith(set, chosen);
  const checks = await checkResults({ ...set, units }, cache);
  const rego = await regoTests(units, wanted, cache);
  const examples = await exampleRun({ ...set, units }, chosen, cache);
  const results = [...checks, ...rego.tests.map((one) => regoResult(set, one)), ...examples];
  const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
  return {
    passed: count('pass'),
    failed: count('fail'),
    skipped: count('skip'),
    ...coverageOf(rego.rows, wanted),
    results,
  };
}

/** Returns the tests of each unit on its own modules and data, and the libraries that these name. */
async function regoTests(
  units: readonly PolicyUnit[],
  wanted: (module: string) => boolean,
  cache: { cacheDir?: string | false },
): Promise<RegoTests> {
  const whole: RegoTests = { tests: [], rows: {} };
  for (const unit of units) {
    const { sound, library, regoVersions, declared } = unit;
    const modules = { ...library, ...sound };
    const generated = generatedModules(declared, ruleModules(modules));
    const isOwn = (module: string) => Object.hasOwn(sound, module) && wanted(module);
    const options = { data: unitData(unit), regoVersions, ...cache };
    const { tests, rows } = await runRegoTests({ ...modules, ...generated }, isOwn, options);
    const own = Object.entries(rows).filter(([module]) => Object.hasOwn(sound, module));
    whole.tests.push(...tests);
    Object.assign(whole.rows, Object.fromEntries(own));
  }
  return whole;
}

/** Returns the units of policies, with no more in them than these use. */
function unitsWith(set: PolicySet, chosen: readonly Policy[]): PolicyUnit[] {
  const units = new Set(chosen.map(({ id }) => unitOf(set, id)));
  return set.units.filter((unit) => units.has(unit)).map((unit) => narrowedUnit(unit, chosen));
}

/** Returns whether a module is of one of the policies, or tests it. */
function inPackages(set: PolicySet, chosen: readonly Policy[]): (module: string) => boolean {
  const packages = new Set(chosen.map((policy) => policy.package));
  return (module) => {
    const name = packageOf(set.modules[module] ?? '')?.join('.') ?? '';
    return packages.has(name) || packages.has(name.replace(/_test$/, ''));
  };
}

async function exampleRun(
  set: PolicySet,
  chosen: readonly Policy[],
  cache: { cacheDir?: string | false },
): Promise<PolicyTestResult[]> {
  if (set.problems.some(({ builtIn }) => builtIn)) return [];
  const results: PolicyTestResult[] = [];
  for (const unit of set.units) {
    const shown = unit.declared
      .filter(({ conftest }) => conftest === undefined)
      .map(({ policy }) => policy.id);
    const own = chosen.filter(({ id }) => shown.includes(id));
    // Compiling a unit takes seconds; one of which nothing is tested is not compiled.
    if (own.length === 0) continue;
    const compiled = await compileUnit(unit, cache);
    const sound = own.filter(({ id }) => compiled.entrypoints.has(id));
    results.push(...exampleResults(compiled, sound, await readExamples(set, sound)));
  }
  const place = new Map(chosen.map(({ id }, index) => [id, index]));
  return results.sort((a, b) => (place.get(a.policy) ?? 0) - (place.get(b.policy) ?? 0));
}

async function checkResults(
  set: PolicySet,
  cache: { cacheDir?: string | false },
): Promise<PolicyTestResult[]> {
  const problems = [...allProblems(set), ...(await checkPolicies(set, cache)).map(problemOf)];
  return problems.map((problem) => ({
    name: problem.file,
    kind: 'check',
    policy: ownerOf(set, problem.file),
    outcome: 'fail',
    file: problem.file,
    row: problem.row,
    message: [problemSentence(problem), ...sourceLines(problem)].join('\n'),
  }));
}

function sourceLines({ sourceLine = '', details = [] }: PolicyProblem): string[] {
  const line = sourceLine.trim();
  return [...(line === '' ? [] : [line]), ...details].map((text) => `\t${text}`);
}

function ownerOf(set: PolicySet, file: string): string {
  return set.policies.find((policy) => file.endsWith(policy.file))?.id ?? '';
}

function regoResult(set: PolicySet, result: TestResult): PolicyTestResult {
  const name = result.package.replace(/^data\./, '').replace(/_test$/, '');
  const policy = set.policies.find((one) => one.package === name)?.id ?? name;
  const { file, row } = result.location;
  const base = { name: result.name, kind: 'rego', policy, file, row } as const;
  if (result.status === 'pass') return { ...base, outcome: 'pass' };
  if (result.status === 'skip') return { ...base, outcome: 'skip' };
  return { ...base, outcome: 'fail', message: failureText(result) };
}

function failureText({ error, report, output, cases = [] }: TestResult): string {
  const failed = cases.filter(({ status }) => status === 'fail').map(({ name }) => `case ${name}: FAIL`);
  return [error?.message, report, ...failed, output?.trimEnd()].filter(Boolean).join('\n');
}

function coverageOf(
  rows: RegoTests['rows'],
  wanted: (module: string) => boolean,
): Pick<PolicyTestRun, 'coverage' | 'uncovered'> {
  const files = Object.entries(rows).filter(([module]) => !isTest(module) && wanted(module));
  const covered = files.reduce((sum, [, file]) => sum + file.covered.length, 0);
  const all = files.reduce((sum, [, file]) => sum + file.uncovered.length, covered);
  const uncovered = files
    .filter(([, file]) => file.uncovered.length > 0)
    .map(([file, own]) => ({ file, lines: ranges(own.uncovered) }))
    .sort(byText(({ file }) => file));
  return { coverage: all === 0 ? 0 : (covered / all) * 100, uncovered };
}

function ranges(rows: readonly number[]): LineRange[] {
  const joined: LineRange[] = [];
  for (const row of rows) {
    const last = joined.at(-1);
    if (last?.to === row - 1) last.to = row;
    else joined.push({ from: row, to: row });
  }
  return joined;
}

function exampleResults(
  compiled: CompiledPolicies,
  chosen: readonly Policy[],
  examples: readonly PolicyExample[],
): PolicyTestResult[] {
  const engine = openEngine(compiled.wasm, { data: compiled.data });
  return chosen.flatMap((policy) => {
    const ask = (dossier: unknown) => answerOf(engine, compiled, policy, dossier);
    const own = examples.filter((example) => example.policy.id === policy.id);
    const answers = own.map((example) => ({ example, answer: ask(example.dossier) }));
    const paths = [...policy.requires, ...(policy.elements ?? []).flatMap(({ requires = [] }) => requires)];
    const mutated = own
      .filter(isGood)
      .flatMap((example) => paths.map((path) => mutation(ask, example, path)));
    return [...answers.map(exampleResult), ...unraised(policy, answers), ...mutated];
  });
}

function isGood({ expected, problem }: PolicyExample): boolean {
  return problem === undefined && (expected === 'pass' || expected === 'attested');
}

/** What a policy answers of an example: the outcome with what led to it, and the elements that its violations name. */
type Answer = { text: string; raised: readonly string[] };

type Answered = { example: PolicyExample; answer: Answer };

function exampleResult({ example, answer }: Answered): PolicyTestResult {
  const { policy, name, expected, problem } = example;
  const base = { name, kind: 'example', policy: policy.id } as const;
  if (expected === undefined)
    return { ...base, outcome: 'fail', message: 'its name announces no outcome, such as "pass-..." does' };
  if (problem !== undefined) return { ...base, outcome: 'fail', message: problem };
  return verdict(base, expected, [answer.text]);
}

/** Returns one failure for each element that the policy declares and no example violates: nothing shows that it can fail. */
function unraised(policy: Policy, answers: readonly Answered[]): PolicyTestResult[] {
  const raised = new Set(answers.flatMap(({ answer }) => answer.raised));
  return (policy.elements ?? [])
    .filter(({ id }) => !raised.has(id))
    .map(({ id }) => ({
      name: `element ${id}`,
      kind: 'example',
      policy: policy.id,
      outcome: 'fail',
      message: 'no example violates it; add a fail-... example that does',
    }));
}

function mutation(ask: (dossier: unknown) => Answer, example: PolicyExample, path: string): PolicyTestResult {
  const base = {
    name: `${example.name} without ${path}`,
    kind: 'mutation',
    policy: example.policy.id,
  } as const;
  const changed = without(example.dossier ?? {}, path);
  if (changed.length === 0)
    return { ...base, outcome: 'fail', message: `the example has no ${path} to take away` };
  const answers = changed.map((dossier) => ask(dossier).text);
  if (example.policy.supposes?.includes(path) && answers.every((text) => text === example.expected))
    return { ...base, outcome: 'pass' };
  return verdict(base, 'no-evidence', answers);
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

/** Returns what a policy answers; an element that it does not declare is an error, as in an audit. */
function answerOf(engine: Engine, compiled: CompiledPolicies, policy: Policy, dossier: unknown): Answer {
  try {
    const result = engine.evaluate(compiled.entrypoints.get(policy.id) ?? '', dossier);
    const { outcome, ...rest } = result as { outcome?: string };
    const said = saidByPolicy(rest, elementsOf(policy));
    if (typeof said === 'string') return { text: `error: ${said}`, raised: [] };
    return {
      text: isEmpty(rest) ? String(outcome) : `${outcome} ${JSON.stringify(rest)}`,
      raised: said.violations.map(({ element }) => element),
    };
  } catch (error) {
    return { text: `error: ${error instanceof Error ? error.message : String(error)}`, raised: [] };
  }
}

/** Returns whether nothing led to an outcome; a policy with several elements always states its reasons, even if none. */
function isEmpty(rest: { [name: string]: unknown }): boolean {
  return Object.values(rest).every((value) => Array.isArray(value) && value.length === 0);
}
