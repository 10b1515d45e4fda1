export { type RedactedCore, redactCore } from './redact-core.js';
