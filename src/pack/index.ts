export { hashOutputs, MANIFEST } from './manifest.js';
export { type Verification, verifyPack } from './verify-pack.js';
export { checkReplaceable, writePack } from './write-pack.js';
