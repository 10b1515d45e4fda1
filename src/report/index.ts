export { type BrowserSearch, type FoundBrowser, findBrowser } from './pdf/find-browser.js';
export { filesOf, RENDERERS, renderFormats } from './registry.js';
export type { Renderer } from './renderer.js';
export { endingText, type RunEnd } from './terminal/ending.js';
export { renderSummaryText, type SummaryOptions } from './terminal/summary-text.js';
export { coverageLines } from './text/coverage-lines.js';
export { printableText } from './text/printable.js';
export { type Scope, scopeLines } from './text/scope-lines.js';
