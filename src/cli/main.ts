#!/usr/bin/env node
import { EXIT } from '../model/index.js';
import { askerAt } from './ask.js';
import { run } from './run.js';
import { columnsOf } from './terminal.js';
import { tierUpLate } from './tier-up-late.js';
import type { Terminal } from './world.js';

tierUpLate();
const interrupt = (): never => process.exit(EXIT.interrupted);
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
// A reader such as `head` may close the pipe early; that is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.internal),
);

const desk = askerAt({ input: process.stdin, output: process.stderr, interrupt });
const terminal: Terminal = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  stdin: readStdin,
  isTTY: process.stderr.isTTY === true,
  columns: columnsOf(process.stderr),
  ...(process.stdout.isTTY ? { outColumns: columnsOf(process.stdout) } : {}),
  ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: desk.ask } : {}),
};

process.exitCode = await run(process.argv.slice(2), { cwd: process.cwd(), env: process.env, terminal });
desk.close();

async function readStdin(): Promise<string> {
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const part of process.stdin) text += String(part);
  return text;
}
