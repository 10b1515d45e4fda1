import { Command } from 'commander';
import { EXIT, type PolicyProblem, policyProblems } from '../../../index.js';
import { json, type Terminal } from '../../terminal.js';
import { type PolicyDirs, policySourcesOf, problemsText, withPolicyDirs } from './policy-dirs.js';

type Options = PolicyDirs & { json?: boolean };

/** `keyproof policy check`. */
export function checkCommand(terminal: Terminal): Command {
  return withPolicyDirs(new Command('check'))
    .description(
      "check the policies' sources: OPA's strict mode, input typed by the published schemas, METADATA, built-ins an audit has",
    )
    .argument('[dir...]', 'folders of further policies')
    .option('--json', 'print as JSON on stdout')
    .action(async (dirs: string[], options: Options) => {
      const set = await policySourcesOf(options, dirs);
      const problems = await policyProblems(set);
      if (options.json) terminal.out(json({ policies: set.policies.length, errors: problems.map(entry) }));
      else if (problems.length > 0) terminal.out(problemsText(problems));
      else terminal.out(`${set.policies.length} policies, no errors`);
      process.exitCode = problems.length > 0 ? EXIT.usage : EXIT.ok;
    });
}

function entry({ file, row, column, message, sourceLine, details }: PolicyProblem) {
  return {
    file,
    row,
    column: column ?? null,
    message,
    sourceLine: sourceLine ?? null,
    details: details ?? [],
  };
}
