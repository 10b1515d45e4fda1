import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../dist/cli/run.js';
import { keyproof } from '../support/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'keyproof-before-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEYS = 'key_id,environment,status,created\nnb-1,production,active,2026-01-05T08:00:00Z\n';

function bank(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, 'keys.csv'), KEYS);
  return path;
}

const FAST = ['--format', 'json', '--fail-on', 'none'];

describe('said before an audit begins', () => {
  test('an empty folder beside others makes the run incomplete: it may be a submodule that is not checked out', async () => {
    const vendor = join(folder, 'vendor');
    mkdirSync(vendor);
    const args = ['audit', bank('with-vendor'), vendor, '--output', join(folder, 'with-vendor-pack')];
    const { code, stdout } = await keyproof([...args, ...FAST, '--no-progress', '--json'], { cwd: folder });
    expect(code).toBe(3);
    expect(stdout).toContain(
      'vendor: no file matches; check the path in keyproof.yaml or on the command line, and, if it is a submodule, check it out.',
    );
  });

  test('an empty folder ends the run with one sentence and no pack', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const { code, stderr } = await keyproof(['audit', empty, ...FAST], { cwd: folder });
    expect(stderr).toBe(`keyproof: ${empty}: empty, there is no file to read; put the exports there.\n`);
    expect(code).toBe(3);
    expect(existsSync(join(folder, 'evidence-pack'))).toBe(false);
  });

  test('a missing PATH and an as-of date in the future first, a missing kind of entity before the result', async () => {
    const { stderr } = await keyproof(['audit', ...FAST, '--as-of', '2999-01-01'], { cwd: bank('bare') });
    const said = stderr.split('\n').filter((line) => line.startsWith('keyproof: '));
    expect(said).toEqual([
      'keyproof: auditing ./ (no PATH given)',
      'keyproof: as-of 2999-01-01 lies in the future: the exports cannot show what happens until then',
      expect.stringMatching(/^keyproof: nothing states what is audited, .*`entity: bank`/),
    ]);
  });

  test('an as-of date in the future is said in a quiet run too', async () => {
    const args = ['audit', ...FAST, '--as-of', '2999-01-01', '--quiet'];
    const { stderr } = await keyproof(args, { cwd: bank('quiet-future') });
    expect(stderr.split('\n')[0]).toBe(
      'keyproof: as-of 2999-01-01 lies in the future: the exports cannot show what happens until then',
    );
    expect(stderr).not.toContain('auditing ./');
  });

  test('nothing, if a path, the past and the entity are stated', async () => {
    const path = bank('stated');
    writeFileSync(join(path, 'keyproof.yaml'), 'entity: bank\n');
    const args = ['audit', path, ...FAST, '--as-of', '2026-09-30', '--no-progress'];
    const { stderr } = await keyproof([...args, '--organisation', 'Northbridge Bank'], { cwd: folder });
    expect(stderr).toMatch(/^Northbridge Bank, as of 30 September 2026/);
  });

  test('a home folder is not audited by mistake', async () => {
    const home = bank('home');
    const { code, stderr } = await keyproof(['audit', ...FAST], { cwd: home, env: { HOME: home } });
    expect(stderr).toContain('is no folder of exports; name one');
    expect(code).toBe(2);
  });
});

test('a quiet run prints the reason of an exit code other than 0, and nothing else', async () => {
  const path = bank('quiet');
  const args = ['audit', path, '--format', 'json', '--as-of', '2026-09-30', '--quiet', '-o', 'quiet-pack'];
  const { code, stderr } = await keyproof([...args, '--fail-on', 'low'], { cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^\d+ findings? at or above low \(--fail-on low\): exit 1\.\n$/);
});

describe('keyproof init', () => {
  const config = (path: string) => parse(readFileSync(join(path, 'keyproof.yaml'), 'utf8')) as object;

  test('shows what it found, and takes who is audited', async () => {
    const path = bank('init');
    const who = ['--organisation', 'Northbridge Bank', '--entity', 'bank', '--jurisdictions', 'eu,uk'];
    const { stderr } = await keyproof(['init', path, ...who]);
    expect(stderr).toMatch(/^FILE +FORMAT +RECORDS +GIVES +REJECTED +UNKNOWN\nkeys\.csv +\S+ +1 +1 key /);
    expect(config(path)).toMatchObject({
      organisation: 'Northbridge Bank',
      entity: 'bank',
      jurisdictions: ['eu', 'uk'],
    });
  });

  /** A terminal on which a person gives these answers, one after the other, and then leaves each question empty. */
  const person = (...answers: string[]) => {
    const asked: string[] = [];
    const said: string[] = [];
    const terminal = {
      stdout: () => undefined,
      stderr: (text: string) => void said.push(text),
      stdin: async () => '',
      isTTY: true,
      columns: 80,
      ask: async (question: string) => {
        asked.push(question);
        return answers[asked.length - 1] ?? '';
      },
    };
    return { asked, said, terminal };
  };

  test('asks on a terminal, and leaves open what is not answered', async () => {
    const path = bank('asked');
    const { asked, terminal } = person('PSP');
    expect(await run(['init', path], { cwd: folder, env: {}, terminal })).toBe(0);
    expect(asked).toHaveLength(2);
    expect(config(path)).toMatchObject({ entity: 'psp' });
    expect(config(path)).not.toHaveProperty('jurisdictions');
  });

  test('asks again after a wrong answer, with the nearest word', async () => {
    const path = bank('asked-again');
    const { asked, said, terminal } = person('bnak', 'bank', 'eu, ukk', 'eu, uk');
    expect(await run(['init', path], { cwd: folder, env: {}, terminal })).toBe(0);
    expect(asked.map((question) => question.split('?')[0])).toEqual([
      'What is audited',
      'What is audited',
      'Where is it authorised',
      'Where is it authorised',
    ]);
    expect(said.join('')).toContain('"bnak" is none; did you mean "bank"?\n');
    expect(said.join('')).toContain('"ukk" is none; did you mean "uk"?\n');
    expect(config(path)).toMatchObject({ entity: 'bank', jurisdictions: ['eu', 'uk'] });
  });

  test('ends on a wrong option before it asks anything', async () => {
    const { asked, said, terminal } = person('bank');
    const args = ['init', bank('stated-wrong'), '--jurisdictions', 'eu,ukk'];
    expect(await run(args, { cwd: folder, env: {}, terminal })).toBe(2);
    expect(asked).toEqual([]);
    expect(said.join('')).toContain('--jurisdictions: "ukk" is none; did you mean "uk"?');
  });

  test('refuses a kind that there is not, with the nearest', async () => {
    const { code, stderr } = await keyproof(['init', bank('wrong'), '--entity', 'bnak']);
    expect(stderr).toContain('--entity: "bnak" is none; did you mean "bank"?');
    expect(code).toBe(2);
  });
});
