export {
  type BuiltFrameworks,
  buildFrameworks,
  controlsByPolicy,
  loadFrameworks,
  scaffoldFramework,
  waiverState,
} from './assess/index.js';
export { packageRoot } from './assets/package-root.js';
export { toolVersion } from './assets/tool-version.js';
export { audit } from './audit.js';
export type { AuditResult } from './audit-result.js';
export {
  addSources,
  buildPlan,
  failOnOf,
  findConfig,
  formatsOf,
  frameworkRefs,
  loadConfig,
  type PlanRequest,
  parseAsOf,
  parseConfig,
  readChecklist,
  type SourceEntry,
  threadsOf,
  waiversOf,
} from './config/index.js';
export {
  CAUSE_WORDS,
  type Comparison,
  comparePacks,
  DIFF_FORMATS,
  type DiffFormat,
  diffFormatsOf,
  diffJson,
  diffText,
  newFailures,
  packTrend,
  trendJson,
  trendText,
  writeDiff,
  writeTrend,
} from './diff/index.js';
export {
  blocksText,
  controlBlocks,
  type Decision,
  documentationPages,
  type EvidenceDifference,
  frameworkFacts,
  frameworkPage,
  lawBlocks,
  type PackFinding,
  type Page,
  packFinding,
  pageMarkdown,
  pageText,
  type Replay,
  replayFinding,
  ruleFacts,
  rulePage,
  type UsedRecord,
} from './explain/index.js';
export {
  artifactsNamed,
  artifactsOfRun,
  type CommentResult,
  fileOnBranch,
  type GithubAccess,
  isSameRepository,
  type KeptArtifact,
  type SarifPlace,
  type SarifUpload,
  type StickyComment,
  type UploadResult,
  uploadSarif,
  upsertComment,
} from './github/index.js';
export {
  containerOf,
  inspect,
  limitsOf,
  type Proposal,
  type ProposedFile,
  proposeSources,
} from './ingest/index.js';
export { mergePacks } from './merge-packs.js';
export * from './model/index.js';
export {
  compile,
  defaultCacheDir,
  detectRegoVersions,
  format,
} from './opa/index.js';
export { openPack, type Verification, verifyPack } from './pack/index.js';
export {
  allProblems,
  buildRuleBook,
  compilePolicies,
  evaluateQuery,
  exampleDossier,
  loadPolicies,
  type PolicyProblem,
  type PolicySet,
  type PolicyTestResult,
  type PolicyTestRun,
  policyFolders,
  policyProblems,
  problemSentence,
  type QueryResult,
  scaffoldPolicy,
  setData,
  type TestPoliciesOptions,
  testPolicies,
  touchedPolicies,
  withGenerated,
} from './policies/index.js';
export { type RenderRequest, renderPack } from './render-pack.js';
export { renderRedacted } from './render-redacted.js';
export {
  controlStates,
  coverageLines,
  endingText,
  findBrowser,
  glanceOf,
  missingLabel,
  missingLabels,
  renderSummaryText,
  scopeLines,
  stateCounts,
  wordedStates,
} from './report/index.js';
export {
  baselineText,
  parseBaseline,
  type RepositoryScan,
  reportText,
  type ScanFinding,
  type ScanOptions,
  type ScanReport,
  scanReport,
  scanRepository,
  scanTime,
  withBaseline,
} from './scan/index.js';
export { openStore } from './store/index.js';
