import { tierUpLate } from '../cli/tier-up-late.js';
import { runAction } from './run-action.js';

// Started by start.ts, from the unpacked bundle.
tierUpLate();
process.exitCode = await runAction(process.env);
