import type { Assessment, OnProgress } from '../../model/index.js';
import type { BrowserSearch } from './find-browser.js';
import { paperPage } from './page.js';
import { withPrinter } from './print.js';
import { printDocument } from './print-document.js';
import { bookmarksOf } from './view/contents.js';
import { paperView } from './view/paper-view.js';

/** How report.pdf is printed. */
export type PdfOptions = {
  /** Called when printing begins and with the number of pages when it ends. */
  onProgress?: OnProgress;
  /** Options for finding a browser. */
  browser?: BrowserSearch;
};

/**
 * Renders report.pdf: a short document for filing and signing, tagged, with bookmarks, page numbers in its contents and embedded
 * fonts; the same bytes for the same assessment and browser version.
 * @throws BrowserNotFoundError if there is no browser.
 * @throws PdfNotWrittenError if printing fails; both messages state what to do.
 */
export async function renderPdf(assessment: Assessment, options: PdfOptions = {}): Promise<Uint8Array> {
  const { onProgress = () => undefined, browser = {} } = options;
  onProgress({ stage: 'print', done: 0, total: null, detail: 'report.pdf' });
  const view = paperView(assessment);
  const { bytes, pages } = await withPrinter(browser, (print) =>
    printDocument(print, {
      title: view.title,
      html: (printed) => paperPage('print.hbs', view, printed),
      fits: (pages) => pages.get('contents') === 2,
      bookmarks: bookmarksOf(view.contents),
    }),
  );
  onProgress({ stage: 'print', done: pages, total: pages, detail: 'report.pdf' });
  return bytes;
}
