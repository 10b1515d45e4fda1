import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, SerializedError, TestModule, TestSuite } from 'vitest/node';
import { VERDICTS, type Verdict } from './verdict.js';

/**
 * Keeps the verdict of a describe all of whose tests ran and passed, in a file that was read to its end, in a run without
 * an error outside its tests; says how many tests were skipped because of verdicts kept before.
 */
export default class VerdictReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: string): void {
    if (unhandled.length === 0 && reason !== 'interrupted')
      for (const module of modules) keepVerdicts(module);
    report(modules);
  }
}

function keepVerdicts(module: TestModule): void {
  if (module.errors().length > 0) return;
  for (const suite of outermost(module, 'verdictKey')) {
    const { verdictKey } = suite.meta();
    if (verdictKey !== undefined && hasPassed(suite)) keep(verdictKey, suite);
  }
}

/** Describes that have something in their meta themselves: a describe inherits what those around it have. */
function outermost(module: TestModule, name: 'verdict' | 'verdictKey'): TestSuite[] {
  return [...module.children.allSuites()].filter(
    (suite) =>
      suite.meta()[name] !== undefined &&
      (suite.parent.type === 'module' || suite.parent.meta()[name] === undefined),
  );
}

/** Whether there are tests and each was run and passed, at the first attempt, and no hook failed. */
export function hasPassed(suite: TestSuite): boolean {
  const tests = [...suite.children.allTests()];
  const suites = [suite, ...suite.children.allSuites()];
  return (
    tests.length > 0 &&
    suites.every((one) => one.state() === 'passed' && one.errors().length === 0) &&
    tests.every((test) => test.result().state === 'passed' && test.diagnostic()?.flaky !== true)
  );
}

function keep(key: string, suite: TestSuite): void {
  const tests = [...suite.children.allTests()].length;
  const verdict: Verdict = { name: suite.fullName, tests, passedAt: new Date().toISOString() };
  mkdirSync(VERDICTS, { recursive: true });
  writeFileSync(join(VERDICTS, `${key}.json`), JSON.stringify(verdict));
}

function report(modules: readonly TestModule[]): void {
  const suites = modules.flatMap((module) => outermost(module, 'verdict'));
  const kept = suites.flatMap((suite) => suite.meta().verdict ?? []);
  if (kept.length === 0) return;
  const tests = kept.reduce((sum, verdict) => sum + verdict.tests, 0);
  process.stdout.write(
    `\n${tests} tests of ${kept.length} groups were not run: nothing they depend on has changed since they passed. KEYPROOF_ALL_TESTS=1 npm test runs them.\n`,
  );
}
