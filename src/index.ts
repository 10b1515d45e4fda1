export { controlsByPolicy, loadFrameworks } from './assess/index.js';
export { type AuditResult, audit } from './audit.js';
export { buildPlan, loadConfig, type PlanRequest, parseConfig } from './config/index.js';
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
export { findBrowser, renderSummaryText } from './report/index.js';
export { openStore } from './store/index.js';
export { toolVersion } from './tool-version.js';
