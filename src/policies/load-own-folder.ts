import type { PolicyFolder } from '../model/index.js';
import type { Inspection } from '../opa/check.js';
import { parseModules } from '../opa/parse.js';
import { foreignModules, type OwnPackages } from './foreign-modules.js';
import { moduleClosure, moduleLinks } from './module-closure.js';
import { packageOf } from './module-text.js';
import { declaredPolicies } from './policy-metadata.js';
import { withReads } from './policy-reads.js';
import { isTest, type PolicyFault, type PolicyProblem, type PolicyUnit, ruleModules } from './policy-set.js';
import { regoVersionsOf, type VersionedFiles, withRegoVersions } from './policy-versions.js';
import { type FolderFiles, type PolicyFile, readLibrary } from './read-modules.js';
import { type Refused, type SoundModules, soundModules, sourcesOf, usesAny } from './sound-modules.js';

/** A folder as `loadPolicies` puts it together with the others. */
export type LoadedFolder = {
  /** What is compiled of it. */
  unit: PolicyUnit;
  /** Its Rego files, with the version of Rego they are in. */
  files: PolicyFile[];
  /** Sources of it that are left out, and no policy. */
  problems: PolicyProblem[];
  /** What whoever runs this should know, one sentence each. */
  notes: string[];
};

/**
 * Reads a folder or bundle from outside. Nothing in it can add to a package of keyproof's, and it sees its own data
 * only, beside the libraries of the rule book.
 *
 * @throws RegoSourceError or RegoSourceErrors for a library of keyproof's own.
 */
export async function loadOwnFolder(
  read: FolderFiles,
  folders: readonly PolicyFolder[],
  own: OwnPackages,
  cacheDir: string | false | undefined,
): Promise<LoadedFolder> {
  const { files: versioned, unreadable } = await withRegoVersions(read.files, cacheDir);
  const readable = versioned.filter(({ module }) => !unreadable.some(({ file }) => file.module === module));
  const files = await withParsed(readable, cacheDir);
  const rules = files.filter(({ module }) => !isTest(module));
  const library = libraryOf(rules, await readLibrary(folders));
  const before = [...unreadable.map(refusedUnread), ...notUtf8(rules), ...foreignModules(rules, own)];
  const modules = await soundModules([...library, ...files], cacheDir, before);
  const found = declaredPolicies(
    wholeInspection(modules),
    new Map([...library, ...files].map((file) => [file.module, file])),
  );
  const declared = withReads(found.declared, ruleModules(sourcesOf([...library, ...files])));
  const sound = modules.sound.filter(({ builtIn }) => !builtIn);
  const tests = files.filter((file) => isTest(file.module) && !usesAny(file, modules.refused));
  return {
    unit: {
      folder: read.folder,
      ...byFault(declared, modules.refused),
      sound: sourcesOf([...sound, ...tests]),
      library: sourcesOf(library),
      regoVersions: regoVersionsOf(files),
      data: read.data,
    },
    files: versioned,
    problems: [...found.problems, ...unclaimed(modules.refused, found.declared)],
    notes: [],
  };
}

async function withParsed(
  files: readonly PolicyFile[],
  cacheDir: string | false | undefined,
): Promise<PolicyFile[]> {
  const request = { modules: sourcesOf(files), regoVersion: regoVersionsOf(files) };
  const parsed = await parseModules({ ...request, ...(cacheDir === undefined ? {} : { cacheDir }) });
  return files.map((file) => {
    const own = parsed[file.module];
    return own === undefined ? file : { ...file, parsed: own };
  });
}

/** Returns the libraries that a folder names, those that these name, and the one that the generated Rego asks. */
function libraryOf(files: readonly PolicyFile[], library: readonly PolicyFile[]): PolicyFile[] {
  const links = moduleLinks(sourcesOf([...library, ...files]));
  const named = new Set(files.flatMap(({ module }) => Object.keys(moduleClosure(links, module))));
  const evidence = library.filter(({ source }) => packageOf(source)?.join('.') === 'lib.evidence');
  const asked = evidence.flatMap(({ module }) => Object.keys(moduleClosure(links, module)));
  return library.filter(({ module }) => named.has(module) || asked.includes(module));
}

/** Returns what is in the sound modules, and what parsing alone tells about the others. */
function wholeInspection({ inspection, refused }: SoundModules): Inspection {
  const readable = refused.flatMap(({ file, parses }) => (parses && file.parsed ? [file.parsed] : []));
  return {
    ...inspection,
    annotations: [...inspection.annotations, ...readable.flatMap(({ annotations }) => annotations)],
    rules: [...inspection.rules, ...readable.flatMap(({ rules }) => rules)],
  };
}

function byFault(
  all: ReturnType<typeof declaredPolicies>['declared'],
  refused: readonly Refused[],
): Pick<PolicyUnit, 'declared' | 'faults'> {
  const problemsOf = (module: string): PolicyProblem[] =>
    refused.find(({ file }) => file.module === module)?.problems ?? [];
  return {
    declared: all.filter(({ module }) => problemsOf(module).length === 0),
    faults: all
      .map(({ policy, module }): PolicyFault => ({ policy, problems: problemsOf(module) }))
      .filter(({ problems }) => problems.length > 0),
  };
}

/** Returns problems of sources that are no policy: those that belong to one are its fault, and reported once. */
function unclaimed(
  refused: readonly Refused[],
  declared: ReturnType<typeof declaredPolicies>['declared'],
): PolicyProblem[] {
  const policies = new Set(declared.map(({ module }) => module));
  return refused
    .filter(({ file }) => !policies.has(file.module))
    .flatMap(({ problems }) => problems.filter(({ cause }) => cause === undefined));
}

/** What such a file holds is a guess, which is good for its METADATA and no more. */
function notUtf8(files: readonly PolicyFile[]): Refused[] {
  return files.flatMap((file) =>
    file.fault === undefined
      ? []
      : [{ file, parses: true, problems: [{ file: file.module, row: 1, message: file.fault }] }],
  );
}

function refusedUnread({ file, reason }: VersionedFiles['unreadable'][number]): Refused {
  return { file, parses: false, problems: [{ file: file.module, row: 1, message: reason }] };
}
