import type { Policy } from '../model/index.js';
import { type DeclaredRule, type Inspection, inspect } from '../opa/check.js';
import { contentKey } from '../opa/compile-cache.js';
import { byText } from '../text/compare-text.js';
import { conftestRulesIn } from './conftest.js';
import type { DeclaredPolicy } from './declared-policy.js';
import { withOverrides } from './params.js';
import { declaredPolicies } from './policy-metadata.js';
import { withReads } from './policy-reads.js';
import {
  isTest,
  type LoadPoliciesOptions,
  type PolicyCatalog,
  type PolicyFolder,
  type PolicyProblem,
  ruleModules,
  sortedByPlace,
} from './policy-set.js';
import { regoVersionsOf, type VersionedFiles, withRegoVersions } from './policy-versions.js';
import { type PolicyFile, readPolicyFiles } from './read-modules.js';
import { headers, type Refused, type SoundModules, soundModules, usesAny } from './sound-modules.js';

/** A set with what compiling it needs beside the policies themselves. */
export type PolicySet = PolicyCatalog & {
  /** The policies that can be compiled, with the sets their packages define. */
  declared: DeclaredPolicy[];
  /** The modules that compile together, and the tests that use nothing else. */
  sound: PolicyCatalog['modules'];
};

/**
 * Reads the policies below the folders: sources, METADATA, thresholds. A source from outside that cannot be used is in
 * `problems` or, where its METADATA can be read, in `faults`; the rest stands.
 *
 * @throws RegoSourceError or RegoSourceErrors for a source of keyproof's own that OPA does not accept; KeyproofError for
 * a folder without policies and for overrides that name no rule or parameter.
 */
export async function loadPolicies(
  folders: readonly PolicyFolder[],
  options: LoadPoliciesOptions,
): Promise<PolicySet> {
  const { files: all, data, bundles } = await readPolicyFiles(folders);
  const { files: versioned, unreadable } = await withRegoVersions(all, options.cacheDir);
  const files = versioned.filter(({ module }) => !unreadable.some(({ file }) => file.module === module));
  const modules = await soundModules(files, options.cacheDir, unreadable.map(refusedUnread));
  const found = declaredPolicies(
    await wholeInspection(modules, options.cacheDir),
    new Map(files.map((file) => [file.module, file])),
  );
  const problems = [...found.problems, ...unclaimed(modules.refused, found.declared)];
  const read = withReads(found.declared, ruleModules(sourcesOf(files)));
  const inForce = withOverrides(
    read.map(({ policy }) => policy),
    options.overrides,
    { lenient: problems.length > 0 },
  );
  const declared = read.map((one, index) => ({ ...one, policy: inForce[index] ?? one.policy }));
  return {
    policies: inForce,
    ...byFault(declared, modules.refused),
    modules: sourcesOf(versioned),
    regoVersions: regoVersionsOf(files),
    sound: sourcesOf([...modules.sound, ...soundTests(files, modules.refused)]),
    data,
    sha256: bundleHash(versioned, bundles),
    problems: sortedByPlace(problems.map((problem) => marked(problem, files))),
    folders: [...folders],
  };
}

/** What is in the sound modules, and, of the others, the METADATA above their package lines. */
async function wholeInspection(
  { inspection, refused }: SoundModules,
  cacheDir: string | false | undefined,
): Promise<Inspection> {
  const cache = cacheDir === undefined ? {} : { cacheDir };
  const readable = Object.entries(headers(refused));
  const annotations = [];
  for (const [module, source] of readable) {
    annotations.push(...(await inspect({ modules: { [module]: source }, ...cache })).annotations);
  }
  const policies = annotations.filter(({ custom }) => custom?.['id'] !== undefined);
  return {
    ...inspection,
    annotations: [...inspection.annotations, ...policies],
    rules: [...inspection.rules, ...policies.map(presumedRule), ...conftestRules(refused)],
  };
}

/** What a policy that cannot be compiled defines is not known; that it means to define violations is. */
function presumedRule({ package: name, location }: Inspection['annotations'][number]): DeclaredRule {
  return { package: name, name: 'violations', path: `${name}.violations`, kind: 'set', location };
}

function conftestRules(refused: readonly Refused[]): DeclaredRule[] {
  return refused.filter(({ parses }) => parses).flatMap(({ file }) => conftestRulesIn(file));
}

function byFault(
  all: readonly DeclaredPolicy[],
  refused: readonly Refused[],
): Pick<PolicySet, 'declared' | 'faults'> {
  const problemsOf = ({ module }: DeclaredPolicy): PolicyProblem[] =>
    refused.find(({ file }) => file.module === module)?.problems ?? [];
  return {
    declared: all.filter((one) => problemsOf(one).length === 0),
    faults: all
      .map((one): { policy: Policy; problems: PolicyProblem[] } => ({
        policy: one.policy,
        problems: problemsOf(one),
      }))
      .filter(({ problems }) => problems.length > 0),
  };
}

/** Problems of sources that are no policy: those that belong to one are its fault, and said once. */
function unclaimed(refused: readonly Refused[], declared: readonly DeclaredPolicy[]): PolicyProblem[] {
  const policies = new Set(declared.map(({ module }) => module));
  return refused
    .filter(({ file }) => !policies.has(file.module))
    .flatMap(({ problems }) => problems.filter(({ cause }) => cause === undefined));
}

function refusedUnread({ file, reason }: VersionedFiles['unreadable'][number]): Refused {
  return { file, parses: false, problems: [{ file: file.module, row: 1, message: reason }] };
}

function soundTests(files: readonly PolicyFile[], refused: readonly Refused[]): PolicyFile[] {
  return files.filter((file) => isTest(file.module) && (file.builtIn || !usesAny(file, refused)));
}

function sourcesOf(files: readonly PolicyFile[]): PolicyCatalog['modules'] {
  return Object.fromEntries(files.map(({ module, source }) => [module, source]));
}

function bundleHash(files: readonly PolicyFile[], bundles: { [name: string]: string }): string {
  const sources = files.filter(({ module }) => !isTest(module)).map(({ module, source }) => [module, source]);
  const all = [...sources, ...Object.entries(bundles)];
  return contentKey(all.sort(byText(([name = '']) => name)));
}

function marked(problem: PolicyProblem, files: readonly PolicyFile[]): PolicyProblem {
  const own = files.some(({ module, builtIn }) => builtIn && module === problem.file);
  return own ? { ...problem, builtIn: true } : problem;
}
