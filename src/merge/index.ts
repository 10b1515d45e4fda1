export { mergeJoins, mergePartialInputs } from './merge-inputs.js';
export { mergePopulations } from './merge-population.js';
export { mergeStreams, type PackResults } from './merge-streams.js';
export { packNames } from './pack-names.js';
export { placedInput } from './places.js';
export { type MergePlan, refuseUnlike } from './unlike-packs.js';
