import { PDF } from '@libpdf/core';
import { toolVersion } from '../../assets/tool-version.js';
import { setArchiveFacts } from './file/archive.js';
import { type Bookmark, setOutline } from './file/outline.js';
import { pageNumbers } from './file/page-numbers.js';
import { setRoleMap } from './file/role-map.js';
import { writePdf } from './file/write-pdf.js';
import { DENSITIES, type Printed } from './page.js';
import type { Print } from './print.js';

/** A document to print. */
export type PrintedDocument = {
  /** Title of the file. */
  title: string;
  /** Returns the page to print, with the page number of each anchor in its contents; none are known at first. */
  html: (printed: Printed) => string;
  /** Returns whether the first page holds what it should, by the page of each anchor. Default: it does. */
  fits?: (pages: ReadonlyMap<string, number>) => boolean;
  /** Bookmarks; a link of the page leads to each. */
  bookmarks: readonly Bookmark[];
};

/** A printed document. */
export type PrintResult = { bytes: Uint8Array; pages: number };

/**
 * Prints a document twice, because Chromium cannot put the page of a chapter into the contents: the second time with the page
 * numbers of the first. Then sets its bookmarks and metadata, and packs it.
 */
export async function printDocument(print: Print, document: PrintedDocument): Promise<PrintResult> {
  const printed = await printDraft(print, document);
  const pdf = await PDF.load(await print(document.html(printed)));
  checkNumbers(printed.pages, pageNumbers(pdf));
  setOutline(pdf, document.bookmarks);
  setRoleMap(pdf);
  setArchiveFacts(pdf, { title: document.title, creator: `keyproof ${toolVersion()}` });
  return { bytes: writePdf(pdf), pages: pdf.getPageCount() };
}

/** Prints a document to learn the page of each anchor, its first page as loosely as it fits. */
async function printDraft(print: Print, { html, fits = () => true }: PrintedDocument): Promise<Printed> {
  let printed: Printed = { pages: new Map(), density: 'loose' };
  for (const density of DENSITIES) {
    const bytes = await print(html({ pages: new Map(), density }), { draft: true });
    printed = { pages: pageNumbers(await PDF.load(bytes)), density };
    if (fits(printed.pages)) break;
  }
  return printed;
}

/** A number in the contents has the same width whatever it is, so that it moves nothing. */
function checkNumbers(printed: ReadonlyMap<string, number>, actual: ReadonlyMap<string, number>): void {
  const moved = [...actual].filter(([anchor, page]) => printed.get(anchor) !== page);
  if (moved.length > 0) throw new Error(`${moved[0]?.[0]} is not on the page that the contents state`);
}
