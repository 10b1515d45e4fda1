import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { assetPath } from '../assets/locate.js';
import { didYouMean, type Framework, KeyproofError } from '../model/index.js';
import { byText } from '../text/compare-text.js';
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
  /** Folder of the framework files. Default `frameworks/` of the package. */
  dir?: string;
};

type FrameworkFile = { name: string; text: string; framework: Framework };

/**
 * Loads framework files.
 * @param ids ids or aliases as `--framework` takes them; null for all.
 * @throws KeyproofError naming file, line and problem of every invalid file, or the nearest id for an unknown one.
 */
export function loadFrameworks(
  ids: readonly string[] | null,
  options: LoadFrameworkOptions = {},
): LoadedFrameworks {
  const files = readFiles(options.dir ?? assetPath('frameworks'), options.policies);
  const used = ids === null ? files : [...new Set(ids.map((id) => findFile(id, files)))];
  return { frameworks: used.map((file) => file.framework), sha256: filesSha256(used) };
}

function readFiles(dir: string, policies: readonly MappedPolicy[] | undefined): FrameworkFile[] {
  const known = policies ? new Map(policies.map((policy) => [policy.id, policy])) : null;
  const files = readdirSync(dir)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readFile(dir, name, known));
  requireDistinct(files);
  return files;
}

function readFile(
  dir: string,
  name: string,
  policies: ReadonlyMap<string, MappedPolicy> | null,
): FrameworkFile {
  const text = readFileSync(`${dir}/${name}`, 'utf8');
  const shown = `frameworks/${name}`;
  const { framework, lineOf } = parseFramework(text, shown);
  const problems = frameworkProblems(framework, name.replace(/\.yaml$/, ''), policies);
  if (problems.length > 0) {
    const sentences = problems.map(({ path, message }) => `${shown}:${lineOf(path)}: ${message}`);
    throw new KeyproofError(sentences.join('\n'));
  }
  return { name, text, framework: withTitles(framework, policies) };
}

function withTitles(framework: Framework, policies: ReadonlyMap<string, MappedPolicy> | null): Framework {
  const controls = framework.controls.map((control) => ({
    ...control,
    policies: control.policies.map((mapping) => withElementTitles(mapping, policies?.get(mapping.id))),
  }));
  return { ...framework, controls };
}

function requireDistinct(files: readonly FrameworkFile[]): void {
  const seen = new Map<string, string>();
  for (const { name, framework } of files) {
    for (const id of [framework.id, ...framework.aliases]) {
      const other = seen.get(id);
      if (other)
        throw new KeyproofError(`frameworks/${name}: "${id}" is already the name of frameworks/${other}.`);
      seen.set(id, name);
    }
  }
}

function findFile(id: string, files: readonly FrameworkFile[]): FrameworkFile {
  const names = ({ framework }: FrameworkFile) => [framework.id, ...framework.aliases];
  const found = files.find((file) => names(file).includes(id.toLowerCase()));
  if (found) return found;
  const valid = files.map(names).map(([first, ...aliases]) => `${first} (${aliases.join(', ')})`);
  throw new KeyproofError(
    `There is no framework "${id}"${didYouMean(id, files.flatMap(names))} Known: ${valid.join(', ')}.`,
  );
}

function filesSha256(files: readonly FrameworkFile[]): string {
  const hash = createHash('sha256');
  for (const { name, text } of [...files].sort(byText(({ name }) => name))) {
    hash.update(`${name}\0${text}\0`);
  }
  return hash.digest('hex');
}
