/** Subjects an assessment lists for a fact nobody stated. */
const LISTED = 1000;

/** Where the subjects are that a list of those with an unknown fact leaves out. */
export function restOfUndecided(subjects: number): string {
  return `${subjects > LISTED ? 'the first 1,000' : 'all of them'} are in assessment.json`;
}
