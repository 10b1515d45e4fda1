import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ask } from '../../src/cli/ask.js';

const desk = (terminal = false) => {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { isTTY: terminal, columns: 80 });
  return { input, output, interrupt: () => input.emit('interrupted') };
};

test('returns the line that is typed', async () => {
  const here = desk();
  const answered = ask(here, 'What is audited? ');
  here.input.write('bank\n');
  expect(await answered).toBe('bank');
  expect(String(here.output.read())).toBe('What is audited? ');
});

test('takes the end of input as an empty answer', async () => {
  const here = desk();
  const answered = ask(here, 'What is audited? ');
  here.input.end();
  expect(await answered).toBe('');
});

test('is interrupted by Ctrl-C', async () => {
  const here = desk(true);
  let interrupted = false;
  here.input.once('interrupted', () => {
    interrupted = true;
    here.input.end();
  });
  const answered = ask(here, 'What is audited? ');
  here.input.write('\u0003');
  await answered;
  expect(interrupted).toBe(true);
});
