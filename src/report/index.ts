export { renderChecklistCsv } from './checklist/csv.js';
export { renderChecklistMarkdown } from './checklist/markdown.js';
export { renderHtml } from './html/page.js';
export { renderJson } from './json.js';
export { PdfNotWrittenError } from './pdf/errors.js';
export { type BrowserSearch, type FoundBrowser, findBrowser } from './pdf/find-browser.js';
export { type PdfOptions, renderPdf } from './pdf/render-pdf.js';
export { renderSummaryText, type SummaryOptions } from './summary-text.js';
export { printableText } from './text/printable.js';
