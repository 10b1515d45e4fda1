export { checkPolicies } from './check-policies.js';
export { type CompiledPolicies, compilePolicies } from './compile-policies.js';
export { type LoadedSet as PolicySet, loadPolicies } from './load-policies.js';
export { type PolicyData, policyData } from './params.js';
export {
  allProblems,
  faultSentence,
  type LoadPoliciesOptions,
  type PolicyFault,
  type PolicyFolder,
  type PolicyProblem,
  problemSentence,
} from './policy-set.js';
export { type PolicyTestResult, type PolicyTestRun, testPolicies } from './test-policies.js';
