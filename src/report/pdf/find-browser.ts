import { createRequire } from 'node:module';
import { wellKnownBrowsers } from './browser-paths.js';
import { bundledProgram, isProgram } from './bundled-browser.js';
import { BrowserNotFoundError } from './errors.js';

/** Options for finding a browser; each one left out is taken from the running process. */
export type BrowserSearch = {
  /** Operating system. */
  platform?: NodeJS.Platform;
  /** Environment: PUPPETEER_EXECUTABLE_PATH, PATH and the folders programs are installed in. */
  env?: NodeJS.ProcessEnv;
  /** Whether @sparticuz/chromium may be used if no browser is installed. Default true. */
  bundled?: boolean;
};

/** A browser that can print. */
export type FoundBrowser = {
  /** Name and path of the browser, in a few words. */
  description: string;
  /** Returns the path of its program; unpacks it first if it comes inside an npm package. */
  executable: () => Promise<string>;
  /** Arguments it needs in addition to ours. */
  args: readonly string[];
};

/** Flags of the bundled browser that switch off protections which a report does not need switched off. */
const RELAXED = /web-security|insecure-content|site-isolation|SharedArrayBuffer/;

const INSTALL =
  'Install Google Chrome, Chromium or Microsoft Edge, or set PUPPETEER_EXECUTABLE_PATH to one, or run `npm install @sparticuz/chromium` (Linux), and run again.';

/**
 * Finds the browser that prints report.pdf: PUPPETEER_EXECUTABLE_PATH, then an installed Chrome, Chromium or Edge,
 * then @sparticuz/chromium if it is installed.
 * @throws BrowserNotFoundError if there is none; its message states what to install.
 */
export async function findBrowser(search: BrowserSearch = {}): Promise<FoundBrowser> {
  for await (const browser of browsers(search)) return browser;
  throw new BrowserNotFoundError(`No browser was found to print it. ${INSTALL}`);
}

/** Generates every browser there is, best first; only the named one if PUPPETEER_EXECUTABLE_PATH is set. */
export async function* browsers(search: BrowserSearch): AsyncGenerator<FoundBrowser> {
  const { platform = process.platform, env = process.env, bundled = true } = search;
  const named = env['PUPPETEER_EXECUTABLE_PATH'];
  if (named !== undefined && named !== '') return yield await namedBrowser(named);
  for (const path of wellKnownBrowsers(platform, env)) if (await isProgram(path)) yield installed(path);
  const inside = bundled && platform === 'linux' ? await bundledBrowser(env) : null;
  if (inside !== null) yield inside;
}

async function namedBrowser(path: string): Promise<FoundBrowser> {
  if (await isProgram(path)) return installed(path);
  throw new BrowserNotFoundError(
    'PUPPETEER_EXECUTABLE_PATH does not name a program. Correct it, or unset it to use an installed browser.',
  );
}

const installed = (path: string): FoundBrowser => ({
  description: path,
  executable: async () => path,
  args: [],
});

async function bundledBrowser(env: NodeJS.ProcessEnv): Promise<FoundBrowser | null> {
  try {
    createRequire(import.meta.url).resolve('@sparticuz/chromium');
    const { default: chromium } = await import('@sparticuz/chromium');
    return {
      description: 'the browser inside @sparticuz/chromium',
      executable: () => bundledProgram(env),
      args: chromium.args.filter((arg) => !RELAXED.test(arg)),
    };
  } catch {
    return null;
  }
}
