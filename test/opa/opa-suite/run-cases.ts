import { type Capabilities, openEngine, type Term, termToJsonText } from '../../../dist/opa/index.js';
import { runToolchain, type ToolchainRequest } from '../../../dist/opa/toolchain.js';
import type { SuiteCase } from './cases.js';
import { complaint, type Outcome } from './judge.js';

/** A case and what is wrong with its outcome; undefined where it is what OPA wants. */
export type Verdict = { readonly suiteCase: SuiteCase; readonly problem: string | undefined };

type Compiled = { result?: { wasm: string }; errors?: { message: string }[] };

const LIMIT_MS = 600_000;
const GROUP = 60;
const SIMPLE_QUERY = /^data((?:\.\w+)+) = (\w+)$/;
const EMPTY: Term = { type: 'object', entries: [] };

/**
 * Compiles, evaluates and judges cases. Compiling one costs OPA 80 ms whatever is in it, so cases are compiled in
 * groups, each case below a package of its own; one that does not pass there is run once more, alone and untouched.
 */
export async function runCases(cases: readonly SuiteCase[]): Promise<Verdict[]> {
  const grouped = new Map<SuiteCase, Verdict>();
  const simple = cases.filter((one) => SIMPLE_QUERY.test(one.query) && !sleeps(one));
  const groups = chunks(simple, GROUP);
  for (const verdict of (await Promise.all(groups.map(runGroup))).flat())
    grouped.set(verdict.suiteCase, verdict);
  const rest = cases.filter(
    (one) => grouped.get(one) === undefined || grouped.get(one)?.problem !== undefined,
  );
  const alone = (await Promise.all(chunks(rest, GROUP).map(runAlone))).flat();
  const byCase = new Map(alone.map((verdict) => [verdict.suiteCase, verdict]));
  return cases.map(
    (one) => byCase.get(one) ?? grouped.get(one) ?? { suiteCase: one, problem: 'was not run' },
  );
}

async function runAlone(cases: readonly SuiteCase[]): Promise<Verdict[]> {
  const sleeping = cases.some(sleeps) ? await capabilitiesWithSleep() : undefined;
  const requests = cases.map(
    (one): ToolchainRequest => ({
      command: 'query',
      query: one.query,
      modules: named(one.modules),
      capabilities: sleeps(one) ? sleeping : undefined,
    }),
  );
  const compiled = (await runToolchain({ command: 'batch', requests }, LIMIT_MS)) as Compiled[];
  return cases.map((suiteCase, index) => ({ suiteCase, problem: problemAlone(suiteCase, compiled[index]) }));
}

function sleeps({ modules }: SuiteCase): boolean {
  return modules.some((source) => source.includes('test.sleep'));
}

/** Everything OPA has, and the built-in that OPA's harness adds. */
async function capabilitiesWithSleep(): Promise<Capabilities> {
  const { builtins } = (await runToolchain({ command: 'version' }, LIMIT_MS)) as { builtins: string[] };
  const decl = { type: 'function', args: [{ type: 'string' }], result: { type: 'null' } };
  return { builtins: [...builtins, { name: 'test.sleep', decl }] };
}

function problemAlone(suiteCase: SuiteCase, compiled: Compiled | undefined): string | undefined {
  if (compiled?.result === undefined) return `does not compile: ${compiled?.errors?.[0]?.message}`;
  const wasm = Buffer.from(compiled.result.wasm, 'base64');
  return complaint(
    suiteCase,
    attempt(() => open(wasm, suiteCase.data ?? EMPTY).resultSet(suiteCase.input)),
  );
}

async function runGroup(cases: readonly SuiteCase[]): Promise<Verdict[]> {
  const request: ToolchainRequest = {
    command: 'compile',
    modules: Object.fromEntries(cases.flatMap(movedModules)),
    entrypoints: cases.map((_, index) => `asked/c${index}/answers`),
  };
  const [compiled] = (await runToolchain({ command: 'batch', requests: [request] }, LIMIT_MS)) as Compiled[];
  if (compiled?.result === undefined) return splitGroup(cases);
  const data: Term = {
    type: 'object',
    entries: cases.map(({ data = EMPTY }, index) => [{ type: 'string', value: `c${index}` }, data]),
  };
  const policy = open(Buffer.from(compiled.result.wasm, 'base64'), data);
  return cases.map((suiteCase, index) => ({
    suiteCase,
    problem: complaint(
      suiteCase,
      attempt(() => answersOf(policy.evaluateTerm(`asked/c${index}/answers`, suiteCase.input))),
    ),
  }));
}

/** Halves a group that does not compile until the case that is to blame stands alone, where it is run by itself. */
async function splitGroup(cases: readonly SuiteCase[]): Promise<Verdict[]> {
  if (cases.length === 1) return [];
  const middle = Math.ceil(cases.length / 2);
  return [...(await runGroup(cases.slice(0, middle))), ...(await runGroup(cases.slice(middle)))];
}

/** A case's modules with `data` moved to `data.c<index>`, and one that collects what its query answers. */
function movedModules({ modules, query }: SuiteCase, index: number): [string, string][] {
  const [, path, variable] = SIMPLE_QUERY.exec(query) ?? [];
  const asks = `package asked.c${index}\n\nanswers contains {"${variable}": ${variable}} if data.c${index}${path} = ${variable}\n`;
  const moved = modules.map((source) =>
    source
      .replace(/^(\s*)package (\w)/m, `$1package c${index}.$2`)
      .replace(/(?<![.\w"'`])data\b(?!["\w])/g, `data.c${index}`),
  );
  return [asks, ...moved].map((source, number) => [`c${index}/${number}.rego`, source]);
}

function answersOf(term: Term | undefined): readonly Term[] {
  return term?.type === 'set' ? term.items : [];
}

function open(wasm: Uint8Array, data: Term) {
  const builtins = { 'test.sleep': sleep };
  return openEngine(wasm, { data: Buffer.from(termToJsonText(data)), builtins });
}

/** Sleeps for as long as a text such as `10ms` says. */
function sleep(text: unknown): null {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number.parseInt(String(text), 10));
  return null;
}

function attempt(run: () => readonly Term[]): Outcome {
  try {
    return { results: run() };
  } catch (error) {
    return { error: String(error) };
  }
}

function named(modules: readonly string[]): Record<string, string> {
  return Object.fromEntries(modules.map((source, index) => [`module-${index}.rego`, source]));
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
