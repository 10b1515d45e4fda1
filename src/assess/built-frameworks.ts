import { readFileSync } from 'node:fs';
import { assetUrl } from '../assets/locate.js';
import type { Framework } from '../model/index.js';
import { sha256Hex } from '../text/sha256.js';
import { suppliedFrameworkFiles } from './framework-files.js';
import { parseFramework } from './parse-framework.js';

/** rule-book/frameworks.json: what the supplied framework files state, by the SHA-256 of each file's text. */
export type BuiltFrameworks = {
  /** A framework, valid by its schema; references are not resolved yet. */
  readonly [sha256: string]: Framework;
};

const BUILT = assetUrl('ruleBook', 'frameworks.json');

/**
 * Parses and validates the supplied framework files, for `npm run generate`.
 * @throws KeyproofError naming file, line and problem of every invalid file.
 */
export function buildFrameworks(): BuiltFrameworks {
  const parsed = suppliedFrameworkFiles().map(({ path, shown }) => {
    const text = readFileSync(path, 'utf8');
    return [sha256Hex(text), parseFramework(text, shown).framework] as const;
  });
  return Object.fromEntries(parsed);
}

/** Returns what the build kept of the framework files; nothing before the first build. A file that has changed since is not in it. */
export function builtFrameworks(): BuiltFrameworks {
  try {
    return JSON.parse(readFileSync(BUILT, 'utf8'));
  } catch {
    return {};
  }
}
