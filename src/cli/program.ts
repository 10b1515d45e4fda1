import { Command, Help, type OutputConfiguration } from 'commander';
import { toolVersion } from '../assets/tool-version.js';
import { columns, fitLines, takesColor } from './terminal.js';
import type { Call } from './world.js';

const EXIT_CODES = [
  ['  0', 'clean, or nothing at or above --fail-on'],
  ['  1', 'findings at or above --fail-on'],
  ['  2', 'usage, config or policy invalid'],
  [
    '  3',
    'incomplete: an input unreadable, records rejected, a policy failed, nothing evaluated, a report not written',
  ],
  ['  4', 'internal error'],
  ['  5', 'verification failed'],
  ['  130', 'interrupted'],
];
const BOTH = 'When both 1 and 3 hold, 1 wins and the summary says incomplete.';

type CreateCommand = (call: Call) => Command;

/** The commands in the order of the help text. Each is loaded when it is called, or when the help lists them all. */
const COMMANDS: ReadonlyMap<string, () => Promise<CreateCommand>> = new Map([
  ['audit', async () => (await import('./commands/audit.js')).auditCommand],
  ['inspect', async () => (await import('./commands/inspect.js')).inspectCommand],
  ['scan', async () => (await import('./commands/scan.js')).scanCommand],
  ['collect', async () => (await import('./commands/collect/index.js')).collectCommand],
  ['report', async () => (await import('./commands/report.js')).reportCommand],
  ['diff', async () => (await import('./commands/diff.js')).diffCommand],
  ['merge', async () => (await import('./commands/merge.js')).mergeCommand],
  ['verify', async () => (await import('./commands/verify.js')).verifyCommand],
  ['explain', async () => (await import('./commands/explain/index.js')).explainCommand],
  ['frameworks', async () => (await import('./commands/frameworks.js')).frameworksCommand],
  ['framework', async () => (await import('./commands/framework/index.js')).frameworkCommand],
  ['waivers', async () => (await import('./commands/waivers.js')).waiversCommand],
  ['policy', async () => (await import('./commands/policy/index.js')).policyCommand],
  ['init', async () => (await import('./commands/init.js')).initCommand],
  ['doctor', async () => (await import('./commands/doctor.js')).doctorCommand],
  ['schema', async () => (await import('./commands/schema.js')).schemaCommand],
]);

const VERSION_FLAGS = ['-V', '--version'];

/**
 * Creates the command line: options, help, and the commands that the arguments may need.
 *
 * @param args the arguments that follow `keyproof`.
 */
export async function createProgram(call: Call, args: readonly string[]): Promise<Command> {
  const program = new Command('keyproof')
    .description(
      'Audits API keys and credentials from the exports a bank already has, and writes the evidence pack.',
    )
    .version(toolVersion(), '-V, --version')
    .showHelpAfterError('(add --help for the options)')
    .configureOutput(outputOf(call))
    .exitOverride()
    .configureHelp({ formatItem })
    .addHelpText('after', () => exitCodes(helpWidth(call)));
  for (const create of await commandsFor(args)) program.addCommand(inherit(create(call), program));
  return program;
}

/** Sends help and usage errors to the terminal of the call, in its width; 80 columns if it is no terminal. */
function outputOf(call: Call): OutputConfiguration {
  const width = () => helpWidth(call);
  const color = () => takesColor(call);
  return {
    writeOut: call.terminal.stdout,
    writeErr: call.terminal.stderr,
    getOutHelpWidth: width,
    getErrHelpWidth: width,
    getOutHasColors: color,
    getErrHasColors: color,
  };
}

function helpWidth({ terminal: { isTTY, columns } }: Call): number {
  return isTTY ? columns : 80;
}

function exitCodes(width: number): string {
  return `\nExit codes:\n${columns(EXIT_CODES, width)}\n${fitLines(BOTH, width)}`;
}

/** Puts what an option or a command is for below it if there is no room beside it; commander breaks no line then. */
function formatItem(this: Help, term: string, termWidth: number, description: string, helper: Help): string {
  const width = this.helpWidth ?? 80;
  const beside = width - termWidth - 4 >= this.minWidthToWrap;
  if (beside || description === '')
    return Help.prototype.formatItem.call(this, term, termWidth, description, helper);
  return fitLines(`  ${term}\n      ${description}`, width);
}

/** Loads the called command: none for the version, all if the first argument names no command. */
function commandsFor([first = '']: readonly string[]): Promise<CreateCommand[]> {
  const called = COMMANDS.get(first);
  const needed = called ? [called] : VERSION_FLAGS.includes(first) ? [] : [...COMMANDS.values()];
  return Promise.all(needed.map((load) => load()));
}

function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
  return command;
}
