export { controlsByPolicy, loadFrameworks } from './assess/index.js';
export { type AuditResult, audit } from './audit.js';
export { buildPlan, loadConfig, type PlanRequest, parseConfig } from './config/index.js';
export {
  blocksText,
  controlBlocks,
  frameworkPage,
  type Page,
  pageMarkdown,
  pageText,
  rulePage,
} from './describe/index.js';
export { documentationPages, frameworkFacts, ruleFacts } from './document.js';
export { inspect } from './ingest/index.js';
export * from './model/index.js';
export { type Verification, verifyPack } from './pack/index.js';
export { packageRoot } from './package-root.js';
export { type PolicyRoot, policyRoots } from './policy-roots.js';
export {
  allProblems,
  compilePolicies,
  defaultCacheDir,
  detectRegoVersions,
  evaluateQuery,
  format,
  loadPolicies,
  type PolicyProblem,
  type PolicySet,
  type PolicyTestResult,
  type PolicyTestRun,
  policyProblems,
  problemSentence,
  type QueryResult,
  scaffoldPolicy,
  setData,
  type TestPoliciesOptions,
  testPolicies,
  touchedPolicies,
} from './rego/index.js';
export type { Decision, EvidenceDifference, UsedRecord } from './replay/index.js';
export { type PackFinding, packFinding, type Replay, replayFinding } from './replay-finding.js';
export { findBrowser, renderSummaryText, scopeLines } from './report/index.js';
export { openStore } from './store/index.js';
export { toolVersion } from './tool-version.js';
