import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type Asker, askerAt } from '../../src/cli/ask.js';

const desk = (terminal = false) => {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { isTTY: terminal, columns: 80 });
  const { ask, close } = askerAt({ input, output, interrupt: () => input.emit('interrupted') });
  return { input, output, ask, close };
};

const askBoth = async ({ ask }: Pick<Asker, 'ask'>): Promise<string[]> => [
  await ask('What is audited? '),
  await ask('Where is it authorised? '),
];

test('returns the line that is typed', async () => {
  const here = desk();
  const answered = here.ask('What is audited? ');
  here.input.write('bank\n');
  expect(await answered).toBe('bank');
  expect(String(here.output.read())).toBe('What is audited? ');
});

test('takes the end of input as an empty answer', async () => {
  const here = desk();
  const answered = here.ask('What is audited? ');
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
  const answered = here.ask('What is audited? ');
  here.input.write('\u0003');
  await answered;
  expect(interrupted).toBe(true);
});

test.each([false, true])(
  'takes a line that came before its question as its answer (terminal: %s)',
  async (terminal) => {
    const here = desk(terminal);
    const answered = askBoth(here);
    here.input.write('bank\neu, uk\n');
    expect(await answered).toEqual(['bank', 'eu, uk']);
    expect(String(here.output.read())).toContain('Where is it authorised? eu, uk\n');
    here.close();
  },
);

test('keeps what was typed of an answer before its question', async () => {
  const here = desk(true);
  const first = here.ask('What is audited? ');
  here.input.write('bank\neu');
  expect(await first).toBe('bank');
  const second = here.ask('Where is it authorised? ');
  here.input.write(', uk\n');
  expect(await second).toBe('eu, uk');
  here.close();
});

test('asks again after Ctrl-D, and takes the end of input for every answer that is left', async () => {
  const here = desk(true);
  const first = here.ask('What is audited? ');
  here.input.write('\u0004');
  expect(await first).toBe('');
  const second = here.ask('Where is it authorised? ');
  here.input.write('eu\n');
  expect(await second).toBe('eu');
  const third = here.ask('Where else? ');
  here.input.end();
  expect([await third, await here.ask('Anything else? ')]).toEqual(['', '']);
});
