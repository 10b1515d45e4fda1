import { createInterface, type Interface } from 'node:readline/promises';
import type { Readable } from 'node:stream';

/** What a person is asked on: where answers are typed, and where questions are printed. */
export type Desk = { input: Readable; output: NodeJS.WritableStream; interrupt: () => void };

/** Asks a person, as long as it is not closed. */
export type Asker = {
  /**
   * Asks one line and returns it; a line that was typed or pasted before its question answers it. The end of input (Ctrl-D) is an empty
   * answer; Ctrl-C calls `interrupt`, and is no answer.
   */
  ask: (question: string) => Promise<string>;
  /** Lets go of the input, so that the process can end. */
  close: () => void;
};

/** Prepares to ask a person at a desk; nothing is read before the first question. */
export function askerAt(desk: Desk): Asker {
  const early: string[] = [];
  let lines: OpenLines | null = null;
  const ask = async (question: string): Promise<string> => {
    const typed = early.shift();
    if (typed !== undefined) desk.output.write(`${question}${typed}\n`);
    if (typed !== undefined) return typed;
    if (desk.input.readableEnded) return '';
    if (lines === null || lines.closed) lines = openLines(desk, early);
    return await Promise.race([lines.reader.question(question), lines.ended]);
  };
  return { ask, close: () => lines?.reader.close() };
}

type OpenLines = { reader: Interface; closed: boolean; ended: Promise<string> };

/** Opens the input; lines that nobody asked for yet go to `early`. */
function openLines({ input, output, interrupt }: Desk, early: string[]): OpenLines {
  const reader = createInterface({ input, output });
  reader.on('line', (line) => early.push(line));
  reader.on('SIGINT', interrupt);
  const ended = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
  const open: OpenLines = { reader, closed: false, ended };
  reader.once('close', () => {
    open.closed = true;
  });
  return open;
}
