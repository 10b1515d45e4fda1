export { addSources, type SourceEntry } from './add-sources.js';
export {
  buildPlan,
  failOnOf,
  findConfig,
  type PlanRequest,
  readChecklist,
  threadsOf,
  waiversOf,
} from './build-plan.js';
export { parseAsOf, parsePeriod } from './dates.js';
export { formatsOf } from './formats.js';
export { frameworkRefs } from './framework-refs.js';
export { loadConfig, parseConfig } from './load-config.js';
