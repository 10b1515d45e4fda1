import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';
import { findBrowser } from '../dist/report/index.js';
import { generateExports } from './generate-exports.mjs';
import { count } from './measure.mjs';

// `node bench/page.mjs [KEYS]`: audits a synthetic bank with index.html alone, opens the page and searches it.
// `node bench/page.mjs PACK` opens the page of a pack.
const [given = '30000'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'keyproof-page-bench-'));
try {
  const pack = /^\d+$/.test(given) ? await packOf(Number(given)) : given;
  await measure(join(pack, 'index.html'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Audits a synthetic bank of some keys and returns the folder of its pack. */
async function packOf(keys) {
  const [exports, pack] = [join(folder, 'exports'), join(folder, 'pack')];
  await generateExports(exports, keys);
  const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
  const args = ['audit', exports, '--output', pack, '--format', 'html', '--fail-on', 'none', '--quiet'];
  try {
    execFileSync(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    // The synthetic bank lacks exports, so that the audit is incomplete; it writes the pack all the same.
    if (error.status !== 3) throw error;
  }
  return pack;
}

/** Opens a page and prints how large it is, how long it takes to open, and how long a filter takes to show its hits. */
async function measure(file) {
  console.log(`index.html ${(statSync(file).size / 1e6).toFixed(1)} MB`);
  const found = await findBrowser();
  const args = [...found.args, '--no-sandbox', '--disable-gpu'];
  const browser = await puppeteer.launch({ executablePath: await found.executable(), args, pipe: true });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1440, height: 900 });
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    await print(page);
  } finally {
    await browser.close();
  }
}

async function print(page) {
  const opened = await page.evaluate(`(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    return { paint, load: navigation.loadEventEnd, rows: JSON.parse(document.getElementById('data').textContent).findings.length };
  })()`);
  console.log(`${count(opened.rows)} findings; first paint ${ms(opened.paint)}, open ${ms(opened.load)}`);
  const firstWord = await filter(page, 'q', 'rotated');
  console.log(`first word typed at once ${ms(firstWord)}`);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const words = ['payments', 'leaver', 'row 17', '8.6.3'];
  for (const word of words) console.log(`words “${word}” ${ms(await median(page, 'q', word))}`);
  for (const [list, value] of [
    ['q-severity', 'critical'],
    ['q-severity', ''],
    ['q-domain', 'rotation'],
    ['q-domain', ''],
  ])
    console.log(`${list} “${value}” ${ms(await filter(page, list, value))}`);
}

/** Returns the median time of five runs of a filter, each after the filter was empty. */
async function median(page, id, value) {
  const times = [];
  for (let run = 0; run < 5; run += 1) {
    await filter(page, id, run % 2 === 0 ? '' : 'x');
    times.push(await filter(page, id, value));
  }
  return times.sort((a, b) => a - b)[2];
}

/** Sets a filter and returns the time, ms, until the hits are laid out; without the 80 ms that the page waits for the next key. */
async function filter(page, id, value) {
  return await page.evaluate(`new Promise((resolve) => {
    const field = document.getElementById('${id}');
    const rows = document.getElementById('q-rows');
    field.value = ${JSON.stringify(value)};
    const began = performance.now();
    const waited = field.tagName === 'INPUT' ? 80 : 0;
    new MutationObserver((_, observer) => {
      observer.disconnect();
      document.body.offsetHeight;
      resolve(performance.now() - began - waited);
    }).observe(rows, { childList: true });
    field.dispatchEvent(new Event(field.tagName === 'INPUT' ? 'input' : 'change', { bubbles: true }));
  })`);
}

function ms(value) {
  return `${Math.max(0, Math.round(value))} ms`;
}
