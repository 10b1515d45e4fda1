export { buildPlan, type PlanRequest } from './build-plan.js';
export { parseAsOf, parsePeriod } from './dates.js';
export { loadConfig, parseConfig } from './load-config.js';
