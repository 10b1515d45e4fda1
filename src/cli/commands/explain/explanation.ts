import type { ExitCode } from '../../../index.js';

/** An explanation as data and as text, with the exit code that follows from it. */
export type Explanation = { value: unknown; text: string; exitCode: ExitCode };
