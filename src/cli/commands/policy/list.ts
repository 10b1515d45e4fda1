import { Command } from 'commander';
import { allProblems, controlsByPolicy, EXIT, loadFrameworks, type PolicySet } from '../../../index.js';
import { columns, json, type Terminal } from '../../terminal.js';
import { type PolicyDirs, policiesOf, problemsText, withPolicyDirs } from './policy-dirs.js';

type Options = PolicyDirs & { json?: boolean };

/** `keyproof policy list`. */
export function listCommand(terminal: Terminal): Command {
  return withPolicyDirs(new Command('list'))
    .description('list the policies with what they examine and the controls they are evidence for')
    .option('--json', 'print as JSON on stdout')
    .action(async (options: Options) => {
      const set = await policiesOf(options);
      const rows = listed(set);
      if (options.json) terminal.out(json(rows));
      else terminal.out(listTable(rows));
      if (allProblems(set).length === 0) return;
      terminal.err(problemsText(allProblems(set)));
      process.exitCode = EXIT.usage;
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
