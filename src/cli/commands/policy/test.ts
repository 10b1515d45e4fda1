import { Command } from 'commander';
import { allProblems, EXIT, type PolicySet, type PolicyTestRun, testPolicies } from '../../../index.js';
import { json, type Terminal } from '../../terminal.js';
import { type PolicyDirs, policiesOf, withPolicyDirs } from './policy-dirs.js';

type Options = PolicyDirs & { json?: boolean; filter?: string };

/** `keyproof policy test`. */
export function testCommand(terminal: Terminal): Command {
  return withPolicyDirs(new Command('test'))
    .description(
      'run the Rego tests, the examples through WASM, and drop each required field from each passing example',
    )
    .option('--filter <text>', 'only policies whose id contains the text')
    .option('--json', 'print as JSON on stdout')
    .action(async (options: Options) => {
      const set = await policiesOf(options);
      const run = await testPolicies(set, options.filter === undefined ? {} : { filter: options.filter });
      if (options.json) terminal.out(json(run));
      else terminal.out(testText(run));
      process.exitCode = exitCodeOf(set, run);
    });
}

function exitCodeOf(set: PolicySet, run: PolicyTestRun): number {
  if (allProblems(set).length > 0) return EXIT.usage;
  return run.failed > 0 ? EXIT.findings : EXIT.ok;
}

function testText(run: PolicyTestRun): string {
  const failures = run.results.filter((result) => result.outcome !== 'pass');
  const lines = failures.map(
    (result) => `FAIL ${result.policy} ${result.kind} ${result.name}\n     ${result.message ?? ''}`,
  );
  return [
    ...lines,
    `${run.passed} passed, ${run.failed} failed; ${run.coverage.toFixed(1)} % of policy lines covered`,
  ].join('\n');
}
