import { resolve } from 'node:path';
import { Command } from 'commander';
import {
  allProblems,
  EXIT,
  type Framework,
  KeyproofError,
  loadFrameworks,
  type PolicySet,
  problemSentence,
} from '../../../index.js';
import { plural } from '../../../text/format.js';
import { json } from '../../terminal.js';
import type { Call } from '../../world.js';
import { type PolicyDirs, policiesOf, withPolicyDirs } from '../policy/policy-dirs.js';

type Options = PolicyDirs & { json?: boolean };
type Checked = { frameworks: Framework[]; errors: string[] };

/** Creates `keyproof framework check FILE...`. */
export function checkCommand(call: Call): Command {
  return withPolicyDirs(new Command('check'))
    .description(
      'check framework files as an audit does: schema, facts, policies and elements they name, grades, limitations',
    )
    .argument('<file...>', 'framework files, or folders of them')
    .option('--json', 'print as JSON on stdout')
    .action(async (files: string[], options: Options) => {
      const set = await policiesOf(call, options);
      const checked = files.map((file) => check(resolve(call.cwd, file), set));
      const errors = checked.flatMap((one) => one.errors);
      const frameworks = checked.flatMap((one) => one.frameworks);
      if (options.json) call.out(json({ frameworks: frameworks.map(({ id }) => id), errors }));
      else call.say([...errors, ...frameworks.map(summary)].join('\n'));
      call.ends(errors.length > 0 ? EXIT.usage : EXIT.ok);
    });
}

function check(path: string, set: PolicySet): Checked {
  const options = { policies: set.policies, unloaded: allProblems(set).map(problemSentence) };
  try {
    return { frameworks: loadFrameworks([path], options).frameworks, errors: [] };
  } catch (error) {
    if (!(error instanceof KeyproofError)) throw error;
    return { frameworks: [], errors: error.message.split('\n') };
  }
}

function summary({ id, controls }: Framework): string {
  const mapped = controls.flatMap(({ policies }) => policies).length;
  const untested = controls.filter(({ policies }) => policies.length === 0).length;
  return `${id}: ${plural(controls.length, 'control')}, ${plural(mapped, 'mapping')}, no errors; ${plural(untested, 'control is', 'controls are')} tested by no policy`;
}
