import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, type PdfRef, PdfString } from '@libpdf/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setArchiveFacts } from '../../src/report/pdf/file/archive.js';
import { serialize } from '../../src/report/pdf/file/serialize.js';
import { writePdf } from '../../src/report/pdf/file/write-pdf.js';

const withPages = (count: number): PDF => {
  const pdf = PDF.create();
  for (let page = 0; page < count; page += 1) pdf.addPage();
  return pdf;
};
const information = (pdf: PDF): PdfDict | undefined =>
  pdf.context.info.trailer.getDict('Info', (ref: PdfRef) => pdf.context.resolve(ref));

describe('a PDF written again', () => {
  it('keeps any title, any number of pages and values of every kind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => Buffer.from(text).toString() === text),
        fc.uint8Array({ maxLength: 40 }),
        fc.integer({ min: 1, max: 450 }),
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        async (title, raw, pages, thousandths) => {
          const pdf = withPages(pages);
          setArchiveFacts(pdf, { title, creator: 'keyproof 0.1.0' });
          const values = [PdfString.fromBytes(raw), PdfNumber.of(thousandths / 1000), PdfName.of('a b/#(é')];
          pdf.getCatalog().set('Values', pdf.context.register(new PdfArray(values)));
          const again = await PDF.load(writePdf(pdf));
          expect(again.getPageCount()).toBe(pages);
          expect(information(again)?.getString('Title')?.asString()).toBe(
            PdfString.fromString(title).asString(),
          );
          const kept = again.getCatalog().getArray('Values', (ref: PdfRef) => again.context.resolve(ref));
          expect([...(kept ?? [])].map(serialize)).toEqual(values.map(serialize));
        },
      ),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('is the same to the byte each time', () => {
    const write = () => {
      const pdf = withPages(3);
      setArchiveFacts(pdf, { title: 'x', creator: 'y' });
      return Buffer.from(writePdf(pdf)).toString('latin1');
    };
    expect(write()).toBe(write());
  });

  it('leaves out what nothing leads to', () => {
    const pdf = withPages(1);
    pdf.context.register(PdfDict.of({ Note: PdfString.fromString('left over') }));
    setArchiveFacts(pdf, { title: 'x', creator: 'y' });
    expect(Buffer.from(writePdf(pdf)).toString('latin1')).not.toContain('left over');
  });
});
