import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';
import { findBrowser } from '../dist/report/index.js';
import { paperPage } from '../dist/report/pdf/page.js';
import { paperView } from '../dist/report/pdf/view/paper-view.js';

// `npm run pictures [PACK]` makes the pictures of README: audits examples/marenholt, or takes a pack of it, and opens index.html in
// light and dark, and the page that report.pdf is printed from. No rasteriser of PDF is needed: the first page is laid out as
// it is printed, without the running head and foot.
/** A4 at 96 dots an inch, with the margins of templates/paper.css. */
const PAPER = { width: 794, height: 1123, margins: '22mm 16mm 18mm' };

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'keyproof-pictures-'));
try {
  await pictures(process.argv[2] ?? audited());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function audited() {
  const pack = join(folder, 'pack');
  const cli = join(root, 'dist/cli/main.js');
  const bank = join(root, 'examples/marenholt');
  const options = [
    '--config',
    join(bank, 'keyproof.yaml'),
    '--format',
    'html',
    '--fail-on',
    'none',
    '--quiet',
  ];
  execFileSync(process.execPath, [cli, 'audit', join(bank, 'exports'), '--output', pack, ...options]);
  return pack;
}

async function pictures(pack) {
  const found = await findBrowser();
  const args = [
    ...found.args,
    '--no-sandbox',
    '--disable-gpu',
    '--force-color-profile=srgb',
    '--hide-scrollbars',
  ];
  const browser = await puppeteer.launch({ executablePath: await found.executable(), args, pipe: true });
  try {
    for (const theme of ['light', 'dark']) await screen(browser, pack, theme);
    await firstPage(browser, pack);
  } finally {
    await browser.close();
  }
}

async function screen(browser, pack, theme) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  await page.goto(pathToFileURL(join(pack, 'index.html')).href, { waitUntil: 'load' });
  await save(page, `report-${theme}.png`);
}

async function firstPage(browser, pack) {
  const assessment = JSON.parse(readFileSync(join(pack, 'assessment.json'), 'utf8'));
  const page = await browser.newPage();
  const { width, height, margins } = PAPER;
  await page.setViewport({ width, height });
  await page.emulateMediaType('print');
  await page.setBypassCSP(true);
  await page.setContent(paperPage('print.hbs', paperView(assessment), { pages: new Map(), dense: false }), {
    waitUntil: 'load',
  });
  await page.addStyleTag({
    content: `body { margin: 0; padding: ${margins}; background: #fff; } main > :not(#summary) { display: none; }`,
  });
  await save(page, 'report-page-1.png');
}

async function save(page, name) {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const path = join(root, 'docs/pictures', name);
  await page.screenshot({ path });
  await page.close();
  console.log(`${name} ${Math.round(statSync(path).size / 1000)} kB`);
}
