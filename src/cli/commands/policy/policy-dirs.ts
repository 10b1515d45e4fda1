import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  defaultCacheDir,
  loadPolicies,
  type PolicyProblem,
  type PolicySet,
  policyFolders,
} from '../../../index.js';
import type { Call } from '../../world.js';
import { collect } from '../plan-options.js';

/** Option of every command that reads policies. */
export type PolicyDirs = { policy?: string[] };

/** Adds `--policy`. */
export function withPolicyDirs(command: Command): Command {
  return command.option(
    '--policy <dir>',
    'folders of further policies, comma-separated or repeated',
    collect,
  );
}

/** Loads keyproof's own policies and those of the folders. */
export function policiesOf({ cwd, env }: Call, { policy = [] }: PolicyDirs): Promise<PolicySet> {
  const policyDirs = policy.map((dir) => resolve(cwd, dir));
  return loadPolicies(policyFolders({ policyDirs }), { overrides: {}, cacheDir: defaultCacheDir(env) });
}

/** Reads all these policies from source, keyproof's own too, for commands that check the sources. */
export function policySourcesOf(
  { cwd, env }: Call,
  { policy = [] }: PolicyDirs,
  further: readonly string[] = [],
): Promise<PolicySet> {
  const policyDirs = [...policy, ...further].map((dir) => resolve(cwd, dir));
  const options = { overrides: {}, cacheDir: defaultCacheDir(env), fromSources: true };
  return loadPolicies(policyFolders({ policyDirs }), options);
}

/** Formats problems as `opa check` does: file, row, column, sentence, and the text of the row. */
export function problemsText(problems: readonly PolicyProblem[]): string {
  return problems.map(problemText).join('\n');
}

function problemText({ file, row, column, message, sourceLine, details }: PolicyProblem): string {
  const place = `${file}:${row}:${column === undefined ? '' : `${column}:`}`;
  const line = sourceLine?.trim() ? [`\t${sourceLine.trim()}`] : [];
  return [`${place} ${message}`, ...line, ...(details ?? []).map((detail) => `\t${detail}`)].join('\n');
}
