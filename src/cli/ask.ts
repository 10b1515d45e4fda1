import { createInterface } from 'node:readline/promises';

/** What a person is asked on: where answers are typed, and where questions are printed. */
export type Desk = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream; interrupt: () => void };

/**
 * Asks a person one line and returns it. The end of input (Ctrl-D) is an empty answer; Ctrl-C calls `interrupt`, and is no answer.
 */
export async function ask({ input, output, interrupt }: Desk, question: string): Promise<string> {
  const lines = createInterface({ input, output });
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  lines.once('SIGINT', interrupt);
  return await Promise.race([lines.question(question), ended]).finally(() => lines.close());
}
