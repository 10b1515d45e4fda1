export { type EvaluateOptions, type EvaluateResult, evaluate } from './evaluate.js';
