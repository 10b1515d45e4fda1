import { readFileSync } from 'node:fs';

/**
 * The review that rules and frameworks were written from, as a table of its own: whoever changes a severity, a grade or a
 * list of controls changes it here too, knowingly. Ids are as the standards print them.
 */
type Reference = {
  /** Controls of each framework, by its id: id, and how its text was verified. */
  controls: { [framework: string]: [control: string, verification: string][] };
  /** Every rule, in the order of the review. */
  rules: {
    id: string;
    severity: string;
    /** Whether it is tested on records, or rests on documents that somebody answers for. */
    evidence: 'records' | 'documents';
    /** Controls it is evidence for, with their grades, by framework. */
    controls: { [framework: string]: [control: string, grade: string][] };
  }[];
};

export const REFERENCE = JSON.parse(
  readFileSync(new URL('rules-and-controls.json', import.meta.url), 'utf8'),
) as Reference;
