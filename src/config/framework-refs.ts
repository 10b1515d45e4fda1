import { resolve } from 'node:path';

const PATH = /[/\\]|\.ya?ml$/;

/**
 * Resolves the entries of `frameworks` that are paths, which have a separator or the ending of a YAML file; ids and
 * aliases stay as they are.
 * @param base folder that paths start from.
 */
export function frameworkRefs(asked: readonly string[], base: string): string[] {
  return asked.map((entry) => (PATH.test(entry) ? resolve(base, entry) : entry));
}
