import { cached } from '../opa/compile-cache.js';
import { versionsByModule } from '../opa/rego-version.js';
import { type LineRange, type TestResult, type TestRun, test } from '../opa/test-run.js';
import type { ModuleSources } from '../opa/toolchain.js';
import { TOOLCHAIN } from '../opa/toolchain-version.js';
import { moduleClosure, moduleLinks } from './module-closure.js';
import { isTest, type PolicySet } from './policy-set.js';

/** What the Rego tests of a set came to. */
export type RegoTests = {
  /** Results by file and row. */
  tests: TestResult[];
  /** Rows that a test ran, and rows that none did, by module; modules of rules only. */
  rows: { [module: string]: { covered: number[]; uncovered: number[] } };
};

type Options = { data: object; regoVersions: PolicySet['regoVersions']; cacheDir?: string | false };

/** Rows and results of one run. */
type Unit = Pick<TestRun, 'tests' | 'coverage'>;

/** What gives another answer another time; a test that uses it is run every time. */
const CHANGING = /\b(time\.now_ns|http\.send|rand\.|uuid\.rfc4122|opa\.runtime|net\.lookup_ip_addr)/;
const NO_TEST = '^$';

/**
 * Runs each file of tests with the modules that it uses, and no others, so that a file is run again only when one of
 * these has changed: what passed is kept under the SHA-256 of toolchain, sources and data, and what failed is run
 * again.
 *
 * @param wanted which modules to run the tests of, and to measure.
 * @throws RegoSourceError or RegoSourceErrors for sources that OPA does not accept.
 */
export async function runRegoTests(
  modules: ModuleSources,
  wanted: (module: string) => boolean,
  options: Options,
): Promise<RegoTests> {
  const links = moduleLinks(modules);
  const files = Object.keys(modules).filter((module) => isTest(module) && wanted(module));
  const units: Unit[] = [];
  const reached = new Set<string>();
  for (const file of files.sort()) {
    const used = moduleClosure(links, file);
    for (const module of Object.keys(used)) reached.add(module);
    const run = await runUnit(used, '', options);
    units.push({ ...run, tests: run.tests.filter(({ location }) => location.file === file) });
  }
  const rest = Object.keys(modules).filter((one) => !isTest(one) && wanted(one) && !reached.has(one));
  for (const module of rest) units.push(await runUnit(moduleClosure(links, module), NO_TEST, options));
  return { tests: units.flatMap(({ tests }) => tests), rows: rowsOf(units) };
}

async function runUnit(
  modules: ModuleSources,
  filter: string,
  { data, regoVersions, cacheDir }: Options,
): Promise<Unit> {
  const regoVersion = versionsByModule(modules, regoVersions);
  const run = () => test({ modules, regoVersion, data, filter, coverage: true });
  if (Object.values(modules).some((text) => CHANGING.test(text))) return run();
  const content = ['test', TOOLCHAIN.sha256, modules, regoVersion, data, filter];
  try {
    return (await cached(cacheDir, content, () => run().then(passed))).value;
  } catch (error) {
    if (error instanceof NotAllPassed) return error.unit;
    throw error;
  }
}

/** Carries a run past the cache, which keeps what returns and not what throws. */
class NotAllPassed extends Error {
  constructor(readonly unit: Unit) {
    super('some tests did not pass');
  }
}

function passed(unit: Unit): Unit {
  if (unit.tests.every(({ status }) => status === 'pass' || status === 'skip')) return unit;
  throw new NotAllPassed(unit);
}

/** Returns the rows of all units. A row counts as run if any unit ran it. */
function rowsOf(units: readonly Unit[]): RegoTests['rows'] {
  const covered = new Map<string, Set<number>>();
  const all = new Map<string, Set<number>>();
  for (const [module, file] of units.flatMap(({ coverage }) => Object.entries(coverage?.files ?? {}))) {
    if (isTest(module)) continue;
    add(covered, module, rowsIn(file.covered));
    add(all, module, [...rowsIn(file.covered), ...rowsIn(file.notCovered)]);
  }
  const rows = [...all].map(([module, own]) => {
    const ran = covered.get(module) ?? new Set();
    const inOrder = [...own].sort((a, b) => a - b);
    const uncovered = inOrder.filter((row) => !ran.has(row));
    return [module, { covered: inOrder.filter((row) => ran.has(row)), uncovered }] as const;
  });
  return Object.fromEntries(rows);
}

function rowsIn(ranges: readonly LineRange[]): number[] {
  return ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
}

function add(sets: Map<string, Set<number>>, module: string, rows: readonly number[]): void {
  const set = sets.get(module) ?? new Set();
  for (const row of rows) set.add(row);
  sets.set(module, set);
}
