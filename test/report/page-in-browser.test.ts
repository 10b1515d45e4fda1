import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { parse } from 'csv-parse/sync';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Assessment, SEVERITIES } from '../../src/model/index.js';
import { renderHtml } from '../../src/report/html/page.js';
import { describeInBrowser, browser as found } from '../support/browser.js';
import { makeAssessment } from './fixture.js';
import { makeSubjects } from './fixture-subjects.js';
import { HOSTILE, withTexts } from './hostile.js';
import { packOf } from './pack-of.js';

const READER = 'pdftotext';
const hasPdfText = spawnSync(READER, ['-v']).error === undefined;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const pageOf = (assessment: Assessment): Promise<string> =>
  renderHtml(packOf(assessment, assessment.observations, makeSubjects(assessment)));

describeInBrowser('index.html in a real browser', import.meta.url, () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-page-test-'));
  const assessment = makeAssessment({ findings: 120, keys: 500 });
  const failed = assessment.observations.filter(({ outcome }) => outcome === 'fail');
  const total = assessment.observations.length;
  const partial = Array.from({ length: 5 }, (_, n) => ({
    problem: `two records of arn:aws:iam::444455556666:user/svc-${n}-tallow-street-payments-webhook#access_key_1 (keys) disagree on account_kind: "application" and "system"`,
    kinds: [],
  }));
  let html: string;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  const open = async (text: string, hash = ''): Promise<void> => {
    const file = join(folder, 'index.html');
    writeFileSync(file, text);
    await page.goto('about:blank');
    await page.goto(`${pathToFileURL(file).href}${hash}`, { waitUntil: 'load' });
  };
  const text = (selector: string): Promise<string> =>
    page.$eval(selector, (element) => (element.textContent ?? '').trim());
  const display = (selector: string): Promise<unknown> =>
    page.evaluate(`getComputedStyle(document.querySelector('${selector}')).display`);
  const rows = (): Promise<number> => page.$$eval('#q-rows > tr', (all) => all.length);
  const hash = (): Promise<unknown> => page.evaluate('decodeURIComponent(location.hash)');
  const settled = (status: string): Promise<unknown> =>
    page.waitForFunction(`document.getElementById('q-status').textContent === ${JSON.stringify(status)}`);

  beforeAll(async () => {
    if (found === null) throw new Error('There is no browser.');
    html = await pageOf(assessment);
    const args = [...found.args, '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    browser = await puppeteer.launch({ executablePath: await found.executable(), args, pipe: true });
    page = await browser.newPage();
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.setViewport({ width: 1440, height: 900 });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('asks the network for nothing and obeys its own security policy', async () => {
    await open(html);
    expect(requests.filter((url) => !/^(file:|data:|about:)/.test(url))).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate(`document.fonts.check('600 20px "Source Serif 4"')`)).toBe(true);
  });

  it('shows the result without scrolling: keys, severities, frameworks and the first five actions', async () => {
    const frameworks = Array.from({ length: 7 }, (_, n) => {
      const [framework] = structuredClone(assessment.frameworks);
      return { ...(framework as Assessment['frameworks'][number]), id: `framework-${n}` };
    });
    const title = 'Keys that a leaver could read are rotated within a day, and the access is gone too';
    const actions = assessment.actions.map((action) => ({ ...action, title }));
    await open(await pageOf({ ...assessment, frameworks, actions, incomplete: [], partialInputs: partial }));
    for (const selector of [
      '.headline',
      '.tiles',
      '.small-multiples',
      '.first-actions tbody tr:nth-child(5)',
    ])
      expect(await page.$eval(selector, (element) => element.getBoundingClientRect().bottom)).toBeLessThan(
        900,
      );
    expect(await page.$eval('.more-said li', (line) => line.textContent)).toContain(partial[0]?.problem);
  });

  it('leads from each tile to as many hits as it counts', async () => {
    await open(html);
    for (const severity of SEVERITIES) {
      const link = `.tile[href="#severity=${severity}"]`;
      const shown = await text(`${link} .figure-number`);
      await page.click(link);
      await settled(`${shown} of ${total} match.`);
    }
  });

  it('leads from each count of a framework to as many of its controls, and keeps that in the address', async () => {
    await open(html);
    const counts = await page.$$eval('.small-multiples td a', (links) =>
      links.map((link) => ({ href: link.getAttribute('href') ?? '', count: Number(link.textContent) })),
    );
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(
      assessment.frameworks.reduce((sum, { controls }) => sum + controls.length, 0),
    );
    const shown = (list: string): Promise<number> =>
      page.$$eval(`#${list} [data-listed]`, (all) => all.filter((item) => item.checkVisibility()).length);
    for (const { href, count } of counts) {
      const list = new URLSearchParams(href.slice(1)).get('list') ?? '';
      await page.click(`.small-multiples a[href="${href}"]`);
      await page.waitForFunction(`document.activeElement.dataset.for === ${JSON.stringify(list)}`);
      expect(await page.evaluate('location.hash')).toBe(href);
      expect(await shown(list)).toBe(count);
      await open(html, href);
      expect(await shown(list)).toBe(count);
      // By the keyboard: a click goes where the button was before what is laid out late moved it.
      await page.focus(`[data-clear="${list}"]`);
      await page.keyboard.press('Enter');
      expect(await shown(list)).toBe(await page.$$eval(`#${list} [data-listed]`, (all) => all.length));
      expect(await hash()).toBe(`#${list}`);
    }
  });

  it('keeps in the address what a list is cut down to, whatever list it is', async () => {
    await open(html);
    await page.click('input[data-for="policy-list"]');
    await page.type('[data-filter="policy-list"]', 'rotation');
    const left = await text('[data-status="policy-list"]');
    const address = String(await page.evaluate('location.hash'));
    expect(address).toBe('#list=policy-list&q=rotation&failed=only');
    await open(html, address);
    expect(await text('[data-status="policy-list"]')).toBe(left);
    await page.select('[data-for="checklist-table"]', 'pci-dss-4.0.1');
    expect(await hash()).toBe('#list=checklist-table&framework=pci-dss-4.0.1');
  });

  it.each([1440, 390])(
    'shows long lists when asked for them, and what a filter leaves, at %i px',
    async (width) => {
      await page.setViewport({ width, height: 900 });
      await open(await pageOf(makeAssessment({ findings: 60, keys: 100, controlCopies: 4 })));
      const visible = (rows: string): Promise<number> =>
        page.$$eval(rows, (all) => all.filter((row) => row.checkVisibility()).length);
      const listed = '#checklist-table [data-listed]';
      const folded = width < 700;
      expect(await visible(listed)).toBe(folded ? 0 : 15);
      if (folded) await page.click('#checklist .chapter-button');
      expect(await visible(listed)).toBe(15);
      await page.type('[data-filter="checklist-table"]', 'soc 2');
      expect(await visible('#checklist [data-more]')).toBe(0);
      await open(await pageOf(makeAssessment({ findings: 60, keys: 100, controlCopies: 4 })));
      if (folded) await page.evaluate(`location.hash = '#checklist'`);
      await page.waitForFunction(`document.querySelector('#checklist-table').checkVisibility()`);
      // The register above is filled after the page is shown, which moves what is below it from under a click.
      await page.waitForSelector('#k-rows tr');
      await page.click('[data-more="checklist-table"]');
      const all = await page.$$eval(listed, (rows) => rows.length);
      expect(all).toBeGreaterThan(15);
      expect(await visible(listed)).toBe(all);
      await page.type('[data-filter="checklist-table"]', 'nothing-is-called-this');
      expect(await visible(listed)).toBe(0);
      expect(await visible('#not-tested tbody tr')).toBe(0);
      if (folded) await page.click('#not-tested .chapter-button');
      await page.click('#not-tested summary');
      expect(await visible('#not-tested tbody tr')).toBeGreaterThan(0);
      await page.setViewport({ width: 1440, height: 900 });
    },
  );

  it('folds what comes after the plan of work on a phone, and shows what a link, a tile or the search leads to', async () => {
    await page.setViewport({ width: 390, height: 844 });
    const shows = (id: string): Promise<boolean> =>
      page.$$eval(`#${id} > :not(h2, .chapter-button)`, (parts) =>
        parts.some((part) => part.checkVisibility()),
      );
    await open(html);
    expect(await page.evaluate('document.documentElement.scrollHeight / innerHeight')).toBeLessThan(20);
    expect(await shows('plan')).toBe(true);
    for (const id of ['search', 'keys', 'checklist', 'policies', 'verify'])
      expect(await shows(id)).toBe(false);
    await page.click('.tile[href="#severity=critical"]');
    await settled(`${await text('.tile[href="#severity=critical"] .figure-number')} of ${total} match.`);
    expect(await shows('search')).toBe(true);
    await page.click('#keys .chapter-button');
    expect(await shows('keys')).toBe(true);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Keys');
    await open(html, '#policy-rotation-max-age');
    expect(await shows('policies')).toBe(true);
    expect(await shows('keys')).toBe(false);
    await page.click('#expand');
    for (const id of ['search', 'keys', 'checklist', 'verify']) expect(await shows(id)).toBe(true);
    await page.setViewport({ width: 1440, height: 900 });
    await open(html);
    for (const id of ['search', 'keys', 'checklist', 'verify']) expect(await shows(id)).toBe(true);
    expect(await display('.chapter-button')).toBe('none');
  });

  it('finds what people type: titles, rules, controls, owners, environments, subjects and ids', async () => {
    await open(html);
    expect(await rows()).toBe(25);
    expect(await text('#q-status')).toBe(`${total} of ${total} match.`);
    const [one] = failed;
    const subjects = new Map(makeSubjects(assessment).map((subject) => [subject.id, subject]));
    const owned = assessment.observations.filter(
      ({ subject }) => subjects.get(subject.id)?.owner === 'Amara Osei',
    );
    const [rule] = assessment.policies.filter(({ id }) => id === one?.ruleId);
    const ofRule = assessment.observations.filter(({ ruleId }) => ruleId === one?.ruleId);
    const action = 'Renew what this rule found to be old';
    const policies = assessment.policies.map((policy) =>
      policy.id === rule?.id ? { ...policy, action } : policy,
    );
    await open(await pageOf({ ...assessment, policies }));
    for (const [typed, expected] of [
      [one?.id ?? '', 1],
      ['"amara osei"', owned.length],
      [`"${rule?.title.toLowerCase()}"`, ofRule.length],
      [one?.ruleId ?? '', ofRule.length],
      [`"${action.toLowerCase()}"`, ofRule.length],
    ] as const) {
      await page.evaluate(`document.getElementById('q').value = ${JSON.stringify(typed)}`);
      await page.type('#q', ' ');
      await settled(`${expected} of ${total} match.`);
    }
  });

  it('counts what each choice would leave, and keeps the choices in the address', async () => {
    await open(html);
    const high = failed.filter(({ severity }) => severity === 'high');
    expect(
      await page.$$eval('#q-severity option', (all) => all.map((option) => option.textContent)),
    ).toContain(`High (${high.length})`);
    await page.select('#q-severity', 'high');
    await page.select('#q-rule', 'rotation-max-age');
    const both = high.filter(({ ruleId }) => ruleId === 'rotation-max-age');
    await settled(`${both.length} of ${total} match.`);
    expect(await hash()).toBe('#severity=high&rule=rotation-max-age');
    await open(html, '#severity=high&rule=rotation-max-age&q=processor-10-');
    await settled(
      `${both.filter(({ subject }) => subject.id.includes('processor-10-')).length} of ${total} match.`,
    );
    expect(await page.evaluate(`document.getElementById('q-severity').value`)).toBe('high');
  });

  it('sorts and turns the pages', async () => {
    await open(html, '#rule=rotation-max-age&severity=high');
    await page.click('[data-sort="subject"]');
    const names = await page.$$eval('#q-rows .subject bdi:first-child', (all) =>
      all.map((name) => name.textContent),
    );
    expect(names).toEqual([...names].sort());
    await open(html);
    await page.click('#q-next');
    expect(await text('#q-page')).toMatch(/^Page 2 of /);
  });

  it('comes to the search with a slash, clears it with Escape, and offers a way out of nothing', async () => {
    await open(html);
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('q');
    await page.keyboard.type('nothing-is-called-this');
    await settled(`0 of ${total} match.`);
    expect(await display('#q-empty')).toBe('block');
    expect(await display('#q-table')).toBe('none');
    await page.keyboard.press('Escape');
    await settled(`${total} of ${total} match.`);
    expect(await display('#q-empty')).toBe('none');
  });

  it('shows a choice that the address names and that nothing has, so that none found is not read as none there', async () => {
    await open(html, '#owner=Left Long Ago');
    await settled(`0 of ${total} match.`);
    expect(await text('#q-owner option:checked')).toBe('Left Long Ago (0)');
  });

  it('opens a finding by its id, with its records, its controls and the command that explains it', async () => {
    const [one] = failed;
    await open(html, `#finding-${one?.id}`);
    await settled(`1 of ${total} match.`);
    const row = await text(`#finding-${one?.id}`);
    expect(row).toContain(one?.violations[0]?.message);
    expect(row).toContain(one?.violations[0]?.records[0]?.record);
    expect(row).toContain(`keyproof explain ${one?.id}`);
  });

  it('gives the hits as CSV that a reader reads back, without a formula', async () => {
    const named = structuredClone(assessment);
    const [one] = named.observations.filter(({ outcome }) => outcome === 'fail');
    if (one?.violations[0] === undefined) throw new Error('no finding');
    one.violations[0].message = '=HYPERLINK("x"), it says';
    await open(await pageOf(named), `#q=${one.id}`);
    await page.evaluate(
      `window.saved = null; URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return '#'; }`,
    );
    await page.click('#q-csv');
    await page.waitForFunction('window.saved !== null');
    const saved = String(await page.evaluate('window.saved'));
    const [line] = parse(saved, { columns: true, bom: true }) as { [column: string]: string }[];
    expect(line).toMatchObject({
      finding_id: one.id,
      rule_id: one.ruleId,
      found: `'=HYPERLINK("x"), it says`,
    });
  });

  it('filters controls by state, and policies by failure', async () => {
    await open(html);
    await page.select('select[data-for="framework-pci-dss-4-0-1-controls"]', 'not-tested');
    const shown = await page.$$eval('#framework-pci-dss-4-0-1-controls details:not([hidden])', (all) =>
      all.map((item) => item.querySelector('.item-id')?.textContent),
    );
    expect(shown).toEqual(['10.5.1', '12.8.4']);
    await page.click('input[data-for="policy-list"]');
    const policies = await page.$$eval('#policy-list details:not([hidden])', (all) => all.length);
    expect(policies).toBe(assessment.policies.filter(({ outcomes }) => outcomes.fail > 0).length);
  });

  it('opens the item a link points at, with its findings, and everything at once', async () => {
    await open(html, '#policy-rotation-max-age');
    await page.waitForSelector('#policy-rotation-max-age .findings tbody tr');
    const [worst] = failed.filter(({ ruleId }) => ruleId === 'rotation-max-age');
    expect(await text('#policy-rotation-max-age .findings')).toContain(worst?.violations[0]?.message);
    await page.click('#expand');
    expect(await page.$$eval('details.item:not([open])', (closed) => closed.length)).toBe(0);
  });

  it('stays at the chapter that its address names once everything above it is made', async () => {
    await open(html, '#scope');
    await page.waitForSelector('#k-rows > tr');
    const top = Number(await page.evaluate("document.getElementById('scope').getBoundingClientRect().top"));
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(200);
  });

  it('has a line for each key, and opens it to its time line and its results', async () => {
    await open(html);
    const keys = makeSubjects(assessment).filter(({ kind }) => kind === 'key');
    await page.waitForSelector('#k-rows > tr');
    expect(await text('#k-status')).toMatch(new RegExp(`^${keys.length} of ${keys.length} keys`));
    const [first] = keys;
    await open(html, `#key=${encodeURIComponent(first?.id ?? '')}`);
    await page.waitForSelector('.key-page:not([hidden]) .timeline svg');
    const said = await text('.key-page:not([hidden])');
    expect(said).toContain(first?.id);
    expect(said).toMatch(/All \d+ checks: /);
    expect(said).toContain('last use known');
    await open(html);
    await page.waitForSelector('#k-rows > tr');
    await page.select('#k-show', 'old');
    const over = await page.$$eval('#k-rows > tr:not(.key-page)', (all) =>
      all.map((row) => row.querySelectorAll('.bad').length),
    );
    expect(over.length).toBeGreaterThan(0);
    expect(new Set(over)).toEqual(new Set([1]));
  });

  it.each([390, 768, 1024, 1200, 1440])(
    'shows the page of a key within the screen, and leaves the register as wide as it was, at %i px',
    async (width) => {
      await page.setViewport({ width, height: 900 });
      await open(html);
      await page.waitForSelector('#k-rows > tr');
      const table = (): Promise<number> => page.$eval('#k-table', (element) => element.offsetWidth);
      const before = await table();
      await page.$$eval('#k-rows .opener', (all) => {
        for (const button of all) button.click();
      });
      await page.$$eval('.key-body details', (all) => {
        for (const part of all) part.open = true;
      });
      await page.waitForSelector('.key-body .finding-body');
      expect(await table()).toBe(before);
      const edge = await page.$eval(
        '[aria-label="Register of keys"]',
        (element) => element.getBoundingClientRect().right,
      );
      const beyond = await page.$$eval(
        '.key-body :is(td, th, dd, p, li, figure)',
        (all, right) =>
          all
            .filter((part) => !part.closest('.hidden') && part.getBoundingClientRect().right > right + 1)
            .map(({ textContent }) => textContent),
        edge,
      );
      expect(beyond).toEqual([]);
      await page.setViewport({ width: 1440, height: 900 });
    },
  );

  it.each([720, 768, 960, 1200])('has age and dates of a key on a line each at %i px', async (width) => {
    await page.setViewport({ width, height: 900 });
    await open(html);
    await page.waitForSelector('#k-rows > tr');
    const tall = await page.$$eval('#k-rows :is(.age-text, .day)', (all) =>
      all.filter((one) => one.getBoundingClientRect().height > 30).map(({ textContent }) => textContent),
    );
    expect(tall).toEqual([]);
    expect(await page.$$eval('#k-rows .age-text', (all) => all.length)).toBeGreaterThan(5);
    await page.setViewport({ width: 1440, height: 900 });
  });

  it('changes between light and dark', async () => {
    await open(html);
    const paper = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const before = await paper();
    await page.click('#theme');
    expect(await paper()).not.toBe(before);
    await page.click('#theme');
  });

  it('prints the summary, or the chapters as they are shown, and names the file of what it leaves out', async () => {
    await open(await pageOf(makeAssessment({ findings: 60, keys: 100, controlCopies: 4 })));
    await page.emulateMediaType('print');
    expect(await display('#glance')).toBe('block');
    expect(await display('#policies')).toBe('none');
    const opened = '#policies details.item';
    await page.$eval(opened, (item) => item.setAttribute('open', ''));
    await page.evaluate(`window.print = () => {}; document.getElementById('print-chapters').click()`);
    expect(await display('#policies')).toBe('block');
    expect(await display('#search')).toBe('none');
    expect(await display('#k-table')).toBe('table');
    expect(await page.$$eval('details.item[open]', (items) => items.length)).toBe(1);
    expect(await page.$$eval('[data-rest]:not([hidden])', (rows) => rows.length)).toBe(0);
    expect(await display('[data-more]')).toBe('none');
    expect(await text('[data-more="checklist-table"] + .print-only')).toMatch(
      /^\d+ more controls are in gap-checklist\.csv\.$/,
    );
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    expect(await display('#policies')).toBe('none');
    await page.emulateMediaType('screen');
  });

  it.skipIf(!hasPdfText)('repeats every column of the register on each of its pages', async () => {
    await open(html);
    await page.waitForSelector('#k-rows > tr');
    await page.evaluate(`window.print = () => {}; document.getElementById('print-chapters').click()`);
    const file = join(folder, 'printed.pdf');
    await page.emulateMediaType('print');
    writeFileSync(file, await page.pdf({ format: 'a5', landscape: true }));
    await page.emulateMediaType('screen');
    const pages = execFileSync(READER, ['-layout', file, '-'], { encoding: 'utf8' }).split('\f');
    const heads = pages.filter((one) => /Environment +Kept in/.test(one));
    expect(heads.length).toBeGreaterThan(1);
    for (const head of heads) expect(head).toMatch(/^ *Key +Age +Tier +Owner +Environment +Kept in/m);
  });

  it('prints five findings of a rule that is open, and what a search found', async () => {
    const many = makeAssessment({ findings: 400, keys: 100 });
    await open(await pageOf(many));
    const { ruleId } = many.actions.find(({ failed }) => failed > 25) ?? { ruleId: '' };
    await page.$eval(`#plan [data-findings-of="${ruleId}"]`, (slot) =>
      slot.closest('details')?.setAttribute('open', ''),
    );
    await page.waitForSelector(`#plan [data-findings-of="${ruleId}"] tbody`);
    await page.evaluate(`window.print = () => {}; document.getElementById('print-chapters').click()`);
    await page.emulateMediaType('print');
    const printed = await page.$$eval(
      `#plan [data-findings-of="${ruleId}"] tbody > tr`,
      (rows) => rows.filter((row) => row.checkVisibility()).length,
    );
    expect(printed).toBe(5);
    expect(await text(`#plan [data-findings-of="${ruleId}"] .print-only`)).toMatch(
      /^First 5 of \d+; findings\.csv has every failed check\.$/,
    );
    await page.emulateMediaType('screen');
    await page.type('#q', 'rotated');
    await page.waitForFunction(`location.hash.includes('q=rotated')`);
    await page.emulateMediaType('print');
    expect(await display('#search')).toBe('block');
    expect(await text('#q-print')).toMatch(/^Printed are the 25 on this page of \d+; findings\.csv has /);
    await page.emulateMediaType('screen');
  });

  it('does not scroll sideways on a phone, with everything open', async () => {
    await page.setViewport({ width: 375, height: 800 });
    await open(await pageOf(withTexts(assessment, [...HOSTILE, 'plain'])));
    await page.click('#expand');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    await page.setViewport({ width: 1440, height: 900 });
  });

  it('does not scroll sideways at any width, such as a screen of 1440 px at 200 %', async () => {
    const sentences = structuredClone(assessment);
    for (const [place, control] of (sentences.frameworks[0]?.controls ?? []).entries())
      control.verdictText = `exception number ${place % 2} (severity for management and for the auditor to evaluate)`;
    await open(await pageOf(sentences));
    await page.waitForSelector('#k-rows > tr');
    await page.click('#expand');
    for (const width of [320, 390, 706, 720, 768, 801, 1089, 1440]) {
      await page.setViewport({ width, height: 450 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
    await page.setViewport({ width: 1440, height: 900 });
  });

  it('breaks no plain word of a table into letters on a phone', async () => {
    await page.setViewport({ width: 390, height: 844 });
    await open(html);
    await page.click('#expand');
    await page.addStyleTag({ content: '* { content-visibility: visible !important; }' }).catch(() => {});
    const broken = await page.evaluate(`(() => {
      const lines = (node, from, to) => {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
      };
      const texts = (cell) => {
        const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) found.push(walker.currentNode);
        return found;
      };
      return [...document.querySelectorAll('main :is(:not(.stack) > thead th, tbody th, tbody td):not(:has(td))')].flatMap((cell) =>
        texts(cell).flatMap((node) =>
          [...node.data.matchAll(/(?<![^\\s])[A-Za-z]{2,16}(?![^\\s])/g)]
            .filter(({ index, 0: word }) => lines(node, index, index + word.length) > 1)
            .map(([word]) => cell.closest('section')?.id + ': ' + word),
        ),
      );
    })()`);
    expect(broken).toEqual([]);
    await page.setViewport({ width: 1440, height: 900 });
  });

  it.each([1440, 1024, 768, 390])(
    'shows every state of each framework, and no tile alone, at %i px',
    async (width) => {
      await page.setViewport({ width, height: 900 });
      await open(html);
      const cut = await page.$$eval('.glance .scroll', (all) =>
        all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.getAttribute('aria-label')),
      );
      expect(cut).toEqual([]);
      const edges = await page.$$eval('.tiles > li', (all) => {
        const row = all.map((one) => one.getBoundingClientRect());
        return [Math.max(...row.map(({ right }) => right)), row.at(-1)?.right];
      });
      expect(edges[1]).toBe(edges[0]);
      await page.setViewport({ width: 1440, height: 900 });
    },
  );

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ])('has nothing that axe finds, %s at %i px, with panels open', async (scheme, width) => {
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await open(html);
    await page.waitForSelector('#k-rows .opener');
    await page.evaluate(`for (const button of [...document.querySelectorAll('.chapter-button')].slice(0, -2)) button.click();
      for (const item of [...document.querySelectorAll('details.item, details.fold')].filter((_, n) => n % 6 === 0)) item.open = true;
      for (const item of document.querySelectorAll('.fold, .more-said')) item.open = true;
      document.querySelector('#q-rows .more').open = true; document.querySelector('#k-rows .opener').click();
      for (const item of document.querySelectorAll('.key-page:not([hidden]) .more')) item.open = true;`);
    await page.waitForSelector('.policy[open] .findings tbody tr');
    await page.evaluate(AXE);
    const results = (await page.evaluate(`axe.run({ resultTypes: ['violations'] })`)) as AxeResults;
    const said = results.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ target }) => target.join(' '))
          .slice(0, 5)
          .join(', ')}`,
    );
    expect(said).toEqual([]);
    await page.setViewport({ width: 1440, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
  });

  it('shows everything but single findings and keys without JavaScript', async () => {
    await page.setJavaScriptEnabled(false);
    await open(html);
    await page.setJavaScriptEnabled(true);
    expect(await display('.no-js')).toBe('block');
    expect(await display('#q-table')).toBe('table');
    expect(await display('#search .js-only')).toBe('none');
    expect(await text('#plan')).toContain(assessment.actions.at(-1)?.title);
    expect(await text('#policy-rotation-max-age')).toContain('all of them are in findings.csv');
  });

  it('runs nothing that an export brought along', async () => {
    complaints.length = 0;
    await open(await pageOf(withTexts(assessment, HOSTILE)));
    await page.click('#expand');
    expect(complaints).toEqual([]);
  });
});
