import {
  type Action,
  type Assessment,
  type InputFile,
  type MissingEvidence,
  NOT_RECOGNISED,
  SUBJECT_WORDS,
  type SubjectFailures,
} from '../../model/index.js';
import { formatCount, joinWords, plural } from '../../text/format.js';
import { changesText } from './changes-text.js';
import { exceptionCounts } from './exception-text.js';
import { mergedText } from './merged-text.js';
import { statedLateText } from './stated-late-text.js';

/** The result in sentences and in what comes first of each list: what every report for people says first. */
export type Glance = {
  /** Said before all else if more than half of the checks that apply are undecided; null otherwise. */
  mostUndecided: string | null;
  /** Failures in keys, or in the first kind of subject if no key was examined. */
  failures: string;
  /** Failures on other kinds of subject; null if there are none. */
  others: string | null;
  /** What changed since the previous pack, and what is late by the dates of the checklist; null if neither tells. */
  changes: string | null;
  /** The packs that it was merged from; null for an audit of its own. */
  merged: string | null;
  /** How many accepted exceptions cover failures; null if there are none. */
  exceptions: string | null;
  /** Files that no adapter recognised, so that nothing of them counts; null if there are none. */
  unrecognised: string | null;
  /** Checks by outcome. */
  checks: string;
  /** The first actions of the plan of work, by priority. */
  actions: Action[];
  /** Actions after the first. */
  moreActions: number;
  /** Said if there is no action. */
  noAction: string;
  /** How many checks are undecided, and what that means. */
  undecided: string;
  /** What would decide most of them, each without anything else. */
  deciding: MissingEvidence[];
};

type Counted = Pick<Assessment, 'outcomes' | 'subjectFailures'>;

const MOST_ACTIONS = 5;
const MOST_DECIDING = 3;
const MOST_FILES = 3;

/** Returns what a reader is told first: the same numbers in the same words on a terminal, on paper, in a page and in a summary of CI. */
export function glanceOf(assessment: Assessment): Glance {
  const { actions, missingEvidence } = assessment;
  return {
    mostUndecided: mostUndecidedText(assessment),
    failures: failuresText(assessment),
    others: otherFailuresText(assessment),
    changes: changesOf(assessment),
    merged: mergedText(assessment),
    exceptions: exceptionsText(assessment),
    unrecognised: unrecognisedText(assessment),
    checks: checksText(assessment),
    actions: actions.slice(0, MOST_ACTIONS),
    moreActions: Math.max(0, actions.length - MOST_ACTIONS),
    noAction: noActionText(assessment),
    undecided: undecidedText(assessment),
    deciding: missingEvidence.filter(({ alone }) => alone > 0).slice(0, MOST_DECIDING),
  };
}

function changesOf(assessment: Assessment): string | null {
  const texts = [changesText(assessment), statedLateText(assessment)].filter((text) => text !== null);
  return texts.length === 0 ? null : texts.join(' ');
}

/** Returns the failures of keys; of the first kind examined if there is no key; undefined if nothing was evaluated. */
export function mainFailures({ subjectFailures, outcomes }: Counted): SubjectFailures | undefined {
  if (Object.values(outcomes).every((count) => count === 0)) return undefined;
  return subjectFailures.find(({ kind }) => kind === 'key') ?? subjectFailures[0];
}

/** Returns why there is no action, which is no success by itself. */
export function noActionText({ outcomes }: Pick<Assessment, 'outcomes'>): string {
  if (checksOf(outcomes).all === 0) return 'Nothing was evaluated, so no action is known.';
  return outcomes.pass === 0
    ? `No check failed${besideWaived(outcomes)}, and none passed: supply evidence first.`
    : `No check failed${besideWaived(outcomes)} on the records supplied. Read this with what is undecided and what was not tested.`;
}

/** Returns `2,589 alone, 3,104 in all`: the checks that missing evidence decides by itself, and those that need more beside it. */
export function decidesText({ alone, together }: Pick<MissingEvidence, 'alone' | 'together'>): string {
  const more = together > alone ? `, ${formatCount(together)} in all` : '';
  return `${formatCount(alone)} alone${more}`;
}

function checksOf(outcomes: Assessment['outcomes']): { all: number; applying: number; undecided: number } {
  const all = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return {
    all,
    applying: all - outcomes['not-applicable'],
    undecided: outcomes['no-evidence'] + outcomes.error,
  };
}

function mostUndecidedText({ outcomes }: Counted): string | null {
  const { undecided, applying } = checksOf(outcomes);
  if (applying === 0 || undecided * 2 <= applying) return null;
  return `${formatCount(undecided)} of ${plural(applying, 'check')} that apply could not be decided: evidence is missing.`;
}

function failuresText(assessment: Counted): string {
  const main = mainFailures(assessment);
  if (main === undefined) return 'Nothing was evaluated, so nothing can be said.';
  const failures = failuresOf(main, assessment);
  return main.kind === 'key' ? failures : `No key was examined. ${failures}`;
}

function failuresOf(main: SubjectFailures, assessment: Counted): string {
  if (main.kind === 'organisation') return organisationFailuresText(main, besideWaived(assessment.outcomes));
  if (main.failed === 0) return withoutFailure(main, besideWaived(assessment.outcomes));
  const { critical } = main.worst;
  const untested = main.subjects - main.tested;
  const beside = untested > 0 ? ` ${formatCount(untested)} could not be tested.` : '';
  return `${formatCount(critical)} of ${testedOf(main)} ${have(critical || main.tested)} a critical failure; ${formatCount(main.failed)} ${have(main.failed)} a failure of any severity.${beside}`;
}

/** Returns `2,399 keys tested`: those on which something passed or failed. */
function testedOf({ kind, tested }: SubjectFailures): string {
  return `${plural(tested, ...SUBJECT_WORDS[kind])} tested`;
}

/** There is one organisation, so that it is not counted. */
function organisationFailuresText({ failed, worst, undecided }: SubjectFailures, beside: string): string {
  if (worst.critical > 0) return 'The organisation itself has a critical failure.';
  if (failed > 0) return 'The organisation itself has a failure; none is critical.';
  return undecided === 0
    ? `No failure was found on the organisation itself${beside} in the records supplied.`
    : `No failure was found on the organisation itself${beside}; it could not be decided in full.`;
}

function withoutFailure(main: SubjectFailures, beside: string): string {
  const { kind, tested, subjects, undecided } = main;
  if (tested === 0) return `Nothing could be tested on ${plural(subjects, ...SUBJECT_WORDS[kind])}${beside}.`;
  const said = `No failure was found on ${testedOf(main)}${beside}`;
  return undecided === 0
    ? `${said} in the records supplied.`
    : `${said}; ${formatCount(undecided)} could not be decided in full.`;
}

/** A waived check failed: no sentence may say that nothing did. */
function besideWaived({ waived }: Assessment['outcomes']): string {
  return waived > 0 ? ' outside accepted exceptions' : '';
}

function have(count: number): string {
  return count === 1 ? 'has' : 'have';
}

function otherFailuresText(assessment: Counted): string | null {
  const main = mainFailures(assessment);
  const others = assessment.subjectFailures.filter((one) => one !== main && one.failed > 0);
  if (others.length === 0) return null;
  const also = main !== undefined && main.failed > 0 ? 'also ' : '';
  return `Failures ${also}on ${joinWords(others.map(failedOf))}.`;
}

function failedOf(one: SubjectFailures): string {
  if (one.kind === 'organisation') return 'the organisation itself';
  return `${formatCount(one.failed)} of ${testedOf(one)}`;
}

function exceptionsText({
  exceptions,
  outcomes,
}: Pick<Assessment, 'exceptions' | 'outcomes'>): string | null {
  if (exceptions.length === 0) return null;
  return `${exceptionCounts(exceptions)}; ${plural(outcomes.waived, 'check')} waived.`;
}

function unrecognisedText({ inputs }: Pick<Assessment, 'inputs'>): string | null {
  const files = inputs.filter(isUnrecognised).map(({ path }) => path);
  if (files.length === 0) return null;
  const named = files.slice(0, MOST_FILES);
  const more = files.length > MOST_FILES ? [`${formatCount(files.length - MOST_FILES)} more`] : [];
  const said = `${plural(files.length, 'file was', 'files were')} not recognised as any export, so that nothing in ${files.length === 1 ? 'it' : 'them'} counts`;
  return `${said}: ${joinWords([...named, ...more])}. keyproof inspect states what each looks like.`;
}

function isUnrecognised({ warnings }: InputFile): boolean {
  return warnings.some((warning) => warning.startsWith(NOT_RECOGNISED));
}

function checksText({ outcomes }: Pick<Assessment, 'outcomes'>): string {
  const { undecided, applying } = checksOf(outcomes);
  const counts = [
    `${formatCount(outcomes.fail)} failed`,
    `${formatCount(outcomes.pass)} passed`,
    ...(outcomes.attested > 0 ? [`${formatCount(outcomes.attested)} attested`] : []),
    ...(outcomes.waived > 0 ? [`${formatCount(outcomes.waived)} waived`] : []),
    `${formatCount(undecided)} undecided`,
  ];
  return `${plural(applying, 'check')} that ${applying === 1 ? 'applies' : 'apply'}: ${counts.join(', ')}; ${formatCount(outcomes['not-applicable'])} ${outcomes['not-applicable'] === 1 ? 'does' : 'do'} not apply.`;
}

function undecidedText({ outcomes }: Pick<Assessment, 'outcomes'>): string {
  const { undecided, applying } = checksOf(outcomes);
  if (applying === 0) return 'No check applies to what was supplied, so nothing was decided.';
  if (undecided === 0) return 'Every check that applies was decided.';
  return `${formatCount(undecided)} of ${plural(applying, 'check')} that ${applying === 1 ? 'applies' : 'apply'} could not be decided; they count neither as passed nor as failed.`;
}
