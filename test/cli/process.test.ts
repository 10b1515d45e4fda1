import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { assetPath } from '../../src/assets/locate.js';
import { keyproof, keyproofProcess } from '../support/cli.js';

/** What only a process of its own shows: its exit code, its pipes, the signals it gets. */

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const story = (name: string): string => fileURLToPath(new URL(`../cases/${name}`, import.meta.url));
const scratch = (): string => mkdtempSync(join(tmpdir(), 'keyproof-process-'));

describe('the process ends with the exit code of the command', () => {
  test('0: the version, which is that of the package', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(keyproofProcess(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('1: findings, with the pack beside them and the summary on stderr', () => {
    const output = join(scratch(), 'pack');
    const args = ['audit', 'exports', '--as-of', '2026-09-30', '--format', 'json', '--output', output];
    const run = keyproofProcess([...args, '--fail-on', 'medium', '--json'], { cwd: story('findings-win') });
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ exitCode: 1 });
    expect(run.stderr).toContain('ncomplete');
    expect(existsSync(join(output, 'manifest.json'))).toBe(true);
  });

  test('2: wrong usage, in a sentence', () => {
    expect(keyproofProcess(['audti'])).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining("unknown command 'audti'"),
    });
  });

  test('2: an error that the user can mend, without a stack', () => {
    expect(keyproofProcess(['schema', 'asessment'])).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^keyproof: "asessment" is not a schema; did you mean "assessment"\?.*\n$/,
      ),
    });
  });

  test('5: a pack that is not what its manifest says', () => {
    const pack = join(scratch(), 'pack');
    mkdirSync(pack);
    cpSync(story('stranger-file/exports/notes.txt'), join(pack, 'notes.txt'));
    const output = join(scratch(), 'pack');
    const args = ['audit', '.', '--as-of', '2026-09-30', '--format', 'json', '--output', output, '--quiet'];
    expect(keyproofProcess([...args, '--fail-on', 'none'], { cwd: pack })).toMatchObject({
      code: 3,
      stderr: 'The run is incomplete for 1 reason: exit 3.\n',
    });
    cpSync(join(pack, 'notes.txt'), join(output, 'notes.txt'));
    expect(keyproofProcess(['verify', output])).toEqual({
      code: 5,
      stdout: 'notes.txt: is not in the manifest.\n',
      stderr: '',
    });
  });
});

describe('pipes', () => {
  test('all of a long output arrives', () => {
    const { code, stdout } = keyproofProcess(['frameworks', '--json']);
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(2 ** 16);
    expect(JSON.parse(stdout)).toHaveLength(readdirSync(assetPath('frameworks')).length);
  });

  test('a reader that closes stdout early is no error', async () => {
    const child = spawn(process.execPath, [main, 'frameworks', '--json']);
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += String(text);
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('a document comes from stdin', () => {
    const run = keyproofProcess(['policy', 'eval', 'input.owner', '--input', '-'], {
      stdin: '{"owner": "Zoë"}',
    });
    expect(run).toEqual({ code: 0, stdout: '"Zoë"\n', stderr: '' });
  });

  test.each([
    [{}, false, keyproofProcess],
    [{ FORCE_COLOR: '1' }, true, keyproofProcess],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, keyproof],
  ])('with %j colour on a pipe: %s', async (env, colour, command) => {
    const args = ['audit', 'exports', '--as-of', '2026-09-30', '--framework', 'gdpr', '--format', 'json'];
    const output = join(scratch(), 'pack');
    const run = await command([...args, '--output', output], {
      cwd: story('stranger-file'),
      env: { FORCE_COLOR: '', NO_COLOR: '', ...env },
    });
    expect(run.stderr.includes('\u001b[')).toBe(colour);
  });
});

describe('signals', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it with 130', async (signal) => {
    const dir = scratch();
    await keyproof(['policy', 'new', 'a-naming', '--dir', 'own'], { cwd: dir });
    const watching = ['policy', 'test', 'own', '--filter', 'a-naming', '--watch'];
    const child = spawn(process.execPath, [main, ...watching], { cwd: dir });
    child.stderr.once('data', () => child.kill(signal));
    child.stdout.resume();
    expect(await once(child, 'exit')).toEqual([130, null]);
  });

  test.skipIf(process.platform === 'win32').each(['Read 1 file', 'Judged controls'])(
    'an audit that is interrupted after “%s” leaves no evidence behind, and no pack',
    async (stage) => {
      const dir = scratch();
      const folders = ['exports', 'temporary', 'packs'].map((name) => join(dir, name));
      for (const folder of folders) mkdirSync(folder);
      writeFileSync(join(dir, 'exports', 'keys.csv'), 'key_id,name\nK-1,one\n');
      const args = [
        'audit',
        'exports',
        '--as-of',
        '2026-09-30',
        '--format',
        'json',
        '--output',
        'packs/pack',
      ];
      const env = { ...process.env, TMPDIR: join(dir, 'temporary') };
      const child = spawn(process.execPath, [main, ...args], { cwd: dir, env });
      child.stderr.on('data', (text) => String(text).includes(stage) && child.kill('SIGINT'));
      child.stdout.resume();
      expect(await once(child, 'exit')).toEqual([130, null]);
      expect(folders.slice(1).flatMap((folder) => readdirSync(folder))).toEqual([]);
    },
  );
});
