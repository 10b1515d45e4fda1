import {
  type Assessment,
  type InputFile,
  type JudgedObservation,
  type Outcome,
  type PolicyResult,
  SUBJECT_WORDS,
} from '../../model/index.js';
import { plural } from '../../text/format.js';
import { fileWith } from '../text/file-with.js';
import { printableText } from '../text/printable.js';
import { recordLine } from '../text/record-line.js';
import { OUTCOME_WORDS } from '../text/words.js';

/** How a test case ended; JUnit has no further states. */
export type CaseState = 'passed' | 'failure' | 'error' | 'skipped';

/** One test case of a suite. */
export type Case = {
  name: string;
  state: CaseState;
  /** One line; null for a passed one. */
  message: string | null;
  /** Everything about it; null if the line says it all. */
  details: string | null;
  /** First record relied on, and its line if that is known. */
  file?: string;
  line?: number;
};

/**
 * State by outcome. Only what was tested and passed is `passed`: a document whose content was not tested is skipped, as is everything
 * that was not decided.
 */
export const CASE_STATES: { readonly [O in Outcome]: CaseState } = {
  fail: 'failure',
  error: 'error',
  'no-evidence': 'skipped',
  'not-applicable': 'skipped',
  waived: 'skipped',
  attested: 'skipped',
  pass: 'passed',
};

/** Returns the case of one subject. */
export function subjectCase(observation: JudgedObservation, files: ReadonlyMap<string, InputFile>): Case {
  const { subject, outcome, violations } = observation;
  const lines = linesOf(observation).map((line) => printableText(line));
  const [source] = violations.flatMap(({ records }) => records);
  const line = source === undefined ? null : recordLine(source.record, files.get(source.file));
  return {
    name: printableText(`${SUBJECT_WORDS[subject.kind][0]} ${subject.id}`),
    state: CASE_STATES[outcome],
    message: lines[0] ?? OUTCOME_WORDS[outcome],
    details: lines.length < 2 ? null : lines.join('\n'),
    ...(source === undefined ? {} : { file: printableText(source.file) }),
    ...(line === null ? {} : { line }),
  };
}

function linesOf({ violations, missing, error, id }: JudgedObservation): string[] {
  const sentences = violations.flatMap(({ message, records }) => [
    message,
    ...records.map(({ file, record }) => `  ${record} of ${file}`),
  ]);
  const lacking = missing.length === 0 ? [] : [`no evidence; missing: ${missing.join(', ')}`];
  return [
    ...sentences,
    ...lacking,
    ...(error === null ? [] : [error]),
    ...(sentences.length > 0 ? [`finding ${id}`] : []),
  ];
}

/** Returns one case for the subjects of an outcome that have none of their own: `more` than those that have, or all. */
export function countCase(
  policy: PolicyResult,
  outcome: Outcome,
  { count, more }: { count: number; more: boolean },
  plan: Assessment['plan'],
): Case {
  const subjects = plural(count, ...SUBJECT_WORDS[policy.subject]);
  const name = `${more ? 'further ' : ''}${subjects}: ${OUTCOME_WORDS[outcome]}`;
  const state = CASE_STATES[outcome];
  if (state === 'passed') return { name, state, message: null, details: null };
  const where = outcome === 'fail' ? fileWith('failures', plan) : 'observations.parquet';
  const reasons =
    outcome === 'not-applicable' ? policy.reasons.map(({ reason }) => printableText(reason)) : [];
  return {
    name,
    state,
    message: `${subjects}: ${OUTCOME_WORDS[outcome]}; each is in ${where}`,
    details: reasons.length === 0 ? null : reasons.join('\n'),
  };
}
