/** Number of subjects that an assessment lists for a fact that is not stated. */
const LISTED = 1000;

/** Returns the place of the subjects that a list of those with an unknown fact leaves out. */
export function restOfUndecided(subjects: number): string {
  return `${subjects > LISTED ? 'the first 1,000' : 'all of them'} are in assessment.json`;
}
