import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../dist/report/index.js';
import { renderHtml } from '../../src/report/html/page.js';
import { makeAssessment } from './fixture.js';
import { HOSTILE, withTexts } from './hostile.js';

const found = await findBrowser().catch(() => null);

describe.skipIf(found === null)('index.html in a real browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-page-test-'));
  const assessment = makeAssessment({ findings: 120, keys: 500 });
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  const open = async (html: string, hash = ''): Promise<void> => {
    const file = join(folder, 'index.html');
    writeFileSync(file, html);
    await page.goto('about:blank');
    await page.goto(`${pathToFileURL(file).href}${hash}`, { waitUntil: 'load' });
  };
  const text = (selector: string): Promise<string> =>
    page.$eval(selector, (element) => (element.textContent ?? '').trim());
  const display = (selector: string): Promise<unknown> =>
    page.evaluate(`getComputedStyle(document.querySelector('${selector}')).display`);
  const rows = (): Promise<number> => page.$$eval('#q-rows > tr', (found) => found.length);

  beforeAll(async () => {
    if (found === null) return;
    const args = [...found.args, '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    browser = await puppeteer.launch({ executablePath: await found.executable(), args, pipe: true });
    page = await browser.newPage();
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('asks the network for nothing and obeys its own security policy', async () => {
    await open(renderHtml(assessment));
    expect(requests.filter((url) => !/^(file:|data:|about:)/.test(url))).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate(`document.fonts.check('600 20px "Source Serif 4"')`)).toBe(true);
  });

  it('searches, filters, sorts and turns the pages of the findings', async () => {
    await open(renderHtml(assessment));
    expect(await rows()).toBe(50);
    const total = assessment.observations.length;
    expect(await text('#q-status')).toBe(`${total} of ${total} match.`);
    await page.click('#q-next');
    expect(await text('#q-page')).toMatch(/^Page 2 of /);
    await page.select('#q-rule', 'rotation-max-age');
    await page.select('#q-severity', '1');
    const expected = assessment.observations.filter(
      ({ ruleId, severity }) => ruleId === 'rotation-max-age' && severity === 'high',
    );
    expect(await text('#q-status')).toBe(`${expected.length} of ${total} match.`);
    await page.click('[data-sort="4"]');
    const first = [...expected].sort((a, b) => (a.subject.id < b.subject.id ? -1 : 1))[0];
    expect(await text('#q-rows > tr:first-child th')).toBe(first?.subject.id);
    await page.type('#q', 'processor-10-');
    await page.waitForFunction(`document.querySelectorAll('#q-rows > tr').length === 1`);
  });

  it('filters controls by state', async () => {
    await open(renderHtml(assessment));
    await page.select('select[data-for="framework-pci-dss-4-0-1-controls"]', 'not-tested');
    const shown = await page.$$eval('#framework-pci-dss-4-0-1-controls details:not([hidden])', (all) =>
      all.map((item) => item.querySelector('.item-id')?.textContent),
    );
    expect(shown).toEqual(['10.5.1', '12.8.4']);
  });

  it('opens the item a link points at, and everything for print', async () => {
    await open(renderHtml(assessment), '#policy-rotation-max-age');
    expect(await page.$eval('#policy-rotation-max-age', (item) => item.hasAttribute('open'))).toBe(true);
    await page.click('#expand');
    expect(await page.$$eval('details.item:not([open])', (closed) => closed.length)).toBe(0);
  });

  it('changes between light and dark', async () => {
    await open(renderHtml(assessment));
    const paper = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const before = await paper();
    await page.click('#theme');
    expect(await paper()).not.toBe(before);
  });

  it('does not scroll sideways on a phone, with everything open', async () => {
    await page.setViewport({ width: 375, height: 800 });
    await open(renderHtml(withTexts(assessment, [...HOSTILE, 'plain'])));
    await page.click('#expand');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    await page.setViewport({ width: 1280, height: 800 });
  });

  it('shows everything but the search without JavaScript', async () => {
    await page.setJavaScriptEnabled(false);
    await open(renderHtml(assessment));
    await page.setJavaScriptEnabled(true);
    expect(await display('.no-js')).toBe('block');
    expect(await display('#register')).toBe('none');
    expect(await text('#policy-rotation-max-age')).toContain('/SecretList/');
  });

  it('runs nothing that an export brought along', async () => {
    complaints.length = 0;
    await open(renderHtml(withTexts(assessment, HOSTILE)));
    await page.click('#expand');
    expect(complaints).toEqual([]);
  });
});
