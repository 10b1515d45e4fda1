export { asEvaluated } from './as-evaluated.js';
export { compareEvidence, type EvidenceDifference, isOtherEvidence } from './compare-evidence.js';
export { type DecidingLine, type Decision, decisionsOf, type ShownValue } from './decisions.js';
export { packPlan } from './pack-plan.js';
export { type UsedRecord, usedRecords } from './used-records.js';
