import { deterministicCapabilities } from '../opa/capabilities.js';
import { type Inspection, inspect } from '../opa/check.js';
import { type RegoError, RegoSourceError, regoErrorsOf } from '../opa/errors.js';
import type { ModuleSources } from '../opa/toolchain.js';
import { moduleClosure, moduleLinks } from './module-closure.js';
import { type DataPath, dataPathsOf, overlap, packageOf } from './module-text.js';
import { isTest, type PolicyProblem, problemSentence } from './policy-set.js';
import { regoVersionsOf } from './policy-versions.js';
import type { PolicyFile } from './read-modules.js';

/** Sources told apart into those that an audit can compile and those it cannot. */
export type SoundModules = {
  /** Rules and libraries that compile together. */
  sound: PolicyFile[];
  /** What is in them. */
  inspection: Inspection;
  /** Sources from outside that do not compile, or use one that does not, with the reasons. */
  refused: Refused[];
};

/** A source that is left out of an audit. */
export type Refused = {
  file: PolicyFile;
  /** Why; at least one. */
  problems: PolicyProblem[];
  /** Whether its METADATA can be read all the same. */
  parses: boolean;
  /** What others may miss without it, as paths below `data`; its whole package if absent. */
  lost?: DataPath[];
};

/**
 * Sets aside the sources from outside that OPA refuses with the built-ins an audit has, and all that use them: a rule
 * whose library is gone would be undefined, and a policy without violations would look like one that passed.
 *
 * @param before sources that are left out before anything is compiled.
 * @throws RegoSourceError or RegoSourceErrors for a source of keyproof's own.
 */
export async function soundModules(
  files: readonly PolicyFile[],
  cacheDir: string | false | undefined,
  before: readonly Refused[] = [],
): Promise<SoundModules> {
  const refused = new Map<PolicyFile, Refused>();
  setAside(files, refused, before);
  for (;;) {
    const sound = files.filter((file) => !isTest(file.module) && !refused.has(file));
    const result = await attempt(sound, cacheDir);
    if (result.inspection) return { sound, inspection: result.inspection, refused: [...refused.values()] };
    const guilty = await guiltyOf(sound, result.error, cacheDir);
    if (guilty.length === 0) throw result.error;
    setAside(files, refused, guilty);
  }
}

/**
 * Returns those that the error names; if it names none, as when the toolchain itself comes to grief, those that fail
 * alone.
 */
async function guiltyOf(
  sound: readonly PolicyFile[],
  error: unknown,
  cacheDir: string | false | undefined,
): Promise<Refused[]> {
  const named = blamed(sound, error);
  if (named.length > 0) return named;
  const alone: Refused[] = [];
  for (const file of sound.filter(({ builtIn }) => !builtIn)) {
    const result = await attempt(filesUsedBy(file, sound), cacheDir);
    if (result.inspection === undefined) alone.push(failedAlone(file, result.error));
  }
  return alone;
}

function filesUsedBy(file: PolicyFile, files: readonly PolicyFile[]): PolicyFile[] {
  const used = moduleClosure(moduleLinks(sourcesOf(files)), file.module);
  return files.filter(({ module }) => module in used);
}

function failedAlone(file: PolicyFile, error: unknown): Refused {
  const problems = regoErrorsOf(error).map((one) => ({ ...problemOf(one), file: file.module }));
  const message = error instanceof Error ? error.message : String(error);
  return {
    file,
    parses: true,
    problems: problems.length > 0 ? problems : [{ file: file.module, row: 1, message }],
  };
}

function setAside(
  files: readonly PolicyFile[],
  refused: Map<PolicyFile, Refused>,
  more: readonly Refused[],
): void {
  for (const one of more) refused.set(one.file, one);
  const left = files.filter((file) => !file.builtIn && !isTest(file.module) && !refused.has(file));
  for (const one of dependents(left, more)) refused.set(one.file, one);
}

async function attempt(
  files: readonly PolicyFile[],
  cacheDir: string | false | undefined,
): Promise<{ inspection: Inspection } | { inspection?: undefined; error: unknown }> {
  const cache = cacheDir === undefined ? {} : { cacheDir };
  try {
    const request = {
      modules: sourcesOf(files),
      regoVersion: regoVersionsOf(files),
      capabilities: deterministicCapabilities(),
    };
    return { inspection: await inspect({ ...request, ...cache }) };
  } catch (error) {
    if (regoErrorsOf(error).length === 0) throw error;
    return { error };
  }
}

/** Sources by module path. */
export function sourcesOf(files: readonly PolicyFile[]): ModuleSources {
  return Object.fromEntries(files.map(({ module, source }) => [module, source]));
}

function blamed(files: readonly PolicyFile[], error: unknown): Refused[] {
  const errors = regoErrorsOf(error);
  return files
    .filter(({ builtIn }) => !builtIn)
    .map((file) => ({ file, own: errors.filter((one) => one.file === file.module) }))
    .filter(({ own }) => own.length > 0)
    .map(({ file, own }) => ({
      file,
      problems: own.map(problemOf),
      parses: own.every(({ code }) => code !== 'rego_parse_error'),
    }));
}

/** Returns an error of the toolchain as a problem of a policy. */
export function problemOf(error: RegoError): PolicyProblem {
  const { file = '', row = 1, column, sourceLine, details } = error;
  const reason = error instanceof RegoSourceError ? error.reason : error.message;
  return {
    file,
    row,
    message: reason,
    ...(column === undefined ? {} : { column }),
    ...(sourceLine === undefined ? {} : { sourceLine }),
    ...(details === undefined ? {} : { details }),
  };
}

/** Returns the sources that name a package which is no longer whole, and those that name these, and so on. */
function dependents(files: readonly PolicyFile[], causes: readonly Refused[]): Refused[] {
  const direct = files.flatMap((file) => {
    const problems = causes.flatMap((cause) => inherited(file, cause));
    return problems.length === 0 ? [] : [{ file, parses: true, problems }];
  });
  if (direct.length === 0) return [];
  const left = files.filter((file) => !direct.some((one) => one.file === file));
  return [...direct, ...dependents(left, direct)];
}

/** Returns the problem of a source that uses a refused one; the first cause stays in sight. */
function inherited(file: PolicyFile, cause: Refused): PolicyProblem[] {
  const row = usesAt(file, cause);
  const [first] = cause.problems;
  if (row === undefined || first === undefined) return [];
  const origin = first.cause ?? first;
  const message = `uses ${origin.file}, which is left out: ${problemSentence(origin)}`;
  return [{ file: file.module, row, message, cause: origin }];
}

/**
 * Returns the row at which a file names what a refused one defines, or 1 if it shares its package; undefined if it does
 * neither.
 */
function usesAt(file: PolicyFile, { file: other, lost }: Refused): number | undefined {
  const path = declaredIn(other);
  if (path === undefined) return undefined;
  if (lost === undefined && inPackage(file, path)) return 1;
  const gone = lost ?? [path];
  const named = (text: string) => dataPathsOf(text).some((one) => gone.some((each) => overlap(one, each)));
  if (!named(file.source)) return undefined;
  return Math.max(1, file.source.split('\n').findIndex(named) + 1);
}

/** Returns whether a test names a source that is left out: it could only fail. */
export function usesAny(file: PolicyFile, refused: readonly Refused[]): boolean {
  return refused.some((one) => usesAt(file, one) !== undefined);
}

function inPackage(file: PolicyFile, path: DataPath): boolean {
  const own = declaredIn(file);
  return own?.length === path.length && overlap(own, path);
}

function declaredIn(file: PolicyFile): DataPath | undefined {
  return file.parsed?.package ?? packageOf(file.source);
}
