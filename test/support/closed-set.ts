import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastGlob from 'fast-glob';
import { WORKERS } from '../../src/assets/locate.js';

/** Folder of the repository, without a slash at its end. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Import and export declarations, dynamic imports, and files beside a module that it names by URL. */
const REFERENCES = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)(['"])(\.{1,2}\/[^'"]+)\1/g;

/** What the program reads when it runs, beside its modules. */
export const PROGRAM_FILES = [
  'policies/**',
  'rule-book/**',
  'frameworks/**',
  'templates/**',
  'src/model/schemas/**',
  'src/opa/toolchain/toolchain.wasm.br',
  'package.json',
];

/** What a step of the Action runs, as tests build it, and what answers it. */
export const ACTION_FILES = [
  ...PROGRAM_FILES,
  'dist/**',
  'action.yml',
  'scripts/build-action.mjs',
  'test/action/{step-host,kept-audits}.mjs',
  'test/support/github/*.json',
];

/** What the store reads when it runs, beside its modules. */
export const STORE_FILES = ['src/model/schemas/*.json', 'package.json'];

/** Files that every test depends on: versions of what is installed, how it is compiled and run, who keeps verdicts. */
const ALWAYS = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vitest.config.ts',
  'test/support/verdict-reporter.ts',
];

/** Where code names the entry file of a thread. */
const THREAD = /\bworkerUrl\(\s*'(\w+)'/g;

/**
 * Files of ours that a module loads, directly or through others, itself included, as absolute paths. What it takes from
 * dist/ counts as it lies there: that is what runs. So does what its threads load.
 */
export function importsOf(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!/\.(ts|mjs|js)$/.test(file)) return seen;
  const text = readFileSync(file, 'utf8');
  const loaded = [...text.matchAll(REFERENCES)].map(([, , reference = '']) =>
    resolve(dirname(file), reference),
  );
  const threads = [...text.matchAll(THREAD)].map(([, name]) => entryOf(name as keyof typeof WORKERS));
  for (const path of [...loaded, ...threads]) {
    const found = existing(path);
    if (found !== undefined) importsOf(found, seen);
  }
  return seen;
}

/** The entry file of a thread, which runs what is in dist/. */
function entryOf(worker: keyof typeof WORKERS): string {
  return join(root, 'dist', WORKERS[worker]);
}

/** The file that a reference means: TypeScript names the source of a module by what it compiles to. */
function existing(path: string): string | undefined {
  return [path, path.replace(/\.js$/, '.ts')].find((name) => existsSync(name) && statSync(name).isFile());
}

/**
 * SHA-256 over everything that a test may depend on: its own file and what it loads, the files that the globs name, the
 * files behind every test, the version of Node and the platform.
 *
 * @param globs from the root of the repository.
 * @throws if a glob names no file.
 */
export function closedSetHash(testFile: string, globs: readonly string[]): string {
  const named = globs.flatMap((glob) => {
    const files = fastGlob.sync(glob, { cwd: root, absolute: true, dot: true });
    if (files.length === 0) throw new Error(`${relative(root, testFile)}: ${glob} names no file.`);
    return files;
  });
  const always = ALWAYS.map((name) => join(root, name));
  const files = [...new Set([...importsOf(testFile), ...named, ...always])].sort();
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}\n`);
  for (const file of files) hash.update(`${relative(root, file)}\0${hashOf(file)}\n`);
  return hash.digest('hex');
}

/** Hashes by file, size and time of the last change: describes depend on the same thousand files. */
const hashes = new Map<string, string>();

function hashOf(file: string): string {
  const { size, mtimeMs } = statSync(file);
  const version = `${file} ${size} ${mtimeMs}`;
  const hash = hashes.get(version) ?? createHash('sha256').update(readFileSync(file)).digest('hex');
  hashes.set(version, hash);
  return hash;
}
