import { type PDF, PdfDict, PdfName, PdfNumber, type PdfObject, type PdfRef, PdfString } from '@libpdf/core';

/** A bookmark: its title, the anchor it leads to and the bookmarks below it. */
export type Bookmark = { title: string; anchor: string; children: readonly Bookmark[] };

/**
 * Sets the bookmarks of a document; those below the first level are closed.
 * @throws Error if the document has no destination of a bookmark's name.
 */
export function setOutline(pdf: PDF, bookmarks: readonly Bookmark[]): void {
  const { context } = pdf;
  const root = PdfDict.of({ Type: PdfName.of('Outlines'), Count: PdfNumber.of(bookmarks.length) });
  const ref = context.register(root);
  addChildren(pdf, root, ref, bookmarks);
  const catalog = pdf.getCatalog();
  catalog.set('Outlines', ref);
  catalog.set('PageMode', PdfName.of('UseOutlines'));
}

function addChildren(pdf: PDF, parent: PdfDict, parentRef: PdfRef, bookmarks: readonly Bookmark[]): void {
  const items = bookmarks.map((bookmark) => {
    const entries = { Title: PdfString.fromString(bookmark.title), Parent: parentRef };
    const item = PdfDict.of({ ...entries, Dest: destination(pdf, bookmark.anchor) });
    const ref = pdf.context.register(item);
    addChildren(pdf, item, ref, bookmark.children);
    if (bookmark.children.length > 0) item.set('Count', PdfNumber.of(-bookmark.children.length));
    return { item, ref };
  });
  for (const [index, { item }] of items.entries()) {
    setRef(item, 'Prev', items[index - 1]?.ref);
    setRef(item, 'Next', items[index + 1]?.ref);
  }
  setRef(parent, 'First', items.at(0)?.ref);
  setRef(parent, 'Last', items.at(-1)?.ref);
}

function setRef(dict: PdfDict, name: string, ref: PdfRef | undefined): void {
  if (ref !== undefined) dict.set(name, ref);
}

function destination(pdf: PDF, anchor: string): PdfObject {
  const place = destinationsOf(pdf).get(anchor);
  if (place === undefined) throw new Error(`no destination “${anchor}” in the PDF`);
  return place;
}

/** Returns the named destinations of a document; Chromium writes one for each anchor that a link leads to. */
export function destinationsOf(pdf: PDF): PdfDict {
  const resolve = pdf.context.resolve.bind(pdf.context);
  return pdf.getCatalog().getDict('Dests', resolve) ?? new PdfDict();
}
