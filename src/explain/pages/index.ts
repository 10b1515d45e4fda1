export { controlBlocks, type FrameworkFacts, frameworkPage, lawBlocks } from './framework-page.js';
export { frameworkIndex, ruleIndex } from './index-pages.js';
export { pageMarkdown } from './markdown.js';
export type { Block, Page, Section, Span } from './page.js';
export { type RuleFacts, rulePage } from './rule-page.js';
export { blocksText, pageText } from './text.js';
