export { type HostBuiltin, NATIVE_BUILTINS } from './builtins.js';
export { deterministicCapabilities } from './capabilities.js';
export {
  allProblems,
  type CompiledPolicies,
  checkPolicies,
  compilePolicies,
  evaluateQuery,
  faultSentence,
  type LoadPoliciesOptions,
  loadPolicies,
  type PolicyAccount,
  type PolicyData,
  type PolicyFault,
  type PolicyFolder,
  type PolicyProblem,
  type PolicySet,
  type PolicyTestResult,
  type PolicyTestRun,
  type PolicyTrace,
  policyAccounts,
  policyData,
  policyProblems,
  problemSentence,
  type QueryRequest,
  type QueryResult,
  scaffoldPolicy,
  setData,
  type TestPoliciesOptions,
  testPolicies,
  touchedPolicies,
  tracePolicy,
} from './catalog/index.js';
export { type CheckRequest, check, type DeclaredRule, format, type Inspection, inspect } from './check.js';
export {
  type Annotation,
  type Compiled,
  type CompileRequest,
  compile,
  type SourceLocation,
} from './compile.js';
export { defaultCacheDir } from './compile-cache.js';
export {
  RegoError,
  type RegoErrorPlace,
  RegoEvaluationError,
  RegoMemoryError,
  RegoSourceError,
  RegoSourceErrors,
  RegoTimeoutError,
  RegoToolchainError,
  regoErrorsOf,
} from './errors.js';
export { type LoadedPolicy, type LoadOptions, loadPolicy, type ResultSet } from './loaded-policy.js';
export { detectRegoVersions, type RegoVersions } from './rego-version.js';
export {
  type BigIntegers,
  compareTerms,
  type JsonValue,
  parseTerm,
  printTerm,
  type Term,
  termToJson,
  termToJsonText,
} from './terms.js';
export {
  type Coverage,
  type FileCoverage,
  type LineRange,
  type TestRequest,
  type TestResult,
  type TestRun,
  test,
} from './test-run.js';
export type { BuiltinDeclaration, Capabilities, ModuleSources, RegoVersion } from './toolchain.js';
export { TOOLCHAIN } from './toolchain-version.js';
export {
  type Trace,
  type TracedLine,
  type TracedRule,
  type TracedValue,
  type TraceRequest,
  trace,
} from './trace.js';
