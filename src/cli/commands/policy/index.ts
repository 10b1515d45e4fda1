import { Command } from 'commander';
import type { Call } from '../../world.js';
import { checkCommand } from './check.js';
import { evalCommand } from './eval.js';
import { fmtCommand } from './fmt.js';
import { listCommand } from './list.js';
import { newCommand } from './new.js';
import { testCommand } from './test.js';

const SUBCOMMANDS = [newCommand, checkCommand, fmtCommand, testCommand, evalCommand, listCommand];

/** Creates `keyproof policy`; each subcommand has its own file. */
export function policyCommand(call: Call): Command {
  const command = new Command('policy').description('work with policies');
  for (const create of SUBCOMMANDS) command.addCommand(create(call));
  return command;
}
