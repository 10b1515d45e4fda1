import {
  type Action,
  type Assessment,
  type FrameworkResult,
  type MissingEvidence,
  SEVERITIES,
  SUBJECT_WORDS,
  type SubjectFailures,
} from '../../../model/index.js';
import { clip, formatCount, formatDay, plural } from '../../../text/format.js';
import { firstOwnerText, testedText } from '../../text/action-text.js';
import { columnCount, type StateColumn, stateColumns } from '../../text/control-states.js';
import { decidesText, type Glance, glanceOf, mainFailures } from '../../text/glance.js';
import { IN_THE_PART_TESTED, partialInputLines } from '../../text/partial-inputs.js';
import { SEVERITY_WORDS } from '../../text/words.js';
import type { Bar } from '../../view/bar.js';
import { stateBar } from '../../view/state-bar.js';
import { shortTitle } from './action-text.js';

/** A number with its word, as a tile. */
export type Tile = { key: string; label: string; count: number };

/** A framework in one line. */
export type FrameworkLine = {
  name: string;
  anchor: string | null;
  bar: Bar;
  counts: number[];
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
export type FirstMissing = { label: string; decides: string; how: string };

/** The answers of the first page. */
export type FirstPage = Omit<Glance, 'actions' | 'deciding'> & {
  tilesTitle: string;
  tiles: Tile[];
  incomplete: string | null;
  /** Inputs that are not whole; null if none is known. */
  partial: string | null;
  columns: string[];
  frameworks: FrameworkLine[];
  moreFrameworks: number;
  actions: FirstAction[];
  missing: FirstMissing[];
};

const MOST_FRAMEWORKS = 8;

/** Returns the answers of the first page: what fails, what to do first, what is undecided and what would decide it. */
export function firstPage(assessment: Assessment, anchorOf: (framework: string) => string | null): FirstPage {
  const { frameworks, incomplete } = assessment;
  const columns = stateColumns(frameworks);
  const { actions, deciding, ...said } = glanceOf(assessment);
  return {
    ...said,
    ...tilesOf(mainFailures(assessment)),
    incomplete: incomplete.length === 0 ? null : incompleteText(assessment),
    partial: partialText(assessment),
    frameworks: frameworks
      .slice(0, MOST_FRAMEWORKS)
      .map((framework) => frameworkLine(framework, columns, anchorOf)),
    columns: columns.map(({ label }) => label),
    moreFrameworks: Math.max(0, frameworks.length - MOST_FRAMEWORKS),
    actions: actions.map(firstAction),
    missing: deciding.map(firstMissing),
  };
}

function frameworkLine(
  framework: FrameworkResult,
  columns: readonly StateColumn[],
  anchorOf: (framework: string) => string | null,
): FrameworkLine {
  const { id, title, version, controls } = framework;
  return {
    name: clip(`${shortTitle(title)} ${version}`, 40),
    anchor: anchorOf(id),
    bar: stateBar(framework),
    counts: columns.map((column) => columnCount(framework, column)),
    controls: controls.length,
  };
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

function incompleteText({ incomplete }: Assessment): string {
  const [first] = incomplete;
  const more = incomplete.length > 1 ? ` (and ${formatCount(incomplete.length - 1)} more)` : '';
  return `${clip(first?.message ?? '', 220)}${more}`;
}

function partialText(assessment: Assessment): string | null {
  const [first, ...more] = partialInputLines(assessment, Number.POSITIVE_INFINITY);
  if (first === undefined) return null;
  const rest = more.length === 0 ? '' : ` And ${plural(more.length, 'more', 'more')}, beside the population.`;
  return `${IN_THE_PART_TESTED.replace(/\.$/, ':')} ${clip(first, 170)}${rest}`;
}

function firstAction(action: Action): FirstAction {
  return {
    priority: action.priority,
    severity: action.severity,
    severityWord: SEVERITY_WORDS[action.severity],
    title: clip(action.title, 90),
    tested: testedText(action),
    owners: firstOwnerText(action, 24) ?? 'not stated',
    due: formatDay(action.due.date),
  };
}

function firstMissing(missing: MissingEvidence): FirstMissing {
  return { label: clip(missing.label, 64), decides: decidesText(missing), how: clip(missing.how, 150) };
}
