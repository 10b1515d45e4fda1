export { defaultCacheDir } from '../assets/cache-folder.js';
export type {
  JsonValue,
  SourceLocation,
  Trace,
  TracedLine,
  TracedRule,
  TracedValue,
} from '../model/index.js';
export { type HostBuiltin, NATIVE_BUILTINS } from './builtins.js';
export { deterministicCapabilities } from './capabilities.js';
export { type CheckRequest, check, type DeclaredRule, format, type Inspection, inspect } from './check.js';
export {
  type Annotation,
  type Compiled,
  type CompileRequest,
  compile,
} from './compile.js';
export { type Engine, type EngineOptions, openEngine, type ResultSet } from './engine.js';
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
export { type ParsedModule, parseModules } from './parse.js';
export { detectRegoVersions, type RegoVersions } from './rego-version.js';
export {
  type BigIntegers,
  compareTerms,
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
export { type TraceRequest, trace } from './trace.js';
