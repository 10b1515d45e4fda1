import { Command } from 'commander';
import type { Terminal } from '../../terminal.js';
import { listCommand } from './list.js';
import { testCommand } from './test.js';

/** `keyproof policy ...`: a file a subcommand. */
export function policyCommand(terminal: Terminal): Command {
  const command = new Command('policy').description('work with policies');
  for (const create of [listCommand, testCommand]) command.addCommand(create(terminal));
  return command;
}
