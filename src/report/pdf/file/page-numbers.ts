import { type PDF, PdfArray, PdfRef } from '@libpdf/core';
import { destinationsOf } from './outline.js';

/** Returns the page, from 1, of each anchor that a link of the document leads to. */
export function pageNumbers(pdf: PDF): Map<string, number> {
  const pages = pdf.getPages().map(({ ref }) => ref.objectNumber);
  return new Map(
    [...destinationsOf(pdf)].flatMap(([{ value: anchor }, place]): [string, number][] => {
      const page = place instanceof PdfArray ? place.at(0) : undefined;
      return page instanceof PdfRef ? [[anchor, pages.indexOf(page.objectNumber) + 1]] : [];
    }),
  );
}
