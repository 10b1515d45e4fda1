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

/** What stands between the outputs of two examples. */
const END = '--- end of an example ---';

const INPUTS = [
  'docs/rego.md',
  'dist/{opa,model,text,secrets,assets}/**/*.js',
  'src/opa/toolchain/toolchain.wasm.br',
];

describeUnlessProved('docs/rego.md', import.meta.url, INPUTS, () => {
  let printed: string[] = [];
  let stderr = '';

  // One process runs them all, one after the other: the toolchain starts once.
  beforeAll(async () => {
    dir = await mkdtemp(join(root, 'node_modules', '.examples-'));
    const files = examples.map((_, index) => `./example-${index}.mjs`);
    await Promise.all(
      examples.map(({ source }, index) =>
        writeFile(join(dir, files[index] ?? ''), source.replace("'./dist/", "'../../dist/")),
      ),
    );
    const all = files.map((file) => `await import('${file}');\nconsole.log('${END}');\n`);
    await writeFile(join(dir, 'all.mjs'), all.join(''));
    const ran = await promisify(execFile)(process.execPath, [join(dir, 'all.mjs')], { cwd: root });
    printed = ran.stdout.split(`${END}\n`);
    stderr = ran.stderr;
  });

  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('has its examples', () => {
    expect(examples.map(({ title }) => title)).toEqual(['Compile and evaluate', 'Check', 'Test', 'Trace']);
  });

  it.each(examples.map((example, index) => ({ ...example, index })))(
    'prints what it says: $title',
    ({ output, index }) => {
      expect(printed[index]).toBe(output);
      expect(stderr).toBe('');
    },
  );
});
