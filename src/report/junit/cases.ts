import {
  type Assessment,
  type InputFile,
  type JudgedObservation,
  type Outcome,
  type PolicyResult,
  SUBJECT_WORDS,
} from '../../model/index.js';
import { plural } from '../../text/format.js';
import { missingLabel } from '../../text/missing-label.js';
import { fileWith } from '../text/file-with.js';
import { printableText } from '../text/printable.js';
import { recordLine } from '../text/record-line.js';
import { undecidedText } from '../text/undecided-text.js';
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
  /** Paths of the dossier that are missing, for tools; none if nothing is. */
  missing?: readonly string[];
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

/** What cases are made with. */
export type CaseContext = {
  /** Input files by path. */
  files: ReadonlyMap<string, InputFile>;
  /** What a reader calls each missing path that something supplied would decide. */
  labels: ReadonlyMap<string, string>;
};

/** Returns the case of one subject. */
export function subjectCase(observation: JudgedObservation, { files, labels }: CaseContext): Case {
  const { subject, outcome, violations, missing } = observation;
  const lines = linesOf(observation, labels).map((line) => printableText(line));
  const [source] = violations.flatMap(({ records }) => records);
  const line = source === undefined ? null : recordLine(source.record, files.get(source.file));
  return {
    name: printableText(`${SUBJECT_WORDS[subject.kind][0]} ${subject.id}`),
    state: CASE_STATES[outcome],
    message: lines[0] ?? OUTCOME_WORDS[outcome],
    details: lines.length < 2 ? null : lines.join('\n'),
    ...(missing.length === 0 ? {} : { missing: missing.map((path) => printableText(path)) }),
    ...(source === undefined ? {} : { file: printableText(source.file) }),
    ...(line === null ? {} : { line }),
  };
}

function linesOf(
  { violations, missing, error, id }: JudgedObservation,
  labels: CaseContext['labels'],
): string[] {
  const sentences = violations.flatMap(({ message, records }) => [
    message,
    ...records.map(({ file, record }) => `  ${record} of ${file}`),
  ]);
  const lacking =
    missing.length === 0
      ? []
      : [
          undecidedText({ outcome: 'no-evidence', error: null, missing }, (path) =>
            missingLabel(path, labels),
          ),
        ];
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
