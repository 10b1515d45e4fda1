import { Command } from 'commander';
import type { Call } from '../../world.js';
import { checkCommand } from './check.js';
import { newCommand } from './new.js';

/** Creates `keyproof framework`; each subcommand has its own file. */
export function frameworkCommand(call: Call): Command {
  const command = new Command('framework').description('write and check frameworks of your own');
  for (const create of [newCommand, checkCommand]) command.addCommand(create(call));
  return command;
}
