import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import {
  allProblems,
  defaultCacheDir,
  EXIT,
  type ExitCode,
  KeyproofError,
  type Policy,
  type PolicySet,
  type PolicyTestRun,
  testPolicies,
  touchedPolicies,
} from '../../../index.js';
import { json } from '../../terminal.js';
import type { Call } from '../../world.js';
import { changedFiles } from './git-changes.js';
import { junitText } from './junit.js';
import { type PolicyDirs, policySourcesOf, withPolicyDirs } from './policy-dirs.js';
import { testText } from './test-text.js';
import { changesBelow } from './watch-files.js';

type Options = PolicyDirs & {
  json?: boolean;
  filter?: string;
  changed?: boolean;
  watch?: boolean;
  junit?: string;
};

/** Creates `keyproof policy test`. */
export function testCommand(call: Call): Command {
  return withPolicyDirs(new Command('test'))
    .description(
      'run the Rego tests, the examples through WASM, and drop each required field from each passing example',
    )
    .argument('[dir...]', 'folders of further policies')
    .option('--filter <text>', 'only policies whose id contains the text')
    .option('--changed', 'only policies whose files, or libraries they use, differ from git HEAD')
    .option('--watch', 'run again whenever a file changes')
    .option('--junit <file>', 'write the results as JUnit XML too')
    .option('--json', 'print as JSON on stdout')
    .action(async (dirs: string[], options: Options) => {
      if (options.watch) await watchAndRun(call, dirs, options);
      else await runOnce(call, dirs, options);
    });
}

async function runOnce(call: Call, dirs: string[], options: Options): Promise<PolicySet> {
  const set = await policySourcesOf(call, options, dirs);
  const only = await chosen(set, options);
  const run = await testPolicies(set, {
    cacheDir: defaultCacheDir(call.env),
    ...(only === undefined ? {} : { only }),
  });
  if (options.junit !== undefined) await writeFile(resolve(call.cwd, options.junit), junitText(run));
  if (options.json) call.out(json(run));
  else call.out(testText(run));
  call.ends(exitCodeOf(set, run));
  return set;
}

async function watchAndRun(call: Call, dirs: string[], options: Options): Promise<void> {
  const { folders } = await runOnce(call, dirs, options);
  call.err('\nWaiting for changes; Ctrl-C ends.');
  for await (const _ of changesBelow(folders.map(({ dir }) => dir))) {
    await runOnce(call, dirs, options).catch((error: unknown) => {
      if (!(error instanceof KeyproofError)) throw error;
      call.err(`keyproof: ${error.message}`);
    });
    call.err('\nWaiting for changes; Ctrl-C ends.');
  }
}

async function chosen(
  set: PolicySet,
  { filter, changed }: Options,
): Promise<((policy: Policy) => boolean) | undefined> {
  if (filter === undefined && !changed) return undefined;
  const touched = changed ? touchedPolicies(set, await changedIn(set)) : undefined;
  return ({ id }) => id.includes(filter ?? '') && (touched?.has(id) ?? true);
}

/** Returns changed files. Installed policies are in no repository; a bundle is one file that is not edited here. */
async function changedIn({ folders }: PolicySet): Promise<string[]> {
  const open = folders.filter(({ dir }) => !/\.(tar\.gz|tgz)$/.test(dir));
  const files = open.map(({ dir, builtIn }) =>
    builtIn ? changedFiles(dir).catch(() => []) : changedFiles(dir),
  );
  return (await Promise.all(files)).flat();
}

function exitCodeOf(set: PolicySet, run: PolicyTestRun): ExitCode {
  if (allProblems(set).length > 0) return EXIT.usage;
  return run.failed > 0 ? EXIT.findings : EXIT.ok;
}
