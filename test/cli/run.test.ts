import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { run } from '../../dist/cli/run.js';
import { keyproof } from '../support/cli.js';

const story = (name: string): string => fileURLToPath(new URL(`../cases/${name}`, import.meta.url));
const scratch = (): string => mkdtempSync(join(tmpdir(), 'keyproof-run-'));

/** What a call may not touch. */
const ofTheProcess = () => ({
  exitCode: process.exitCode,
  cwd: process.cwd(),
  env: { ...process.env },
  listeners: process.eventNames().map((name) => [name, process.listenerCount(name)]),
});

describe('a command run in process', () => {
  test('leaves exit code, folder, environment and listeners of the process as they were', async () => {
    const before = ofTheProcess();
    const output = join(scratch(), 'pack');
    const args = ['audit', 'exports', '--as-of', '2026-09-30', '--format', 'json', '--output', output];
    expect(await keyproof([...args, '--fail-on', 'medium'], { cwd: story('findings-win') })).toMatchObject({
      code: 1,
    });
    expect(await keyproof(['audti'])).toMatchObject({ code: 2 });
    expect(ofTheProcess()).toEqual(before);
  });

  test('says the same however often it is run, and beside others in other folders', async () => {
    const inspect = (name: string) => keyproof(['inspect', 'exports', '--json'], { cwd: story(name) });
    const names = ['stranger-file', 'malformed-record', 'next-page'];
    const alone = [];
    for (const name of names) alone.push(await inspect(name));
    expect(await Promise.all(names.map(inspect))).toEqual(alone);
    expect(alone.map(({ code }) => code)).toEqual([0, 3, 3]);
  });

  test('takes up a file that has changed since the last call', async () => {
    const folder = scratch();
    cpSync(story('stranger-file/exports'), join(folder, 'exports'), { recursive: true });
    const keys = join(folder, 'exports/keys.csv');
    const records = async () =>
      (
        JSON.parse((await keyproof(['inspect', 'exports', '--json'], { cwd: folder })).stdout) as {
          files: { path: string; records: number }[];
        }
      ).files.find(({ path }) => path === 'keys.csv')?.records;
    expect(await records()).toBe(1);
    const text = readFileSync(keys, 'utf8').trimEnd();
    writeFileSync(keys, `${text}\n${text.split('\n').at(-1)?.replace('nb-', 'nb-x')}\n`);
    expect(await records()).toBe(2);
  });

  test('reads stdin, and draws progress on a terminal only if asked', async () => {
    const told = await keyproof(['policy', 'eval', 'input.a', '-i', '-'], { stdin: '{"a": [1]}' });
    expect(told).toEqual({ code: 0, stdout: '[\n  1\n]\n', stderr: '' });
    const drawn = async (...more: string[]) => {
      let text = '';
      const add = (more: string) => {
        text += more;
      };
      const terminal = { stdout: add, stderr: add, stdin: async () => '', isTTY: true, columns: 80 };
      const args = [
        'audit',
        'exports',
        '--as-of',
        '2026-09-30',
        '--format',
        'json',
        '-o',
        join(scratch(), 'p'),
      ];
      await run([...args, ...more], { cwd: story('stranger-file'), env: { NO_COLOR: '1' }, terminal });
      return text;
    };
    expect(await drawn()).toContain('\r\u001b[KReading 0 of ');
    expect(await drawn('--no-progress')).not.toContain('\u001b');
    expect(await drawn('--quiet')).toBe('');
  });

  test('an error of ours is reported with its stack and exit code 4', async () => {
    let said = '';
    const terminal = {
      stdout: () => {
        throw new TypeError('no paper');
      },
      stderr: (text: string) => {
        said += text;
      },
      stdin: async () => '',
      isTTY: false,
      columns: 80,
    };
    expect(await run(['schema'], { cwd: '/', env: {}, terminal })).toBe(4);
    expect(said).toMatch(
      /^keyproof: internal error; please report it with this text\.\nTypeError: no paper\n +at /,
    );
  });
});
