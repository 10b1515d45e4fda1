import {
  type Action,
  type Assessment,
  type FrameworkResult,
  type MissingEvidence,
  SEVERITIES,
  SUBJECT_WORDS,
  type SubjectFailures,
} from '../../../model/index.js';
import { clip, formatCount, formatDay, joinWords, plural } from '../../../text/format.js';
import { IN_THE_PART_TESTED, partialInputLines } from '../../text/partial-inputs.js';
import { SEVERITY_WORDS } from '../../text/words.js';
import type { Bar } from '../../view/bar.js';
import { checkCount } from '../../view/summary.js';
import { ownersText, shortTitle, testedText } from './action-text.js';
import { verdictBar } from './verdicts-view.js';

/** A number with its word, as a tile. */
export type Tile = { key: string; label: string; count: number };

/** A framework in one line. */
export type FrameworkLine = {
  name: string;
  anchor: string | null;
  bar: Bar;
  exceptions: number;
  lacking: number;
  supported: number;
  attested: number;
  notTested: number;
  notApplicable: number;
  controls: number;
};

/** An action in one line. */
export type FirstAction = {
  priority: number;
  severity: string;
  severityWord: string;
  title: string;
  tested: string;
  owners: string;
  due: string;
};

/** What would decide checks that are undecided. */
export type FirstMissing = { label: string; alone: number; together: number; how: string };

/** The answers of the first page. */
export type FirstPage = {
  headline: string[];
  tilesTitle: string;
  tiles: Tile[];
  others: string | null;
  incomplete: string | null;
  /** Inputs that are not whole; null if none is known. */
  partial: string | null;
  frameworks: FrameworkLine[];
  moreFrameworks: number;
  actions: FirstAction[];
  noAction: string;
  moreActions: number;
  undecided: string;
  missing: FirstMissing[];
};

const MOST_FRAMEWORKS = 8;
const MOST_ACTIONS = 5;
const MOST_MISSING = 3;

/** Returns the answers of the first page: what fails, what to do first, what is undecided and what would decide it. */
export function firstPage(assessment: Assessment, anchorOf: (framework: string) => string | null): FirstPage {
  const { subjectFailures, actions, missingEvidence, frameworks, incomplete } = assessment;
  const main = mainKind(subjectFailures);
  return {
    headline: headlines(assessment, main),
    ...tilesOf(main),
    others: othersText(subjectFailures.filter((failures) => failures !== main)),
    incomplete: incomplete.length === 0 ? null : incompleteText(assessment),
    partial: partialText(assessment),
    frameworks: frameworks.slice(0, MOST_FRAMEWORKS).map((framework) => frameworkLine(framework, anchorOf)),
    moreFrameworks: Math.max(0, frameworks.length - MOST_FRAMEWORKS),
    actions: actions.slice(0, MOST_ACTIONS).map(firstAction),
    noAction: noActionText(assessment),
    moreActions: Math.max(0, actions.length - MOST_ACTIONS),
    undecided: undecidedText(assessment),
    missing: missingEvidence.slice(0, MOST_MISSING).map(firstMissing),
  };
}

function frameworkLine(
  framework: FrameworkResult,
  anchorOf: (framework: string) => string | null,
): FrameworkLine {
  const { id, title, version, verdicts, controls } = framework;
  return {
    name: clip(`${shortTitle(title)} ${version}`, 40),
    anchor: anchorOf(id),
    bar: verdictBar(framework),
    exceptions: verdicts.exception + verdicts['exception-accepted'],
    lacking: verdicts['insufficient-data'],
    supported: verdicts['partly-supported'] + verdicts['evidence-supports'],
    attested: verdicts.attested,
    notTested: verdicts['not-tested'],
    notApplicable: verdicts['not-applicable'],
    controls: controls.length,
  };
}

/** Returns the failures of keys; of the first kind that was examined if there are none. */
function mainKind(failures: readonly SubjectFailures[]): SubjectFailures | undefined {
  return failures.find(({ kind }) => kind === 'key') ?? failures[0];
}

function headlines(assessment: Assessment, main: SubjectFailures | undefined): string[] {
  const checks = checkCount(assessment);
  if (main === undefined || checks === 0) return ['Nothing was evaluated, so nothing can be said.'];
  const { outcomes } = assessment;
  const undecided = outcomes['no-evidence'] + outcomes.error;
  const applicable = checks - outcomes['not-applicable'];
  const failures = failuresHeadline(main);
  if (undecided * 2 <= applicable) return [failures];
  return [
    `${formatCount(undecided)} of ${formatCount(applicable)} checks that apply could not be decided: evidence is missing.`,
    failures,
  ];
}

function failuresHeadline({ kind, subjects, failed, worst, undecided }: SubjectFailures): string {
  const [one, many] = SUBJECT_WORDS[kind];
  const all = plural(subjects, one, many);
  if (failed === 0 && undecided > 0)
    return `No failure was found on ${all}; ${formatCount(undecided)} could not be decided in full.`;
  if (failed === 0) return `No failure was found on ${all} in the records supplied.`;
  const have = (count: number) => (count === 1 ? 'has' : 'have');
  return `${formatCount(worst.critical)} of ${all} ${have(worst.critical)} a critical failure; ${formatCount(failed)} ${have(failed)} a failure of any severity.`;
}

function tilesOf(main: SubjectFailures | undefined): Pick<FirstPage, 'tilesTitle' | 'tiles'> {
  if (main === undefined) return { tilesTitle: '', tiles: [] };
  const { kind, subjects, failed, worst, undecided } = main;
  const many = SUBJECT_WORDS[kind][1];
  const failing = SEVERITIES.map((key) => ({ key, label: SEVERITY_WORDS[key], count: worst[key] }));
  return {
    tilesTitle: `${many[0]?.toUpperCase()}${many.slice(1)} by their worst failure`,
    tiles: [
      ...failing,
      { key: 'no-evidence', label: 'No failure, not all decided', count: undecided },
      { key: 'pass', label: 'No failure, all decided', count: subjects - failed - undecided },
    ],
  };
}

function othersText(failures: readonly SubjectFailures[]): string | null {
  const failing = failures.filter(({ failed }) => failed > 0);
  if (failing.length === 0) return null;
  const texts = failing.map(({ kind, failed, subjects }) =>
    kind === 'organisation'
      ? 'the organisation'
      : `${formatCount(failed)} of ${plural(subjects, ...SUBJECT_WORDS[kind])}`,
  );
  return `A failure is also on ${joinWords(texts)}.`;
}

function incompleteText({ incomplete }: Assessment): string {
  const [first] = incomplete;
  const more = incomplete.length > 1 ? ` (and ${formatCount(incomplete.length - 1)} more)` : '';
  return `${clip(first?.message ?? '', 220)}${more}`;
}

function partialText(assessment: Assessment): string | null {
  const [first, ...more] = partialInputLines(assessment, Number.POSITIVE_INFINITY);
  if (first === undefined) return null;
  const rest = more.length === 0 ? '' : ` And ${plural(more.length, 'more', 'more')}, beside the population.`;
  return `${IN_THE_PART_TESTED} ${clip(first, 170)}${rest}`;
}

function firstAction(action: Action): FirstAction {
  return {
    priority: action.priority,
    severity: action.severity,
    severityWord: SEVERITY_WORDS[action.severity],
    title: clip(action.title, 90),
    tested: testedText(action),
    owners: ownersText(action, 1, 24),
    due: formatDay(action.due.date),
  };
}

function noActionText(assessment: Assessment): string {
  return assessment.outcomes.pass === 0
    ? 'No check failed, and none passed: supply evidence first.'
    : 'No check failed on the records supplied. Read this with what is undecided and what was not tested.';
}

function undecidedText({ outcomes, missingEvidence }: Assessment): string {
  const undecided = outcomes['no-evidence'] + outcomes.error;
  if (undecided === 0) return 'Every check that applies was decided.';
  const said = `${plural(undecided, 'check')} could not be decided and count neither as passed nor as failed.`;
  return missingEvidence.length === 0 ? said : `${said} These would decide most:`;
}

function firstMissing({ label, alone, together, how }: MissingEvidence): FirstMissing {
  return { label: clip(label, 64), alone, together, how: clip(how, 150) };
}
