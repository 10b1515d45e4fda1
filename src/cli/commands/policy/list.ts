import { Command } from 'commander';
import { allProblems, controlsByPolicy, EXIT, loadFrameworks, type PolicySet } from '../../../index.js';
import { plural } from '../../../text/format.js';
import { json, table } from '../../terminal.js';
import type { Call } from '../../world.js';
import { type PolicyDirs, policiesOf, problemsText, withPolicyDirs } from './policy-dirs.js';

type Options = PolicyDirs & { json?: boolean };

/** Creates `keyproof policy list`. */
export function listCommand(call: Call): Command {
  return withPolicyDirs(new Command('list'))
    .description('list the policies with what they examine and the controls they are evidence for')
    .option('--json', 'print as JSON on stdout')
    .action(async (options: Options) => {
      const set = await policiesOf(call, options);
      const rows = listed(set);
      if (options.json) call.out(json(rows));
      else call.say(listTable(rows, call.terminal.outColumns));
      if (allProblems(set).length === 0) return;
      call.err(problemsText(allProblems(set)));
      call.ends(EXIT.usage);
    });
}

function listed({ policies }: PolicySet) {
  const controls = controlsByPolicy(loadFrameworks(null).frameworks);
  return policies.map(({ id, title, severity, subject, domain, regoVersion }) => ({
    id,
    title,
    severity,
    subject,
    domain,
    controls: controls.get(id) ?? [],
    ...(regoVersion === undefined ? {} : { regoVersion }),
  }));
}

function listTable(rows: ReturnType<typeof listed>, width: number | undefined): string {
  const cells = rows.map((row) => [
    row.id,
    row.severity,
    row.subject,
    String(row.controls.length),
    row.title,
  ]);
  const head = ['POLICY', 'SEVERITY', 'SUBJECT', 'CONTROLS', 'TITLE'];
  return `${table(head, cells, width)}\n\n${plural(rows.length, 'policy', 'policies')}. keyproof explain ID says more.${oldText(rows)}`;
}

/** Returns a note on policies in Rego v0, so that their maintainers know; empty if there are none. */
function oldText(rows: ReturnType<typeof listed>): string {
  const old = rows.filter(({ regoVersion }) => regoVersion === 'v0').map(({ id }) => id);
  if (old.length === 0) return '';
  return `\nRead as Rego v0, of before OPA 1.0: ${old.join(', ')}. keyproof policy fmt --v0-v1 --write DIR rewrites them.`;
}
