import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDF, PdfArray, PdfDict, type PdfObject, PdfRef } from '@libpdf/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../dist/report/index.js';
import { annexRenderer } from '../../dist/report/pdf/annex-renderer.js';
import { BrowserNotFoundError, PdfNotWrittenError } from '../../dist/report/pdf/errors.js';
import { destinationsOf } from '../../dist/report/pdf/file/outline.js';
import { renderPdf } from '../../dist/report/pdf/render-pdf.js';
import type { Assessment, ProgressEvent } from '../../src/model/index.js';
import { inPartSentence } from '../../src/text/in-part-sentence.js';
import { describeInBrowser } from '../support/browser.js';
import { makeAssessment } from './fixture.js';
import { emptied, HOSTILE, withTexts } from './hostile.js';
import { memorySink, packOf } from './pack-of.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** What a program prints about a PDF. */
const look = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8' });

/** What a program prints about a PDF, and what it complains of. */
const said = (program: string, ...args: string[]): { stdout: string; stderr: string } =>
  spawnSync(program, args, { encoding: 'utf8' });

/** Whether a program is installed that looks into a PDF. */
const has = (program: string): boolean => {
  try {
    execFileSync(program, [program === 'qpdf' ? '--version' : '-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** The lines of each page between its header and its footer, as pdftotext reads them. */
const linesOfPages = (file: string): string[][] =>
  look('pdftotext', '-layout', file, '-')
    .split('\f')
    .slice(0, -1)
    .map((page) => page.split('\n').filter((line) => line.trim() !== ''))
    .map((lines) => lines.slice(1, -1));

/** How far down the text of each page reaches, 0 to 1 of its height, page numbers and what else stands in the margins left out. */
const reachOfPages = (file: string): number[] =>
  look('pdftotext', '-bbox', file, '-')
    .split('<page ')
    .slice(1)
    .map((page) => {
      const height = Number(/height="([\d.]+)"/.exec(page)?.[1]);
      const ends = [...page.matchAll(/yMax="([\d.]+)"/g)].map(([, end]) => Number(end) / height);
      return Math.max(...ends.filter((end) => end < 0.94));
    });

type Mark = { title: string; page: number; children: Mark[] };

/** The bookmarks of a PDF as another program than Chromium reads them, each with its page. */
const bookmarksOf = (pdf: PDF): Mark[] => {
  const resolve = (ref: PdfRef) => pdf.context.resolve(ref);
  const pages = pdf.getPages().map(({ ref }) => ref.objectNumber);
  const pageOf = (destination: PdfObject | undefined): number => {
    const page = destination instanceof PdfArray ? destination.at(0) : undefined;
    return page instanceof PdfRef ? pages.indexOf(page.objectNumber) + 1 : 0;
  };
  const marks = (parent: PdfDict | undefined): Mark[] => {
    const found: Mark[] = [];
    for (let item = parent?.getDict('First', resolve); item; item = item.getDict('Next', resolve))
      found.push({
        title: item.getString('Title')?.asString() ?? '',
        page: pageOf(item.get('Dest')),
        children: marks(item),
      });
    return found;
  };
  return marks(pdf.getCatalog().getDict('Outlines', resolve));
};

const flat = (marks: readonly Mark[]): Mark[] => marks.flatMap((mark) => [mark, ...flat(mark.children)]);

/** Heads of tables, as a line of text begins with them. */
const TABLE_HEAD =
  /^\s*(No\. +Severity|Control +What it asks|Kind +Files|Fact +Value|Test +Evidence|Finding +What)/;

/** An assessment of which the first page has everything to say, at length. */
const longest = (assessment: Assessment): Assessment => {
  const [framework] = assessment.frameworks;
  const copies = Array.from({ length: 9 }, (_, n) => ({
    ...structuredClone(framework as Assessment['frameworks'][number]),
    id: `framework-${n}`,
    title: `Supervisory cybersecurity regulation number ${n}`,
  }));
  for (const control of copies.at(-1)?.controls ?? []) control.verdict = 'not-applicable';
  return {
    ...assessment,
    plan: { ...assessment.plan, organisation: 'Northbridge Bank, subsidiary of the Northbridge Holding' },
    incomplete: assessment.incomplete.map((one) => ({
      ...one,
      message: 'exports/vault/rotation.ndjson ends. '.repeat(9),
    })),
    partialInputs: [
      {
        problem: 'exports/rotations/rotation-pipeline-2025-q4.ndjson.gz was taken early. '.repeat(4),
        kinds: [],
      },
      { problem: 'exports/vendors/vendors.csv holds 16 records; the system says 18', kinds: [] },
    ],
    outcomes: { ...assessment.outcomes, 'no-evidence': 1_000_000 },
    frameworks: copies,
    actions: assessment.actions.map((action) => ({
      ...action,
      title: 'Every one of these is what is expected. '.repeat(4),
    })),
    missingEvidence: assessment.missingEvidence.map((missing) => ({
      ...missing,
      label: 'list of access rights with action, approved actions, approved at',
      how: 'What was supplied does not state it: export the log of every store. '.repeat(5),
    })),
    changes: {
      previous: { asOf: '2026-06-30T23:59:59.999Z', assessmentSha256: sha256(new Uint8Array()) },
      counts: { new: { total: 12, severities: { critical: 1, high: 2, medium: 3, low: 6 } } },
      overdue: { critical: 4, high: 0, medium: 0, low: 0 },
    },
  } as Assessment;
};

describe('looking for a browser', () => {
  const nowhere = { platform: 'linux', env: { PATH: '/nonexistent' }, bundled: false } as const;

  it('says in one sentence what to install when there is none', async () => {
    // Machines with Chrome in /opt or /snap find it without PATH.
    const found = await findBrowser(nowhere).catch((error: unknown) => error);
    if (found instanceof Error) expect(found).toBeInstanceOf(BrowserNotFoundError);
    const windows = findBrowser({ platform: 'win32', env: { PROGRAMFILES: 'C:\\none' }, bundled: false });
    await expect(windows).rejects.toThrow(
      /Install Google Chrome, Chromium or Microsoft Edge, or set PUPPETEER_EXECUTABLE_PATH/,
    );
    await expect(windows).rejects.toMatchObject({ exitCode: 3 });
  });

  it('does not pass over a wrong PUPPETEER_EXECUTABLE_PATH, and does not print it', async () => {
    const env = { ...process.env, PUPPETEER_EXECUTABLE_PATH: '/home/someone/chrome' };
    await expect(findBrowser({ env })).rejects.toThrow('PUPPETEER_EXECUTABLE_PATH does not name a program');
    await expect(findBrowser({ env })).rejects.not.toThrow('someone');
  });

  it('turns a browser that does not start into a sentence', async () => {
    const env = { ...process.env, PUPPETEER_EXECUTABLE_PATH: '/bin/false' };
    const printing = renderPdf(makeAssessment({ findings: 0 }), { browser: { env } });
    await expect(printing).rejects.toBeInstanceOf(PdfNotWrittenError);
  });
});

describeInBrowser('report.pdf, printed by a real browser', import.meta.url, () => {
  const assessment = makeAssessment({ findings: 300, keys: 2000, policyCopies: 8, controlCopies: 10 });
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-pdf-test-'));
  const file = join(folder, 'report.pdf');
  const events: ProgressEvent[] = [];
  let bytes: Uint8Array = new Uint8Array();
  let pdf: PDF;
  let marks: Mark[] = [];

  beforeAll(async () => {
    bytes = await renderPdf(assessment, { onProgress: (event) => events.push(event) });
    writeFileSync(file, bytes);
    pdf = await PDF.load(bytes);
    marks = bookmarksOf(pdf);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is the same to the byte when printed again', async () => {
    expect(sha256(await renderPdf(structuredClone(assessment)))).toBe(sha256(bytes));
  });

  it('has 12 to 25 pages for a bank, and tells how many it printed', () => {
    expect(pdf.getPageCount()).toBeGreaterThanOrEqual(12);
    expect(pdf.getPageCount()).toBeLessThanOrEqual(25);
    expect(events[0]).toEqual({ stage: 'print', done: 0, total: null, detail: 'report.pdf' });
    expect(events.at(-1)).toMatchObject({ done: pdf.getPageCount(), total: pdf.getPageCount() });
  });

  it('states a title, a language, tags and what its colours mean, and no date', () => {
    const catalog = pdf.getCatalog();
    const resolve = (ref: PdfRef) => pdf.context.resolve(ref);
    expect(catalog.getString('Lang')?.asString()).toBe('en');
    expect(catalog.getDict('MarkInfo', resolve)?.getBool('Marked')?.value).toBe(true);
    for (const name of ['StructTreeRoot', 'Metadata', 'OutputIntents']) expect(catalog.has(name)).toBe(true);
    const information = pdf.context.info.trailer.getDict('Info', resolve);
    expect(
      [...(information ?? [])].map(([{ value }, text]) => [value, 'asString' in text && text.asString()]),
    ).toEqual([
      [
        'Title',
        'Northbridge Bank: evidence on API keys and credentials, as of 30 September 2026, end of day UTC',
      ],
      ['Creator', expect.stringMatching(/^keyproof \d+\.\d+\.\d+$/)],
    ]);
    expect(latin1(bytes)).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>');
    expect(latin1(bytes)).not.toMatch(/CreationDate|ModDate|ModifyDate/);
  });

  it.skipIf(!has('pdfinfo'))('has structure that another reader knows, emphasis included', () => {
    const { stdout, stderr } = said('pdfinfo', '-struct-text', file);
    expect(stderr).toBe('');
    expect(stdout).toContain('"Indicative; not an assessor’s opinion."');
  });

  it('keeps its structure in object streams, and embeds its fonts', () => {
    const text = latin1(bytes);
    expect(text).toContain('/Type /ObjStm');
    expect(text).not.toContain('/StructElem');
    const fonts = pdf.getPages().flatMap(({ dict }) => {
      const resolve = (ref: PdfRef) => pdf.context.resolve(ref);
      const used = dict.getDict('Resources', resolve)?.getDict('Font', resolve) ?? new PdfDict();
      return [...used].map(([, font]) => (font instanceof PdfRef ? resolve(font) : font));
    });
    const names = new Set(
      fonts.flatMap((font) => (font instanceof PdfDict ? [font.getName('BaseFont')?.value ?? ''] : [])),
    );
    for (const family of ['SourceSans3', 'SourceSerif4', 'SourceCodePro'])
      expect([...names].some((name) => name.includes(`+${family}`))).toBe(true);
  });

  it('has a bookmark for each chapter and framework, once, on its page', () => {
    expect(marks.map(({ title }) => title)).toEqual([
      'Summary',
      'Plan of work',
      'Verdicts by framework',
      'Accepted exceptions',
      'Scope and settings',
      'Limits',
      'How to verify',
      'Sign-off',
    ]);
    expect(marks[2]?.children.map(({ title }) => title)).toEqual(
      assessment.frameworks.map(({ title, version }) => `${title} ${version}`),
    );
    expect(flat(marks).map(({ page }) => page)).toEqual(
      flat(marks)
        .map(({ page }) => page)
        .sort((a, b) => a - b),
    );
    expect(marks[0]?.page).toBe(1);
  });

  it('leads from each count of page 1 to the controls it counts', () => {
    const resolve = (ref: PdfRef) => pdf.context.resolve(ref);
    const [first] = pdf.getPages();
    const links = first?.dict.getArray('Annots', resolve) ?? [];
    const anchors = [...links].flatMap((link) => {
      const dict = link instanceof PdfRef ? resolve(link) : link;
      return dict instanceof PdfDict ? [dict.getName('Dest', resolve)?.value ?? ''] : [];
    });
    const places = destinationsOf(pdf);
    for (const { id, verdicts } of assessment.frameworks) {
      const slug = id.replace(/[^a-z0-9]+/g, '-');
      expect(anchors).toContain(`framework-${slug}`);
      if (verdicts.exception === 0) continue;
      expect(anchors).toContain(`state-framework-${slug}-exception`);
      expect(places.get(`state-framework-${slug}-exception`)).toBeDefined();
    }
  });

  it('leaves no browser profile behind', () => {
    expect(
      readdirSync(tmpdir()).filter((name) => name.startsWith(`keyproof-browser-${process.pid}-`)),
    ).toEqual([]);
  });

  it.skipIf(!has('qpdf'))('is a sound PDF in the eyes of qpdf', () => {
    expect(look('qpdf', '--check', file)).toContain('No syntax or stream encoding errors found');
  });

  describe.skipIf(!has('pdftotext'))('read back as text', () => {
    let pages: string[][] = [];
    beforeAll(() => {
      pages = linesOfPages(file);
    });
    const textOf = (page: number) => (pages[page - 1] ?? []).join('\n');

    it('answers on page 1: what fails, what to do first, what is undecided', () => {
      const first = textOf(1);
      const [keys] = assessment.subjectFailures.filter(({ kind }) => kind === 'key');
      const count = (value = 0) => value.toLocaleString('en-GB');
      expect(first).toContain(`${count(keys?.worst.critical)} of 2,000 keys tested`);
      expect(first).toMatch(new RegExp(`${count(keys?.failed)} have a failure of any\\s+severity\\.`));
      expect(first).toContain('This run is incomplete.');
      expect(first).toContain('What to do first');
      expect(first).toContain(assessment.actions[0]?.title.slice(0, 30));
      expect(first).toContain('What is undecided');
      expect(first).toMatch(/PCI DSS 4\.0\.1/);
      expect(textOf(2)).toMatch(/^\s*Contents/);
    });

    it('has every action, the later ones in a line each', () => {
      const plan = pages.slice(2).flat().join(' ').replace(/\s+/g, ' ');
      expect(assessment.actions.length).toBeGreaterThan(45);
      expect(plan).toMatch(new RegExp(`\\b${assessment.actions.length} (Critical|High|Medium|Low)\\b`));
    });

    it('states in the contents the page that each chapter is on', () => {
      const listed = (pages[1] ?? []).flatMap((line) => {
        const [, title, page] = /^\s*(.+?)\s{3,}(\d+)$/.exec(line) ?? [];
        return title === undefined ? [] : [[title, Number(page)]];
      });
      expect(listed).toEqual(flat(marks).map(({ title, page }) => [title, page]));
      for (const { title, page } of flat(marks).slice(1)) expect(textOf(page)).toContain(title);
    });

    it('carries the classification and its number on every page', () => {
      const all = look('pdftotext', '-layout', file, '-').split('\f').slice(0, -1);
      for (const [index, page] of all.entries()) {
        expect(page).toMatch(/Confidential +Indicative; not an assessor’s opinion +Page/);
        expect(page).toContain(`Page ${index + 1} of ${all.length}`);
        expect(page).toMatch(/Northbridge Bank +API keys and credentials, as of 30 September 2026/);
      }
    });

    it('leaves no head of a table alone at the foot of a page, and no page nearly empty', () => {
      for (const lines of pages) {
        expect(lines.at(-1)).not.toMatch(TABLE_HEAD);
        expect(lines.length).toBeGreaterThan(14);
      }
    });

    it('has a line for each control, with what decides it', () => {
      const all = pages.flat().join('\n');
      for (const { controls } of assessment.frameworks)
        for (const { id } of controls) expect(all).toContain(id);
      expect(all).toMatch(/\d of [\d,]+ keys tested failed: /);
    });

    it('ends with the sign-off on a page of its own', () => {
      const last = textOf(pages.length);
      expect(last).toMatch(/^\s*Sign-off/);
      for (const role of ['Preparer', 'Independent reviewer', 'Owner']) expect(last).toContain(role);
      expect(last).not.toContain('How to verify');
      expect(textOf(pages.length - 1)).not.toContain('Sign-off');
      expect(pages.flat().join('\n')).not.toMatch(/\b(compliant|certified)\b/i);
    });
  });

  it.skipIf(!has('pdftotext'))(
    'answers on one page also if everything that it may say is to be said',
    async () => {
      const full = longest(assessment);
      writeFileSync(join(folder, 'full.pdf'), await renderPdf(full));
      const [first, second] = linesOfPages(join(folder, 'full.pdf')).map((lines) =>
        lines.join(' ').replace(/\s+/g, ' '),
      );
      expect(first).toContain('This run is incomplete.');
      expect(first).toContain('could not be decided: evidence is missing');
      expect(first).toContain('Since 30 June 2026');
      expect(first).toContain('No control applies');
      expect(first).toMatch(/What is undecided/);
      expect(first).toMatch(/Indicative; not an assessor’s opinion\. This document/);
      expect(second).toMatch(/^\s*Contents/);
    },
  );

  it.skipIf(!has('pdftotext'))('cuts no action and no column of page 1 while the page has room', async () => {
    const { changes: _, ...rest } = longest(assessment);
    const title = 'Keys that a leaver could read are rotated within a day, and the access is gone';
    const frameworks = structuredClone(rest.frameworks.slice(1));
    const failed = frameworks[0]?.controls.find(({ verdict }) => verdict === 'exception');
    if (failed !== undefined)
      Object.assign(failed, { verdict: 'insufficient-data', verdictText: 'observation against a default' });
    const full = {
      ...rest,
      plan: assessment.plan,
      frameworks,
      outcomes: assessment.outcomes,
      incomplete: [],
      partialInputs: rest.partialInputs?.slice(-1) ?? [],
      missingEvidence: assessment.missingEvidence,
      actions: rest.actions.map((action) => ({ ...action, title })),
    };
    writeFileSync(join(folder, 'room.pdf'), await renderPdf(full));
    const words = look('pdftotext', '-f', '1', '-l', '1', join(folder, 'room.pdf'), '-').replace(/\s+/g, ' ');
    expect(words.split(title)).toHaveLength(6);
    expect(words).toContain(' Observations ');
    expect(linesOfPages(join(folder, 'room.pdf'))[1]?.[0]).toMatch(/^\s*Contents/);
  });

  it.skipIf(!has('pdftotext'))('sets page 1 closer before it cuts a row of it', async () => {
    const redacted = { ...assessment, redacted: 'people' as const };
    const long = longest(assessment);
    const actions = long.actions.map((action) => ({
      ...action,
      title: 'Keys that a leaver could read are rotated within a day, and the access is gone',
    }));
    const full = {
      ...redacted,
      actions,
      frameworks: long.frameworks.slice(0, 8),
      changes: long.changes,
      incomplete: [],
      partialInputs: long.partialInputs?.slice(-1) ?? [],
      missingEvidence: long.missingEvidence,
    };
    writeFileSync(join(folder, 'close.pdf'), await renderPdf(full as Assessment));
    const words = look('pdftotext', '-f', '1', '-l', '1', join(folder, 'close.pdf'), '-').replace(
      /\s+/g,
      ' ',
    );
    expect(words.split('and the access is gone')).toHaveLength(6);
    expect(words).toContain('This document reports what the supplied records show.');
    expect(words).toMatch(/Since 30 June 2026/);
  });

  it.skipIf(!has('pdftotext'))('answers on one page while rows still take two lines', async () => {
    const { changes: _, ...rest } = longest(assessment);
    const frameworks = [...rest.frameworks.slice(0, 6), ...rest.frameworks.slice(-1)];
    const { outcomes } = assessment;
    const full = { ...rest, frameworks, outcomes, incomplete: [], exceptions: [] };
    writeFileSync(join(folder, 'lines.pdf'), await renderPdf(full));
    const [first, second] = linesOfPages(join(folder, 'lines.pdf')).map((lines) => lines.join('\n'));
    expect(first).toContain('these is what is expected.');
    expect(second).toMatch(/^\s*Contents/);
  });

  it('survives hostile text, also in the margins', async () => {
    const hostile = withTexts(assessment, HOSTILE);
    const printed = await renderPdf({
      ...hostile,
      plan: {
        ...hostile.plan,
        organisation: '"; } </style><script>x</script> \\ {{',
        classification: '"; } @page { size: A9 }',
      },
    });
    expect(latin1(printed).startsWith('%PDF-')).toBe(true);
    expect((await PDF.load(printed)).getPageCount()).toBeLessThan(60);
  });

  it.each<[string, Assessment]>([
    ['ten keys', makeAssessment({ findings: 8, keys: 10 })],
    ['nothing', emptied(makeAssessment({ findings: 0 }))],
  ])('is short for %s, and ends with the sign-off', async (_, small) => {
    const printed = await PDF.load(await renderPdf(small));
    expect(printed.getPageCount()).toBeLessThan(12);
    expect(bookmarksOf(printed).at(-1)).toMatchObject({ title: 'Sign-off', page: printed.getPageCount() });
  });
});

describeInBrowser('the annex of a framework', import.meta.url, () => {
  const assessment = makeAssessment({ findings: 40, keys: 200 });
  const gap = 'the exports of Log platform cover nothing in July';
  for (const framework of assessment.frameworks) {
    const [first, second] = framework.controls.filter(({ mappings }) => mappings.length > 0);
    if (first === undefined || second === undefined) throw new Error('no controls with tests');
    const many = Array.from({ length: 30 }, (_, n) => ({
      ...structuredClone(first.mappings[0]),
      elements: n < 10 ? [{ id: `e${n}`, title: `Element ${n}` }] : [],
      inPart: n < 10,
      findings: n < 10 ? first.mappings[0]?.findings : [],
    }));
    second.mappings.push(...(many as typeof first.mappings));
    first.verdict = 'not-applicable';
    first.because = 'keyproof.yaml states service_provider: false';
  }
  for (const mapping of assessment.frameworks.flatMap(({ controls }) =>
    controls.flatMap(({ mappings }) => mappings),
  ))
    mapping.limitation = `A limit of the mapping. ${inPartSentence([gap])}`;
  const [own, other] = ['pci-dss-4.0.1', 'gdpr'].map((id) =>
    assessment.frameworks.find((framework) => framework.id === id),
  );
  const applying = own?.controls.filter(({ verdict }) => verdict !== 'not-applicable') ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-annex-test-'));
  const file = join(folder, 'annex.pdf');
  let written: string[] = [];
  let pdf: PDF;

  beforeAll(async () => {
    const sink = memorySink();
    await annexRenderer.render(packOf(assessment), { ...sink, frameworks: ['pci-dss-4.0.1'] });
    written = [...sink.files.keys()];
    const bytes = Buffer.from(sink.files.get('annex-pci-dss-4.0.1.pdf') ?? '', 'latin1');
    writeFileSync(file, bytes);
    pdf = await PDF.load(bytes);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is written for the frameworks asked for only', () => {
    expect(written).toEqual(['annex-pci-dss-4.0.1.pdf']);
    expect(annexRenderer.filesFor?.(assessment)).toEqual(
      assessment.frameworks.map(({ id }) => `annex-${id}.pdf`),
    );
  });

  it('has a bookmark for each control with a test, and for each procedure once', () => {
    const [controls, , procedures] = bookmarksOf(pdf);
    const tested = applying.filter(({ mappings }) => mappings.length > 0);
    expect(controls?.children.map(({ title }) => title)).toEqual(
      tested.map(({ id, title }) => `${id} ${title}`),
    );
    const rules = new Set(tested.flatMap(({ mappings }) => mappings.map(({ ruleId }) => ruleId)));
    expect(procedures?.children).toHaveLength(rules.size);
  });

  it.skipIf(!has('pdftotext'))(
    'prints reasons that tests share once, and names the note in each test',
    () => {
      const text = linesOfPages(file).flat().join('\n').replace(/\s+/g, ' ');
      expect(text.toLowerCase().split(gap.toLowerCase())).toHaveLength(2);
      const tests = applying.flatMap(({ mappings }) => mappings);
      expect(tests.length).toBeGreaterThan(1);
      expect(text.split('A limit of the mapping.')).toHaveLength(tests.length + 1);
      expect(text.split('note 1 of “Limits”')).toHaveLength(tests.length + 1);
    },
  );

  it.skipIf(!has('pdftotext'))(
    'lists what does not apply by its reason, without tests, and fills its pages',
    () => {
      const pages = linesOfPages(file);
      const text = look('pdftotext', file, '-').replace(/\s+/g, ' ');
      expect(own?.controls.length).toBe(applying.length + 1);
      expect(text.split('keyproof.yaml states service_provider: false')).toHaveLength(2);
      expect(text).not.toContain('no result');
      const reach = reachOfPages(file);
      expect(reach.length).toBeGreaterThan(3);
      for (const end of reach.slice(0, -1)) expect(end, String(reach)).toBeGreaterThan(0.65);
      for (const lines of pages) expect(lines.at(-1)).not.toMatch(TABLE_HEAD);
    },
  );

  it.skipIf(!has('pdftotext'))(
    'holds procedure, population, limitation and finding ids, of this framework',
    () => {
      const text = linesOfPages(file).flat().join('\n').replace(/\s+/g, ' ');
      expect(text).toContain('in scope');
      const finding = own?.controls.flatMap(({ mappings }) =>
        mappings.flatMap(({ findings }) => findings),
      )[0];
      expect(text).toContain(finding);
      for (const { id } of own?.controls ?? []) expect(text).toContain(id);
      expect(text).not.toContain(other?.title);
      for (const { title } of other?.controls ?? [])
        if (!own?.controls.some((control) => control.title === title)) expect(text).not.toContain(title);
    },
  );
});
