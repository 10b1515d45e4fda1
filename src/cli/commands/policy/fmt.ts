import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { createTwoFilesPatch } from 'diff';
import fastGlob from 'fast-glob';
import { detectRegoVersions, EXIT, format, KeyproofError } from '../../../index.js';
import { writtenText } from '../../../text/encoding.js';
import type { Call } from '../../world.js';

type Options = { check?: boolean; diff?: boolean; write?: boolean; v0V1?: boolean };

/** A file with its text before and after. */
type Formatted = { path: string; before: string; after: string };

/** Creates `keyproof policy fmt [PATH...]`, which does what `opa fmt` does. */
export function fmtCommand(call: Call): Command {
  return new Command('fmt')
    .description('format Rego as opa fmt does; without an option the formatted text goes to stdout')
    .argument('[path...]', 'files and folders (default: this folder)')
    .option('--check', 'list the files that are not formatted; exit code 1 if there are any')
    .option('-d, --diff', 'print what would change')
    .option('-w, --write', 'write the files')
    .option('--v0-v1', 'rewrite files of before OPA 1.0 so that OPA takes them as Rego v0 and as v1')
    .action(async (paths: string[], options: Options) => {
      const files = await formatted(call.cwd, paths.length === 0 ? ['.'] : paths, options);
      const changed = files.filter(({ before, after }) => before !== after);
      if (options.diff) for (const file of changed) call.out(diffText(file));
      if (options.write) await writeAll(call, changed);
      else if (options.check && !options.diff) for (const { path } of changed) call.out(path);
      else if (!options.diff) for (const { after } of files) call.out(after.trimEnd());
      if (options.check && !options.write && changed.length > 0) call.ends(EXIT.findings);
    });
}

async function formatted(
  cwd: string,
  paths: readonly string[],
  { v0V1 = false }: Options,
): Promise<Formatted[]> {
  const found = (await Promise.all(paths.map((path) => regoFiles(cwd, path)))).flat();
  const names = [...new Set(found)].sort();
  if (names.length === 0) throw new KeyproofError(`${paths.join(', ')}: no .rego file here or below.`);
  const texts = await Promise.all(
    names.map(async (path) => [path, await sourceIn(resolve(cwd, path), path)] as const),
  );
  const modules = Object.fromEntries(texts);
  const after = v0V1 ? await rewritten(modules) : await format({ modules });
  return texts.map(([path, before]) => ({ path, before, after: after[path] ?? before }));
}

/** @throws KeyproofError if it is not in UTF-8: what cannot be read as it is must not be written back */
async function sourceIn(file: string, shown: string): Promise<string> {
  const { text, fault } = writtenText(await readFile(file));
  if (fault !== null) throw new KeyproofError(`${shown}: ${fault}`);
  return text;
}

async function rewritten(modules: { [path: string]: string }): Promise<{ [path: string]: string }> {
  const versions = await detectRegoVersions({ modules });
  const [old, others] = [true, false].map((wanted) =>
    Object.fromEntries(Object.entries(modules).filter(([path]) => (versions[path] === 'v0') === wanted)),
  );
  return {
    ...(await format({ modules: others ?? {} })),
    ...(await format({ modules: old ?? {}, regoVersion: 'v0', to: 'v0v1' })),
  };
}

async function regoFiles(cwd: string, path: string): Promise<string[]> {
  const known = await stat(resolve(cwd, path)).catch(() => {
    throw new KeyproofError(`${path}: no such file or folder; check the path.`);
  });
  if (known.isFile()) return [path];
  const inside = await fastGlob('**/*.rego', { cwd: resolve(cwd, path), ignore: ['**/node_modules/**'] });
  return inside.map((name) => (path === '.' ? name : `${path.replace(/[\\/]+$/, '')}/${name}`));
}

function diffText({ path, before, after }: Formatted): string {
  return createTwoFilesPatch(path, path, before, after, 'as it is', 'formatted').trimEnd();
}

async function writeAll(call: Call, changed: readonly Formatted[]): Promise<void> {
  for (const { path, after } of changed) {
    await writeFile(resolve(call.cwd, path), after);
    call.err(path);
  }
}
