import { resolve } from 'node:path';
import { Command } from 'commander';
import {
  controlsByPolicy,
  EXIT,
  loadFrameworks,
  loadPolicies,
  type PolicySet,
  type PolicyTestRun,
  policyRoots,
  testPolicies,
} from '../../index.js';
import { columns, json, type Terminal } from '../terminal.js';
import { collect } from './plan-options.js';

type Options = { policy?: string[]; json?: boolean; filter?: string };

/** `keyproof policy list|test`. */
export function policyCommand(terminal: Terminal): Command {
  return new Command('policy')
    .description('work with policies')
    .addCommand(listCommand(terminal))
    .addCommand(testCommand(terminal));
}

function listCommand(terminal: Terminal): Command {
  return withPolicyDirs(new Command('list'))
    .description('list the policies with what they examine and the controls they are evidence for')
    .option('--json', 'print as JSON on stdout')
    .action(async (options: Options) => {
      const rows = listed(await policiesOf(options));
      if (options.json) terminal.out(json(rows));
      else terminal.out(listTable(rows));
    });
}

function testCommand(terminal: Terminal): Command {
  return withPolicyDirs(new Command('test'))
    .description(
      'run the Rego tests, the examples through WASM, and drop each required field from each passing example',
    )
    .option('--filter <text>', 'only policies whose id contains the text')
    .option('--json', 'print as JSON on stdout')
    .action(async (options: Options) => {
      const run = await testPolicies(
        await policiesOf(options),
        options.filter === undefined ? {} : { filter: options.filter },
      );
      if (options.json) terminal.out(json(run));
      else terminal.out(testText(run));
      process.exitCode = run.failed > 0 ? EXIT.findings : EXIT.ok;
    });
}

function withPolicyDirs(command: Command): Command {
  return command.option(
    '--policy <dir>',
    'folders of further policies, comma-separated or repeated',
    collect,
  );
}

function policiesOf(options: Options): Promise<PolicySet> {
  return loadPolicies(policyRoots({ policyDirs: (options.policy ?? []).map((dir) => resolve(dir)) }), {
    overrides: {},
  });
}

function listed({ policies }: PolicySet) {
  const controls = controlsByPolicy(loadFrameworks(null).frameworks);
  return policies.map(({ id, title, severity, subject, domain }) => ({
    id,
    title,
    severity,
    subject,
    domain,
    controls: controls.get(id) ?? [],
  }));
}

function listTable(rows: ReturnType<typeof listed>): string {
  const cells = rows.map((row) => [
    row.id,
    row.severity,
    row.subject,
    String(row.controls.length),
    row.title,
  ]);
  return `${columns([['POLICY', 'SEVERITY', 'SUBJECT', 'CONTROLS', 'TITLE'], ...cells])}\n\n${rows.length} policies. keyproof explain ID says more.`;
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
