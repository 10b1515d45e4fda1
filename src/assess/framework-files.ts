import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assetPath } from '../assets/locate.js';
import { KeyproofError } from '../model/index.js';
import { compareText } from '../text/compare-text.js';

/** A framework file, and how messages name it. */
export type FrameworkFilePath = {
  /** Absolute path. */
  path: string;
  /** Name as messages show it: `frameworks/<file>` for those supplied, the path for one's own. */
  shown: string;
};

const EXTENSION = /\.ya?ml$/;

/** Returns the framework files of keyproof, or those of another folder in their place, by name. */
export function suppliedFrameworkFiles(dir = assetPath('frameworks')) {
  return yamlFiles(dir).map((name) => ({ path: join(dir, name), shown: `frameworks/${name}` }));
}

/**
 * Returns the framework files of a path: the file itself, or every YAML file of a folder, by name.
 * @throws KeyproofError if nothing is there, for a folder without any, or for a file that is no YAML file.
 */
export function ownFrameworkFiles(path: string): FrameworkFilePath[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new KeyproofError(`${path}: no such framework file or folder; check the path.`);
  if (!found.isDirectory()) return [yamlFile(path)];
  const files = yamlFiles(path);
  if (files.length === 0)
    throw new KeyproofError(
      `${path}: has no framework file; put <id>.yaml into it, or write one with keyproof framework new.`,
    );
  return files.map((name) => ({ path: join(path, name), shown: join(path, name) }));
}

/** Returns the name a framework file must have as its id. */
export function nameOf(path: string): string {
  return basename(path).replace(EXTENSION, '');
}

function yamlFile(path: string): FrameworkFilePath {
  if (EXTENSION.test(path)) return { path, shown: path };
  throw new KeyproofError(`${path}: is no framework file; its name must end in .yaml.`);
}

function yamlFiles(dir: string): string[] {
  return readdirSync(dir)
    .filter((name) => EXTENSION.test(name))
    .sort(compareText);
}
