import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closedSetHash, importsOf, root } from './closed-set.js';
import type { Verdict } from './verdict.js';

/** Test files of their own, in a folder of the repository, so that they import the helper as any other does. */
const folder = join(root, 'node_modules/.cache', `verdict-test-${process.pid}`);
const verdicts = mkdtempSync(join(tmpdir(), 'keyproof-verdicts-'));
const data = 'node_modules/.cache/verdict-test-*/data.txt';

const describes = (names: { [name: string]: string }): string =>
  [
    `import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';`,
    `import { describeUnlessProved } from '../../../test/support/verdict.js';`,
    `import { answer } from './answer.js';`,
    ...Object.entries(names).map(
      ([name, body]) =>
        `describeUnlessProved('${name}', import.meta.url, ['${data}'], () => {\n${body}\n}, [process.env.MACHINE ?? '']);`,
    ),
  ].join('\n');

const PASSES = `test('a', () => expect(answer).toBe(1)); describe('inside', () => { test('b', () => expect(1).toBe(1)); });`;

const FILES = {
  'data.txt': 'as it was',
  'answer.ts': 'export const answer = 1;\n',
  'vitest.config.ts': `export default { test: { root: '${folder}', include: ['*.test.ts'], reporters: ['${root}/test/support/verdict-reporter.ts'] } };\n`,
  'some.test.ts': describes({
    passes: PASSES,
    fails: `test('a', () => expect(1).toBe(1)); test('b', () => expect(1).toBe(2));`,
    'is skipped': `test.skip('a', () => undefined);`,
    'is skipped in part': `test('a', () => undefined); test.skip('b', () => undefined);`,
    'is to be written': `test('a', () => undefined); test.todo('b');`,
    'fails before all': `beforeAll(() => { throw new Error('no'); }); test('a', () => undefined);`,
    'fails after all': `afterAll(() => { throw new Error('no'); }); test('a', () => undefined);`,
    'fails before each': `beforeEach(() => { throw new Error('no'); }); test('a', () => undefined);`,
    'passes when tried again': `let n = 0; test('a', { retry: 1 }, () => expect(n++).toBe(1));`,
    'has no test': '',
    'fails inside, then passes': `describe('bad', () => { test('a', () => expect(1).toBe(2)); }); describe('good', () => { test('b', () => undefined); });`,
  }),
};

type Run = { status: number | null; stdout: string; kept: string[] };

function vitest(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Run {
  const bin = join(root, 'node_modules/vitest/vitest.mjs');
  const given = [
    'run',
    '--config',
    join(folder, 'vitest.config.ts'),
    '--root',
    folder,
    '--passWithNoTests',
    ...args,
  ];
  const { status, stdout } = spawnSync(process.execPath, [bin, ...given], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, CI: '', KEYPROOF_ALL_TESTS: '', KEYPROOF_VERDICTS: verdicts, ...env },
  });
  return { status, stdout, kept: keptNames() };
}

function keptNames(): string[] {
  if (!existsSync(verdicts)) return [];
  return readdirSync(verdicts)
    .map((name) => (JSON.parse(readFileSync(join(verdicts, name), 'utf8')) as Verdict).name)
    .sort();
}

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const tells = (tests: number) => expect.stringContaining(`${tests} tests of 1 groups were not run`) as string;

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) write(name, text);
});
afterAll(() => {
  for (const one of [folder, verdicts]) rmSync(one, { recursive: true, force: true });
});

describe('a verdict', () => {
  test('is kept of what passed whole, and of nothing else', () => {
    expect(vitest()).toMatchObject({ status: 1, kept: ['passes'] });
  });

  test('spares what passed, until what it depends on changes: data, a helper, the test, the machine', () => {
    write('some.test.ts', describes({ passes: PASSES }));
    expect(vitest()).toEqual({ status: 0, stdout: '', kept: ['passes', 'passes'] });
    expect(vitest()).toEqual({ status: 0, stdout: tells(2), kept: ['passes', 'passes'] });
    write('answer.ts', 'export const answer = 2;\n');
    expect(vitest()).toEqual({ status: 1, stdout: '', kept: ['passes', 'passes'] });
    write('answer.ts', FILES['answer.ts']);
    expect(vitest().stdout).toEqual(tells(2));
    write('data.txt', 'changed');
    expect(vitest()).toEqual({ status: 0, stdout: '', kept: ['passes', 'passes', 'passes'] });
    const elsewhere = vitest([], { MACHINE: 'another browser' });
    expect(elsewhere).toEqual({ status: 0, stdout: '', kept: ['passes', 'passes', 'passes', 'passes'] });
  });

  test('spares nothing in CI, or when every test is asked for', () => {
    expect(vitest([], { CI: 'true' }).stdout).toBe('');
    expect(vitest([], { KEYPROOF_ALL_TESTS: '1' }).stdout).toBe('');
  });

  test('is not kept of a part of the tests, nor in a run with an error outside its tests', () => {
    rmSync(verdicts, { recursive: true });
    expect(vitest(['-t', 'passes a'])).toEqual({ status: 0, stdout: '', kept: [] });
    write(
      'other.test.ts',
      `import { test } from 'vitest'; test('a', () => { void Promise.reject(new Error('late')); });`,
    );
    expect(vitest()).toMatchObject({ status: 1, kept: [] });
  });
});

test('what runs in a thread is of the set, whether its caller is compiled or not', () => {
  for (const file of ['test/support/cli.ts', 'src/evaluate/evaluate.ts', 'src/ingest/run-tasks.ts']) {
    const loaded = [...importsOf(join(root, file))].map((path) => relative(join(root, 'dist'), path));
    const expected = file.includes('ingest')
      ? ['ingest/worker.js']
      : ['evaluate/worker.js', 'evaluate/settle-elements.js'];
    expect(loaded, file).toEqual(expect.arrayContaining(expected));
  }
});

test('a glob that names no file is refused', () => {
  expect(() => closedSetHash(import.meta.filename, ['nowhere/**'])).toThrow('nowhere/** names no file');
});
