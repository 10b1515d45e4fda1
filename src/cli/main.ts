#!/usr/bin/env node
import { EXIT, KeyproofError } from '../model/index.js';
import { createProgram } from './program.js';
import { processTerminal } from './terminal.js';

const terminal = processTerminal();

process.on('SIGINT', () => process.exit(EXIT.interrupted));
process.on('SIGTERM', () => process.exit(EXIT.interrupted));
// A reader such as `head` may close the pipe early; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.internal),
);

try {
  const program = await createProgram(terminal, process.argv.slice(2));
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (error instanceof KeyproofError) {
    terminal.err(`keyproof: ${error.message}`);
    return error.exitCode;
  }
  terminal.err(
    `keyproof: internal error; please report it with this text.\n${error instanceof Error ? error.stack : String(error)}`,
  );
  return EXIT.internal;
}
