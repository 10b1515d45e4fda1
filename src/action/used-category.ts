import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunnerEnv } from './run-event.js';

/** What the steps of a job have uploaded by, a category a line; a runner empties the folder before each job. */
const FILE = 'keyproof-sarif-categories';

/** Notes that a step uploads results by a category. @returns whether an earlier step of this job did. */
export function isCategoryUsed(category: string, { RUNNER_TEMP }: RunnerEnv): boolean {
  if (!RUNNER_TEMP || !existsSync(RUNNER_TEMP)) return false;
  const file = join(RUNNER_TEMP, FILE);
  const used = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  appendFileSync(file, `${category}\n`);
  return used.includes(category);
}
