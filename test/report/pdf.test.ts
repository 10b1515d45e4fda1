import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../dist/report/index.js';
import { BrowserNotFoundError, PdfNotWrittenError } from '../../dist/report/pdf/errors.js';
import { renderPdf } from '../../dist/report/pdf/render-pdf.js';
import type { ProgressEvent } from '../../src/model/index.js';
import { setPdfDates } from '../../src/report/pdf/dates.js';
import { makeAssessment } from './fixture.js';
import { HOSTILE, withTexts } from './hostile.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const browser = await findBrowser().catch(() => null);

/** What a program prints about a PDF. */
const look = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8' });

/** Whether a program is installed that looks into a PDF. */
const has = (program: string): boolean => {
  try {
    execFileSync(program, [program === 'qpdf' ? '--version' : '-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
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

describe('dates in a PDF', () => {
  it('become the as-of date without moving a byte', () => {
    const before = "<</CreationDate (D:20261123143000+00'00')\n/ModDate (D:20261123143001+00'00')>>";
    const after = latin1(setPdfDates(Buffer.from(before), '2026-09-30T23:59:59.999Z'));
    expect(after).toBe("<</CreationDate (D:20260930235959+00'00')\n/ModDate (D:20260930235959+00'00')>>");
  });

  it('are an error where they are not found, since the file would differ each time', () => {
    expect(() => setPdfDates(Buffer.from('%PDF-1.4'), '2026-09-30T23:59:59.999Z')).toThrow(
      'expected 2 dates',
    );
  });
});

describe.skipIf(browser === null)('report.pdf, printed by a real browser', () => {
  const assessment = makeAssessment({ findings: 12, keys: 200 });
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-pdf-test-'));
  const file = join(folder, 'report.pdf');
  const events: ProgressEvent[] = [];
  let pdf: Uint8Array = new Uint8Array();

  beforeAll(async () => {
    pdf = await renderPdf(assessment, { onProgress: (event) => events.push(event) });
    writeFileSync(file, pdf);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is the same to the byte when printed again', async () => {
    expect(sha256(await renderPdf(structuredClone(assessment)))).toBe(sha256(pdf));
  });

  it('carries the as-of date, a title, a language, tags, bookmarks and its fonts', () => {
    const text = latin1(pdf);
    expect(text.match(/\((D:[^)]*)\)/g)).toEqual(["(D:20260930235959+00'00')", "(D:20260930235959+00'00')"]);
    expect(text).toMatch(/\/Title \(/);
    expect(text).toContain('/StructTreeRoot');
    expect(text).toContain('/Outlines');
    expect(text).toMatch(/\/Lang \(en\)/);
    for (const font of ['SourceSans3', 'SourceSerif4', 'SourceCodePro']) expect(text).toContain(`+${font}`);
    expect(text).not.toContain('/Type3');
    expect(text).toMatch(/\/Creator \(keyproof\)/);
  });

  it('tells how many pages it printed', () => {
    expect(events[0]).toEqual({ stage: 'print', done: 0, total: null, detail: 'report.pdf' });
    expect(events.at(-1)?.done).toBeGreaterThan(10);
    expect(events.at(-1)?.total).toBe(events.at(-1)?.done);
  });

  it('leaves no browser profile behind', () => {
    expect(
      readdirSync(tmpdir()).filter((name) => name.startsWith(`keyproof-browser-${process.pid}-`)),
    ).toEqual([]);
  });

  it.skipIf(!has('qpdf'))('is a sound PDF in the eyes of qpdf', () => {
    expect(look('qpdf', '--check', file)).toContain('No syntax or stream encoding errors found');
  });

  it.skipIf(!has('pdftotext'))('holds the result, the running header and numbered pages', () => {
    const text = look('pdftotext', '-layout', file, '-');
    const pages = events.at(-1)?.done;
    expect(text).toContain(`Page 2 of ${pages}`);
    expect(text).not.toContain(`Page 1 of ${pages}`);
    expect(text).toContain('Indicative; an assessor concludes');
    expect(text).toMatch(/Northbridge Bank +API keys and credentials, as of 30 September 2026/);
    expect(text).toMatch(/12 of [\d,]+ checks failed\./);
    expect(text).toContain('This run is incomplete');
    expect(text).toContain('keyproof verify evidence-pack');
    expect(text).not.toMatch(/\b(compliant|certified)\b/i);
  });

  it('survives hostile text, also in the running header', async () => {
    const hostile = withTexts(assessment, HOSTILE);
    const printed = await renderPdf({
      ...hostile,
      plan: { ...hostile.plan, organisation: '"; } </style><script>x</script> \\ {{' },
    });
    expect(latin1(printed).startsWith('%PDF-')).toBe(true);
  });
});
