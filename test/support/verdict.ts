import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe } from 'vitest';
import { closedSetHash, root } from './closed-set.js';

/** Folder of the verdicts: a file for each describe that passed on exactly these inputs. */
export const VERDICTS =
  process.env['KEYPROOF_VERDICTS'] ?? join(root, 'node_modules/.cache/keyproof-verdicts');

/** A verdict: what passed, how many tests it was, and when. */
export type Verdict = { name: string; tests: number; passedAt: string };

declare module 'vitest' {
  interface TaskMeta {
    /** Key under which the reporter keeps the verdict once everything in the describe has passed. */
    verdictKey?: string;
    /** A verdict kept from before: the tests of the describe are skipped. */
    verdict?: Verdict;
  }
}

/** Whether every test runs, whatever passed before: in CI, and when KEYPROOF_ALL_TESTS is set. */
export const runsEverything = [process.env['CI'], process.env['KEYPROOF_ALL_TESTS']].some(
  (value) => value !== undefined && !['', '0', 'false'].includes(value),
);

/**
 * A describe whose tests depend on nothing but a closed set of files. It is skipped, and says so in its name, if it has
 * passed on exactly these files before. Only test/support/verdict-reporter.ts writes a verdict, after a run in which
 * every one of its tests ran and passed.
 *
 * @param testFile `import.meta.url` of the test; what it imports belongs to the set.
 * @param globs files that the tests read beside these, from the root of the repository.
 * @param machine what else they depend on, in words: the browser of this machine.
 */
export function describeUnlessProved(
  name: string,
  testFile: string,
  globs: readonly string[],
  body: () => void,
  machine: readonly string[] = [],
): void {
  const file = new URL(testFile).pathname;
  const key = verdictKey(
    `${relative(root, file)}: ${name}`,
    [closedSetHash(file, globs), ...machine].join('\n'),
  );
  const verdict = runsEverything ? undefined : keptVerdict(key);
  if (verdict === undefined) describe(name, { meta: { verdictKey: key } }, body);
  else describe.skip(`${name} (unchanged since it passed)`, { meta: { verdict } }, body);
}

/** File name of a verdict. */
export function verdictKey(name: string, inputs: string): string {
  return createHash('sha256').update(`${name}\n${inputs}`).digest('hex');
}

function keptVerdict(key: string): Verdict | undefined {
  const file = join(VERDICTS, `${key}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Verdict) : undefined;
}
