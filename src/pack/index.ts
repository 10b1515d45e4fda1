export { assessmentSha256, type CoreTables, tablesOf, writeCore } from './core.js';
export { folderSink } from './folder-sink.js';
export { type DroppedSecrets, guardPack } from './guard/guard-pack.js';
export { openCore, openPack } from './open-pack.js';
export { readRuns, writeRuns } from './run-record.js';
export { type PackFacts, sealPack } from './seal-pack.js';
export { type Verification, verifyPack } from './verify-pack.js';
export { checkReplaceable, writePack } from './write-pack.js';
