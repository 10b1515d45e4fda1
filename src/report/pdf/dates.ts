const DATES = /\/(CreationDate|ModDate) \(D:\d{14}[+-]\d{2}'\d{2}'\)/g;

/**
 * Sets /CreationDate and /ModDate of a PDF to the as-of date; two prints of a page differ in nothing else. No byte
 * offset changes, since the new dates are as long as the old ones (PDF 32000-1, 7.9.4).
 * @throws Error if the browser wrote them in another form, since the file would then not be reproducible.
 */
export function setPdfDates(pdf: Uint8Array, asOf: string): Uint8Array {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  const stamp = new Date(asOf).toISOString().replace(/[-T:]/g, '').slice(0, 14);
  const bytes = Buffer.from(pdf);
  const found = [...text.matchAll(DATES)];
  for (const match of found) bytes.write(`/${match[1]} (D:${stamp}+00'00')`, match.index, 'latin1');
  if (found.length !== 2) throw new Error(`expected 2 dates in the PDF, found ${found.length}`);
  return new Uint8Array(bytes);
}

/** Returns the number of pages of a PDF as Chromium writes it (page objects are never inside compressed streams). */
export function countPages(pdf: Uint8Array): number {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  return text.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}
