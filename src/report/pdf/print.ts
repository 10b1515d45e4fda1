import { rm } from 'node:fs/promises';
import type { Browser, PDFOptions } from 'puppeteer-core';
import { makeWorkFolder } from '../../assets/work-folder.js';
import { PdfNotWrittenError } from './errors.js';
import { type BrowserSearch, browsers, type FoundBrowser, findBrowser } from './find-browser.js';

/**
 * Arguments that keep the browser off the network, switch off what printing does not need and fix the layout on every
 * machine.
 */
const ARGS = [
  '--headless',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-component-update',
  '--disable-crash-reporter',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--dns-prefetch-disable',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--lang=en-GB',
  '--metrics-recording-only',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  '--proxy-server=127.0.0.1:9',
  '--user-agent=keyproof',
];

/** Version of Chromium that first prints margin boxes: running headers and page numbers. */
const OLDEST = 131;

/** Longest time one print may take, ms; the caps keep it far below. */
const TIMEOUT_MS = 180_000;

/** What every document is printed with: the size of its style sheet, its colours, and tags for screen readers. */
const PDF_OPTIONS: PDFOptions = {
  preferCSSPageSize: true,
  printBackground: true,
  tagged: true,
  timeout: TIMEOUT_MS,
};

/** How a page is printed. */
export type PrintOptions = {
  /** True for a print that only shows on which page everything is: without colours and tags, which move nothing. */
  draft?: boolean;
};

/** Prints a self-contained page. @throws PdfNotWrittenError if printing fails. */
export type Print = (html: string, options?: PrintOptions) => Promise<Uint8Array>;

/**
 * Starts the first browser that does, for as long as `use` prints with it. The browser has its own profile, which is removed
 * afterwards; no script runs and no request leaves it.
 * @throws BrowserNotFoundError if there is no browser.
 * @throws PdfNotWrittenError if no browser starts.
 */
export async function withPrinter<T>(search: BrowserSearch, use: (print: Print) => Promise<T>): Promise<T> {
  const profile = await makeWorkFolder(`keyproof-browser-${process.pid}-`);
  try {
    return await withBrowser(profile, search, (browser) =>
      use((html, options) => print(browser, html, options)),
    );
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function print(
  browser: Browser,
  html: string,
  { draft = false }: PrintOptions = {},
): Promise<Uint8Array> {
  try {
    const page = await browser.newPage();
    await page.setJavaScriptEnabled(false);
    await page.setOfflineMode(true);
    await page.setContent(html, { waitUntil: 'load', timeout: TIMEOUT_MS });
    const pdf = await page.pdf(
      draft ? { ...PDF_OPTIONS, printBackground: false, tagged: false } : PDF_OPTIONS,
    );
    await page.close();
    return pdf;
  } catch (cause) {
    const what = 'The browser started but could not print it. Run again, or leave “pdf” out of the formats.';
    throw new PdfNotWrittenError(what, { cause });
  }
}

async function withBrowser<T>(
  profile: string,
  search: BrowserSearch,
  use: (browser: Browser) => Promise<T>,
): Promise<T> {
  const browser = await launchFirst(profile, search);
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** Tries each browser, first inside the operating system's sandbox; the page contains no script and loads nothing. */
async function launchFirst(profile: string, search: BrowserSearch): Promise<Browser> {
  await findBrowser(search);
  const failures: unknown[] = [];
  for await (const found of browsers(search)) {
    for (const args of sandboxArgs(search.env ?? process.env)) {
      const browser = await launch(found, profile, args).catch((error: unknown) => failures.push(error));
      if (typeof browser === 'object') return browser;
    }
  }
  throw new PdfNotWrittenError(
    'A browser was found, but it did not start or is older than version 131. Set PUPPETEER_EXECUTABLE_PATH to one that does; `keyproof doctor` names the one in use.',
    { cause: new AggregateError(failures) },
  );
}

const NO_SANDBOX = ['--no-sandbox', '--disable-setuid-sandbox'];

/**
 * Returns the sandbox arguments to try. Root and most containers cannot have Chromium's sandbox; otherwise it is
 * tried first.
 */
function sandboxArgs(env: NodeJS.ProcessEnv): string[][] {
  const impossible = process.getuid?.() === 0 || (env['CI'] ?? '') !== '';
  return impossible ? [NO_SANDBOX] : [[], NO_SANDBOX];
}

async function launch(found: FoundBrowser, profile: string, args: readonly string[]): Promise<Browser> {
  // Loaded when a page is printed: it takes longer than most commands that print none.
  const { default: puppeteer } = await import('puppeteer-core');
  const browser = await puppeteer.launch({
    executablePath: await found.executable(),
    args: [...found.args, ...ARGS, ...args],
    userDataDir: profile,
    pipe: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: 60_000,
    protocolTimeout: TIMEOUT_MS,
  });
  if (await isRecent(browser)) return browser;
  await browser.close();
  throw new Error(`older than version ${OLDEST}`);
}

async function isRecent(browser: Browser): Promise<boolean> {
  const [, major] = /\/(\d+)\./.exec(await browser.version()) ?? [];
  return Number(major) >= OLDEST;
}
