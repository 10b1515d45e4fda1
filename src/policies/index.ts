export { type BuiltRuleBook, buildRuleBook } from './build-rule-book.js';
export { policyProblems } from './check-policies.js';
export { compilePolicies } from './compile-policies.js';
export { evaluateQuery, type QueryRequest, type QueryResult } from './evaluate-query.js';
export { exampleDossier } from './examples.js';
export { withGenerated } from './generate-rego.js';
export { loadPolicies } from './load-policies.js';
export { type PolicyData, setData } from './params.js';
export { type PolicyAccount, policyAccounts } from './policy-accounts.js';
export { policyFolders } from './policy-folders.js';
export {
  allProblems,
  faultSentence,
  type LoadPoliciesOptions,
  type PolicyFault,
  type PolicyProblem,
  type PolicySet,
  type PolicyUnit,
  problemSentence,
  unitOf,
} from './policy-set.js';
export { rulesOnDocuments } from './rules-on-documents.js';
export { type ScaffoldRequest, scaffoldPolicy } from './scaffold-policy.js';
export {
  type PolicyTestResult,
  type PolicyTestRun,
  type TestPoliciesOptions,
  testPolicies,
} from './test-policies.js';
export { touchedPolicies } from './touched-policies.js';
export { tracePolicy } from './trace-policy.js';
