import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeUnlessProved } from '../support/verdict.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = await readFile(join(root, 'docs/rego.md'), 'utf8');
const examples = [...text.matchAll(/## ([^\n]+)\n+```js\n(.*?)```\n+```text\n(.*?)```/gs)].map(
  ([, title = '', source = '', output = '']) => ({ title, source, output }),
);

let dir = '';

const INPUTS = [
  'docs/rego.md',
  'dist/{opa,model,text,secrets,assets}/**/*.js',
  'src/opa/toolchain/toolchain.wasm.br',
];

describeUnlessProved('docs/rego.md', import.meta.url, INPUTS, () => {
  beforeAll(async () => {
    dir = await mkdtemp(join(root, 'node_modules', '.examples-'));
  });

  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('has its examples', () => {
    expect(examples.map(({ title }) => title)).toEqual(['Compile and evaluate', 'Check', 'Test', 'Trace']);
  });

  it.each(examples)('prints what it says: $title', async ({ source, output }) => {
    const file = join(dir, 'example.mjs');
    await writeFile(file, source.replace("'./dist/", "'../../dist/"));
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { cwd: root });
    expect(stdout).toBe(output);
    expect(stderr).toBe('');
  });
});
