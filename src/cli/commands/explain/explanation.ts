import type { ExitCode } from '../../../index.js';

/** What a command explains: as data, as text, and what it means for the exit code. */
export type Explanation = { value: unknown; text: string; exitCode: ExitCode };
