import type { Assessment } from '../../model/index.js';

/** Subjects an assessment lists for a fact nobody stated. */
const LISTED = 1000;

/** Where the subjects are that a list of those with an unknown fact leaves out. */
export function restOfUndecided({ plan }: Pick<Assessment, 'plan'>, subjects: number): string {
  const first = subjects > LISTED ? 'the first 1,000' : 'all of them';
  return plan.formats.includes('json')
    ? `${first} are in assessment.json`
    : `add “json” to the formats to have ${first}`;
}
