import type { Renderer } from '../renderer.js';
import { PdfNotWrittenError } from './errors.js';

/** Writes report.pdf if there is a browser to print it with. */
export const pdfRenderer: Renderer = {
  format: 'pdf',
  files: ['report.pdf'],
  render: async ({ assessment }, out) => {
    const { renderPdf } = await import('./render-pdf.js');
    try {
      await out.write(
        'report.pdf',
        await renderPdf(assessment, { onProgress: out.onProgress, browser: { env: out.env } }),
      );
      return [];
    } catch (error) {
      if (!(error instanceof PdfNotWrittenError)) throw error;
      return [{ kind: 'report-not-written', message: `report.pdf: ${error.message}` }];
    }
  },
};
