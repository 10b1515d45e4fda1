import { type Inspection, inspect } from '../check.js';
import { contentKey } from '../compile-cache.js';
import { withOverrides } from './params.js';
import { type DeclaredPolicy, declaredPolicies } from './policy-metadata.js';
import {
  isTest,
  type LoadPoliciesOptions,
  type PolicyFolder,
  type PolicySet,
  ruleModules,
} from './policy-set.js';
import { readPolicyFiles } from './read-modules.js';

/** A set with what compiling it needs beside the policies themselves. */
export type LoadedSet = PolicySet & {
  /** The policies with the sets their packages define. */
  declared: DeclaredPolicy[];
};

/**
 * Reads the policies below the folders: sources, METADATA, thresholds.
 *
 * @throws RegoSourceError or RegoSourceErrors for sources OPA does not accept; KeyproofError for a folder without
 * policies and for overrides that name no rule or parameter. Everything else that is wrong is in `problems`.
 */
export async function loadPolicies(
  folders: readonly PolicyFolder[],
  options: LoadPoliciesOptions,
): Promise<LoadedSet> {
  const files = await readPolicyFiles(folders);
  const modules = Object.fromEntries(files.map(({ module, source }) => [module, source]));
  const inspection = await inspectRules(modules, options.cacheDir);
  const byModule = new Map(files.map((file) => [file.module, file]));
  const { declared, problems } = declaredPolicies(inspection, byModule);
  const policies = withOverrides(
    declared.map(({ policy }) => policy),
    options.overrides,
  );
  const sources = files.filter(({ module }) => !isTest(module)).map(({ module, source }) => [module, source]);
  return {
    policies,
    declared: declared.map((one, index) => ({ ...one, policy: policies[index] ?? one.policy })),
    modules,
    sha256: contentKey(sources.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))),
    problems,
    folders: [...folders],
  };
}

function inspectRules(
  modules: PolicySet['modules'],
  cacheDir: string | false | undefined,
): Promise<Inspection> {
  return inspect({ modules: ruleModules(modules), ...(cacheDir === undefined ? {} : { cacheDir }) });
}
