import { type PDF, PdfDict, PdfName } from '@libpdf/core';

/** Structure types of PDF 2.0 that Chromium writes, and what each is in PDF 1.7 (ISO 32000-1, 14.8.4). */
const ROLES = { Strong: 'Span', Em: 'Span' };

/**
 * States what the structure types mean that PDF 1.7 does not have: a reader that knows no role for an element leaves out
 * its text, and so would whoever listens to the document.
 */
export function setRoleMap(pdf: PDF): void {
  const resolve = pdf.context.resolve.bind(pdf.context);
  const roles = Object.entries(ROLES).map(([type, role]) => [type, PdfName.of(role)]);
  pdf
    .getCatalog()
    .getDict('StructTreeRoot', resolve)
    ?.set('RoleMap', PdfDict.of(Object.fromEntries(roles)));
}
