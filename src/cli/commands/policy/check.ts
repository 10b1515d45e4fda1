import { Command } from 'commander';
import { defaultCacheDir, EXIT, type PolicyProblem, policyProblems } from '../../../index.js';
import { plural } from '../../../text/format.js';
import { json } from '../../terminal.js';
import type { Call } from '../../world.js';
import { type PolicyDirs, policySourcesOf, problemsText, withPolicyDirs } from './policy-dirs.js';

type Options = PolicyDirs & { json?: boolean };

/** Creates `keyproof policy check`. */
export function checkCommand(call: Call): Command {
  return withPolicyDirs(new Command('check'))
    .description(
      "check the policies' sources: OPA's strict mode, input typed by the published schemas, METADATA, built-ins an audit has",
    )
    .argument('[dir...]', 'folders of further policies')
    .option('--json', 'print as JSON on stdout')
    .action(async (dirs: string[], options: Options) => {
      const set = await policySourcesOf(call, options, dirs);
      const problems = await policyProblems(set, { cacheDir: defaultCacheDir(call.env) });
      if (options.json) call.out(json({ policies: set.policies.length, errors: problems.map(entry) }));
      else if (problems.length > 0) call.out(problemsText(problems));
      else call.say(`${plural(set.policies.length, 'policy', 'policies')}, no errors`);
      call.ends(problems.length > 0 ? EXIT.usage : EXIT.ok);
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
