export {
  type CompiledForEvaluation,
  type EvaluateOptions,
  type EvaluateResult,
  evaluate,
} from './evaluate.js';
