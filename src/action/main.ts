import { runAction } from './run-action.js';

// Started by start.ts, from the unpacked bundle.
process.exitCode = await runAction(process.env);
