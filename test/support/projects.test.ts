import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fastGlob from 'fast-glob';
import { expect, test } from 'vitest';
import config from '../../vitest.config.js';
import { importsOf, root } from './closed-set.js';

type Project = { test: { name: string; include: string[]; exclude?: string[] } };

const projects = ((config as { test: { projects: Project[] } }).test.projects ?? []).map(({ test }) => ({
  name: test.name,
  files: fastGlob.sync(test.include, { cwd: root, ignore: test.exclude ?? [] }),
}));

const filesOf = (name: string) => projects.find((project) => project.name === name)?.files ?? [];

/** What a test file and its helpers say, by path. */
const saidBy = (file: string) =>
  [...importsOf(join(root, file))]
    .filter((path) => relative(root, path).startsWith('test/') && path.endsWith('.ts'))
    .map((path) => [relative(root, path), readFileSync(path, 'utf8')] as const);

test('every test file belongs to one project', () => {
  const all = fastGlob.sync('test/**/*.test.ts', { cwd: root }).sort();
  expect(projects.flatMap(({ files }) => files).sort()).toEqual(all);
});

/** An import of what is built, or of what starts a process. */
const HEAVY = /^(?:import .*|\} )from '(?:(?:\.\.\/)+dist\/|node:child_process')/m;

test.each(['unit', 'store', 'exports'])(
  'the tests of project %s need no build and start no process',
  (name) => {
    expect(filesOf(name).length).toBeGreaterThan(1);
    const heavy = filesOf(name).flatMap((file) =>
      saidBy(file).flatMap(([path, text]) => (HEAVY.test(text) ? [`${file} by ${path}`] : [])),
    );
    expect(heavy).toEqual([]);
  },
);
