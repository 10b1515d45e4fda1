import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import { didYouMean, type Framework, KeyproofError } from '../model/index.js';
import { byText } from '../text/compare-text.js';
import { writtenText } from '../text/encoding.js';
import { sha256Hex } from '../text/sha256.js';
import { type BuiltFrameworks, builtFrameworks } from './built-frameworks.js';
import {
  type FrameworkFilePath,
  nameOf,
  ownFrameworkFiles,
  suppliedFrameworkFiles,
} from './framework-files.js';
import { frameworkProblems } from './framework-problems.js';
import { type MappedPolicy, withElementTitles } from './mapping-elements.js';
import { parseFramework } from './parse-framework.js';

/** Frameworks to assess, with a hash over their files. */
export type LoadedFrameworks = {
  /** Frameworks in the order asked for; by id if all were asked for. */
  frameworks: Framework[];
  /** SHA-256, lower-case hex, over name, NUL and content of each file used, sorted by name. */
  sha256: string;
};

/** The folder of the framework files, and the policies they may refer to. */
export type LoadFrameworkOptions = {
  /** Every policy there is, evaluated or not; without it references to policies and elements are not checked. */
  policies?: readonly MappedPolicy[];
  /** Why files of policies could not be loaded, each a sentence: said where a framework names a policy that is not there. */
  unloaded?: readonly string[];
  /** Folder of the framework files. Default `frameworks/` of the package. */
  dir?: string;
};

type FrameworkFile = { name: string; shown: string; text: string; framework: Framework };
type KnownPolicies = ReadonlyMap<string, MappedPolicy> | null;
type Known = { policies: KnownPolicies; unloaded: readonly string[]; built: BuiltFrameworks };

/** What `frameworks` and `--framework` take for every framework supplied with keyproof. */
const ALL = 'all';

/**
 * Loads framework files.
 * @param asked ids, aliases or `all`, and absolute paths of one's own files and folders of files; null for all supplied.
 * @throws KeyproofError naming file, line and problem of every invalid file, or the nearest id for an unknown one.
 */
export function loadFrameworks(
  asked: readonly string[] | null,
  options: LoadFrameworkOptions = {},
): LoadedFrameworks {
  const { dir, policies, unloaded = [] } = options;
  const known = {
    unloaded,
    policies: policies ? new Map(policies.map((policy) => [policy.id, policy])) : null,
    built: builtFrameworks(),
  };
  const supplied = suppliedFrameworkFiles(dir).map((file) => readFile(file, known));
  const own = new Map(
    (asked ?? [])
      .filter(isAbsolute)
      .map((path) => [path, ownFrameworkFiles(path).map((file) => readFile(file, known))]),
  );
  requireDistinct([...supplied, ...[...own.values()].flat()]);
  const used = (asked ?? [ALL]).flatMap(
    (one) => own.get(one) ?? (one === ALL ? supplied : [findFile(one, supplied)]),
  );
  return loaded([...new Set(used)]);
}

function loaded(used: readonly FrameworkFile[]): LoadedFrameworks {
  return { frameworks: used.map(({ framework }) => framework), sha256: filesSha256(used) };
}

function readFile({ path, shown }: FrameworkFilePath, { policies, unloaded, built }: Known): FrameworkFile {
  const { text, fault } = writtenText(readFileSync(path));
  if (fault !== null) throw new KeyproofError(`${shown}: ${fault}`);
  const framework = built[sha256Hex(text)] ?? parseFramework(text, shown).framework;
  const problems = frameworkProblems(framework, nameOf(path), policies);
  if (problems.length > 0) {
    const { lineOf } = parseFramework(text, shown);
    const sentences = problems.map(({ path: at, message }) => `${shown}:${lineOf(at)}: ${message}`);
    throw new KeyproofError(
      [...sentences, ...(namesUnknown(framework, policies) ? unloaded : [])].join('\n'),
    );
  }
  return { name: basename(path), shown, text, framework: withTitles(framework, policies) };
}

/** Returns whether a framework names a policy that is not there. */
function namesUnknown({ controls }: Framework, policies: KnownPolicies): boolean {
  return (
    policies !== null && controls.some((control) => control.policies.some(({ id }) => !policies.has(id)))
  );
}

function withTitles(framework: Framework, policies: KnownPolicies): Framework {
  const controls = framework.controls.map((control) => ({
    ...control,
    policies: control.policies.map((mapping) => withElementTitles(mapping, policies?.get(mapping.id))),
  }));
  return { ...framework, controls };
}

function requireDistinct(files: readonly FrameworkFile[]): void {
  const seen = new Map<string, string>();
  for (const { shown, framework } of files) {
    for (const id of [framework.id, ...framework.aliases]) {
      const other = seen.get(id);
      if (other) throw new KeyproofError(`${shown}: "${id}" is already the name of ${other}.`);
      seen.set(id, shown);
    }
  }
}

function findFile(id: string, files: readonly FrameworkFile[]): FrameworkFile {
  const names = ({ framework }: FrameworkFile) => [framework.id, ...framework.aliases];
  const found = files.find((file) => names(file).includes(id.toLowerCase()));
  if (found) return found;
  const valid = files.map(names).map(([first, ...aliases]) => `${first} (${aliases.join(', ')})`);
  throw new KeyproofError(
    `There is no framework "${id}"${didYouMean(id, files.flatMap(names))} Known: ${valid.join(', ')}. A file or folder of your own is named as a path: ./${id}.`,
  );
}

function filesSha256(files: readonly FrameworkFile[]): string {
  const hash = createHash('sha256');
  for (const { name, text } of [...files].sort(byText(({ name }) => name))) {
    hash.update(`${name}\0${text}\0`);
  }
  return hash.digest('hex');
}
