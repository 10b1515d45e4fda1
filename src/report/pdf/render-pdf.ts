import type { Assessment, OnProgress } from '../../model/index.js';
import { renderPrintHtml } from '../html/page.js';
import { setPdfCreator } from './creator.js';
import { countPages, setPdfDates } from './dates.js';
import type { BrowserSearch } from './find-browser.js';
import { printPage } from './print.js';

/** How report.pdf is printed. */
export type PdfOptions = {
  /** Called when printing begins and with the number of pages when it ends. */
  onProgress?: OnProgress;
  /** Options for finding a browser. */
  browser?: BrowserSearch;
};

/**
 * Renders report.pdf: tagged, with bookmarks and embedded fonts; the same bytes for the same assessment and browser
 * version. One print of one document whose length the caps limit, because Chromium's time grows faster than its
 * pages.
 * @throws BrowserNotFoundError if there is no browser.
 * @throws PdfNotWrittenError if printing fails; both messages state what to do.
 */
export async function renderPdf(assessment: Assessment, options: PdfOptions = {}): Promise<Uint8Array> {
  const { onProgress = () => undefined, browser = {} } = options;
  onProgress({ stage: 'print', done: 0, total: null, detail: 'report.pdf' });
  const printed = await printPage(
    renderPrintHtml(assessment),
    {
      preferCSSPageSize: true,
      printBackground: true,
      outline: true,
      tagged: true,
    },
    browser,
  );
  const pages = countPages(printed);
  onProgress({ stage: 'print', done: pages, total: pages, detail: 'report.pdf' });
  return setPdfCreator(setPdfDates(printed, assessment.plan.asOf));
}
