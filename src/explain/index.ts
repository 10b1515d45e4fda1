export { documentationPages, frameworkFacts, ruleFacts } from './docs-pages.js';
export {
  blocksText,
  controlBlocks,
  frameworkPage,
  lawBlocks,
  type Page,
  pageMarkdown,
  pageText,
  rulePage,
} from './pages/index.js';
export type { Decision, EvidenceDifference, UsedRecord } from './replay/index.js';
export { type PackFinding, packFinding, type Replay, replayFinding } from './replay-finding.js';
