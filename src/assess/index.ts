export { type AssessInput, assess, planAsCarriedOut } from './assess.js';
export { type BuiltFrameworks, buildFrameworks } from './built-frameworks.js';
export {
  type ControlCoverage,
  type ControlReference,
  controlsByPolicy,
  coverageOf,
  type FrameworkCoverage,
} from './coverage.js';
export { judgedWaivers, stateOf as waiverState } from './exceptions.js';
export { followUpNotes } from './follow-ups.js';
export { type LoadedFrameworks, type LoadFrameworkOptions, loadFrameworks } from './load-framework.js';
export { type FrameworkScaffold, scaffoldFramework } from './scaffold-framework.js';
export { settleLimits } from './settle-limits.js';
export { requireKnownRules, waiverNotes } from './waiver-notes.js';
