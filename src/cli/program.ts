import { Command, type CommanderError } from 'commander';
import { toolVersion } from '../assets/tool-version.js';
import { EXIT } from '../model/index.js';
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

type CreateCommand = (terminal: Terminal) => Command;

/** The commands in the order of the help text. Each is loaded when it is called, or when the help lists them all. */
const COMMANDS: ReadonlyMap<string, () => Promise<CreateCommand>> = new Map([
  ['audit', async () => (await import('./commands/audit.js')).auditCommand],
  ['inspect', async () => (await import('./commands/inspect.js')).inspectCommand],
  ['verify', async () => (await import('./commands/verify.js')).verifyCommand],
  ['explain', async () => (await import('./commands/explain/index.js')).explainCommand],
  ['frameworks', async () => (await import('./commands/frameworks.js')).frameworksCommand],
  ['policy', async () => (await import('./commands/policy/index.js')).policyCommand],
  ['init', async () => (await import('./commands/init.js')).initCommand],
  ['doctor', async () => (await import('./commands/doctor.js')).doctorCommand],
  ['schema', async () => (await import('./commands/schema.js')).schemaCommand],
]);

const VERSION_FLAGS = ['-V', '--version'];

/**
 * The command line: options, help, and the commands that the arguments may need.
 *
 * @param args what stands behind `keyproof`.
 */
export async function createProgram(terminal: Terminal, args: readonly string[]): Promise<Command> {
  const program = new Command('keyproof')
    .description(
      'Audits API keys and credentials from the exports a bank already has, and writes the evidence pack.',
    )
    .version(toolVersion(), '-V, --version')
    .showHelpAfterError('(add --help for the options)')
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    .exitOverride(exitWithUsage)
    .addHelpText('after', EXIT_CODES);
  for (const create of await commandsFor(args)) program.addCommand(inherit(create(terminal)));
  return program;
}

/** The command that is called, none for the version, all where the first argument names none. */
function commandsFor([first = '']: readonly string[]): Promise<CreateCommand[]> {
  const called = COMMANDS.get(first);
  const needed = called ? [called] : VERSION_FLAGS.includes(first) ? [] : [...COMMANDS.values()];
  return Promise.all(needed.map((load) => load()));
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
