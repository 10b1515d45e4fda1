export { type AssessInput, assess } from './assess.js';
export {
  type ControlCoverage,
  type ControlReference,
  controlsByPolicy,
  coverageOf,
  type FrameworkCoverage,
} from './coverage.js';
export { type LoadedFrameworks, type LoadFrameworkOptions, loadFrameworks } from './load-framework.js';
export { type FrameworkScaffold, scaffoldFramework } from './scaffold-framework.js';
