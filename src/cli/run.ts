import { CommanderError } from 'commander';
import { exhaustedError } from '../duckdb/exhausted.js';
import { EXIT, type ExitCode, KeyproofError } from '../model/index.js';
import { keyStatedIn, withFingerprintKey } from '../secrets/fingerprint-key.js';
import { createProgram } from './program.js';
import { errColumns, fitLines } from './terminal.js';
import type { Call, World } from './world.js';

const ASKED_FOR = ['commander.help', 'commander.helpDisplayed', 'commander.version'];

/**
 * Runs a command as `keyproof ARGS...` does, in this process. It reads and changes nothing of the process, so that
 * calls may follow one another or run side by side.
 *
 * @param args the arguments that follow `keyproof`.
 * @returns the exit code; errors are printed on `world.terminal.stderr`, never thrown.
 */
export async function run(args: readonly string[], world: World): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const call = callIn(args, world, (given) => {
    code = given;
  });
  try {
    await withFingerprintKey(keyStatedIn(world.env), async () => {
      const program = await createProgram(call, args);
      await program.parseAsync(args, { from: 'user' });
    });
    return code;
  } catch (error) {
    return reported(error, call);
  }
}

function callIn(args: readonly string[], world: World, ends: Call['ends']): Call {
  const { stdout, stderr, outColumns } = world.terminal;
  const fitted = (text: string, width?: number) => (width === undefined ? text : fitLines(text, width));
  return {
    ...world,
    args,
    out: (line) => stdout(`${line}\n`),
    say: (text) => stdout(`${fitted(text, outColumns)}\n`),
    err: (text) => stderr(`${fitted(text, errColumns(world.terminal))}\n`),
    ends,
  };
}

/** Returns the exit code of an error and prints the error, unless Commander has printed it already. */
function reported(error: unknown, { err }: Call): ExitCode {
  if (error instanceof CommanderError)
    return ASKED_FOR.includes(error.code) && error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const known = error instanceof KeyproofError ? error : exhaustedError(error);
  if (known) {
    err(`keyproof: ${known.message}`);
    return known.exitCode;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  err(`keyproof: internal error; please report it with this text.\n${stack}`);
  return EXIT.internal;
}
