import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/closed-set.js';

/** What one output, one source or one command needs: an audit that asks for none of these does not load them. */
const HEAVY = [
  '@duckdb/node-api',
  '@libpdf/core',
  '@secretlint/core',
  '@secretlint/secretlint-rule-preset-recommend',
  'ajv',
  'handlebars',
  'octokit',
  'puppeteer-core',
  'read-excel-file',
  'write-excel-file',
];

/** Declarations that load a module when the one with them is loaded; what is imported as a type is not. */
const LOADS = /^(?:import|export)\s+(?!type\b)(?:([^;'"]*?)\s+from\s+)?'([^']+)';/gms;

it('what few runs need is loaded by those alone', () => {
  const packages = packagesLoadedBy(join(root, 'src/cli/commands/audit.ts'));
  expect(packages.size).toBeGreaterThan(5);
  expect(HEAVY.filter((name) => packages.has(name))).toEqual([]);
});

/** Packages that a module of ours loads, directly or through others. */
function packagesLoadedBy(file: string, seen = new Set<string>(), found = new Set<string>()): Set<string> {
  if (seen.has(file)) return found;
  seen.add(file);
  for (const [, names = '', reference = ''] of readFileSync(file, 'utf8').matchAll(LOADS)) {
    if (isOfTypes(names) || reference.startsWith('node:')) continue;
    const source = resolve(dirname(file), reference).replace(/\.js$/, '.ts');
    if (!reference.startsWith('.')) found.add(packageOf(reference));
    else if (existsSync(source)) packagesLoadedBy(source, seen, found);
  }
  return found;
}

/** Whether every name between braces is that of a type. */
function isOfTypes(names: string): boolean {
  const listed = /^\{(.*)\}$/s.exec(names.trim())?.[1]?.split(',') ?? [];
  const stated = listed.map((name) => name.trim()).filter((name) => name !== '');
  return stated.length > 0 && stated.every((name) => name.startsWith('type '));
}

function packageOf(reference: string): string {
  const parts = reference.split('/');
  return parts.slice(0, reference.startsWith('@') ? 2 : 1).join('/');
}
