import { Command, type CommanderError } from 'commander';
import { EXIT, toolVersion } from '../index.js';
import { auditCommand } from './commands/audit.js';
import { doctorCommand } from './commands/doctor.js';
import { explainCommand } from './commands/explain.js';
import { frameworksCommand } from './commands/frameworks.js';
import { initCommand } from './commands/init.js';
import { inspectCommand } from './commands/inspect.js';
import { policyCommand } from './commands/policy/index.js';
import { schemaCommand } from './commands/schema.js';
import { verifyCommand } from './commands/verify.js';
import type { Terminal } from './terminal.js';

const EXIT_CODES = `
Exit codes:
  0    clean, or nothing at or above --fail-on
  1    findings at or above --fail-on
  2    usage, config or policy invalid
  3    incomplete: an input unreadable, records rejected, a policy failed, nothing evaluated, a report not written
  4    internal error
  5    verification failed
  130  interrupted
When both 1 and 3 hold, 1 wins and the summary says incomplete.`;

const COMMANDS = [
  auditCommand,
  inspectCommand,
  verifyCommand,
  explainCommand,
  frameworksCommand,
  policyCommand,
  initCommand,
  doctorCommand,
  schemaCommand,
];

/** The command line: every command, its options and help. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('keyproof')
    .description(
      'Audits API keys and credentials from the exports a bank already has, and writes the evidence pack.',
    )
    .version(toolVersion(), '-V, --version')
    .showHelpAfterError('(add --help for the options)')
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    .exitOverride(exitWithUsage)
    .addHelpText('after', EXIT_CODES);
  for (const create of COMMANDS) program.addCommand(inherit(create(terminal)));
  return program;
}

function inherit(command: Command): Command {
  command.exitOverride(exitWithUsage).showHelpAfterError('(add --help for the options)');
  for (const child of command.commands) inherit(child);
  return command;
}

/** Commander has printed its sentence already; help and version end well, everything else is wrong usage. */
function exitWithUsage(error: CommanderError): never {
  const asked = ['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(error.code);
  process.exit(asked && error.exitCode === 0 ? EXIT.ok : EXIT.usage);
}
