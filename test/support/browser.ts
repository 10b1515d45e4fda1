import { spawnSync } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { describe } from 'vitest';
import { type FoundBrowser, findBrowser } from '../../dist/report/index.js';
import { PROGRAM_FILES } from './closed-set.js';
import { describeUnlessProved } from './verdict.js';

/** The browser that tests print and look at pages with; null if there is none. */
export const browser: FoundBrowser | null = await findBrowser().catch(() => null);

/** Programs that look into what was printed, and the one that lists the fonts a browser falls back to. */
const TOOLS = [['pdftotext', '-v'], ['pdfinfo', '-v'], ['qpdf', '--version'], ['fc-list']] as const;

/**
 * A describe whose tests depend on what the program reads and on the browser of this machine. It is skipped without a browser,
 * and if it has passed on the same files with the same browser, fonts and programs.
 *
 * @param testFile `import.meta.url` of the test.
 */
export function describeInBrowser(name: string, testFile: string, body: () => void): void {
  if (browser === null) describe.skip(name, body);
  else describeUnlessProved(name, testFile, PROGRAM_FILES, body, browserOfMachine());
}

let told: string[] | undefined;

/** What tells the browser, the fonts and the programs of this machine from others, in words; each is asked once for a worker. */
export function browserOfMachine(): string[] {
  told ??= [
    browser === null ? 'no browser' : browserText(browser.description),
    ...TOOLS.map(([program, ...args]) => printed(program, args)),
  ];
  return told;
}

/** A program may be a script that starts another: its version counts beside its file. That of a package is in the lock file. */
function browserText(description: string): string {
  if (!isAbsolute(description)) return description;
  const { size, mtimeMs } = statSync(realpathSync(description));
  return `${description} ${size} ${mtimeMs} ${printed(description, ['--version'])}`;
}

function printed(program: string, args: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  return error === undefined ? `${program}\n${stdout}${stderr}` : `${program} is not there`;
}
