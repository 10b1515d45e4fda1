import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const script = fileURLToPath(new URL('scripts/prepare.mjs', root));

/** Prepares a clone with an npm that notes what it is called with. @returns its calls and the exit code. */
function prepare(dependencies: readonly string[], answers: { ci?: number; run?: number } = {}) {
  const clone = mkdtempSync(join(tmpdir(), 'keyproof-clone-'));
  const bin = join(clone, 'bin');
  for (const folder of [bin, ...dependencies.map((name) => join(clone, 'node_modules', name))])
    mkdirSync(folder, { recursive: true });
  const calls = join(clone, 'calls');
  const { ci = 0, run = 0 } = answers;
  const npm = `#!/bin/sh\necho "$*" >> '${calls}'\nif [ "$1" = ci ]; then exit ${ci}; fi\nexit ${run}\n`;
  writeFileSync(join(bin, 'npm'), npm, { mode: 0o755 });
  const { PATH = '' } = process.env;
  const env = { ...process.env, PATH: `${bin}${delimiter}${PATH}` };
  const { status } = spawnSync(process.execPath, [script], { cwd: clone, env });
  return { status, calls: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [] };
}

describe.skipIf(process.platform === 'win32')('An install from git', () => {
  const build = 'run --silent --global=false build';

  it('installs what the build needs first if npm prepares a clone without it, not into the folder of --global', () => {
    const { status, calls } = prepare([]);
    expect(calls).toEqual([
      expect.stringMatching(/^ci .*--global=false .*--include=dev .*--ignore-scripts/),
      build,
    ]);
    expect(status).toBe(0);
  });

  it('only builds if the dependencies are there', () => {
    expect(prepare(['typescript'])).toEqual({ status: 0, calls: [build] });
  });

  it('ends as the step that failed, and builds nothing on half an install', () => {
    expect(prepare([], { ci: 7 })).toEqual({ status: 7, calls: [expect.stringMatching(/^ci /)] });
    expect(prepare(['typescript'], { run: 2 })).toEqual({ status: 2, calls: [build] });
  });
});

it('package.json has npm call the script that builds', () => {
  expect((JSON.parse(read('package.json')) as { scripts: object }).scripts).toMatchObject({
    prepare: 'node scripts/prepare.mjs',
  });
});

it('The image has all that the package has but the examples', () => {
  const { files } = JSON.parse(read('package.json')) as { files: string[] };
  const dockerfile = read('Dockerfile');
  const sources = [...dockerfile.matchAll(/\/src\/([\w./-]+)/g)].map(([, path]) => path);
  for (const path of files.filter((name) => name !== 'examples')) expect(sources).toContain(path);
});
