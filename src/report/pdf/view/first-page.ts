import type { Action, Assessment, FrameworkResult } from '../../../model/index.js';
import { clip, formatCount, formatDay, plural } from '../../../text/format.js';
import { shortTitle } from '../../../text/short-title.js';
import { overdueText } from '../../text/action-text.js';
import { columnCount, type StateColumn, stateColumns, statesIn } from '../../text/control-states.js';
import { frameworksThatApply } from '../../text/frameworks-that-apply.js';
import { type Glance, glanceOf } from '../../text/glance.js';
import { type MissingInShort, missingInShort } from '../../text/missing-in-short.js';
import { IN_THE_PART_TESTED, partialInputLines } from '../../text/partial-inputs.js';
import { countedOnceText, type Tile, tilesOf } from '../../text/tiles.js';
import { type ActionRow, actionRow } from '../../view/action-row.js';
import type { Bar } from '../../view/bar.js';
import { stateBar } from '../../view/state-bar.js';
import { stateAnchor } from './verdicts-view.js';

/** A framework in one line. */
export type FrameworkLine = {
  name: string;
  anchor: string | null;
  bar: Bar;
  /** Controls in each column, with the anchor of the first of its states that has any. */
  counts: { count: number; anchor: string | null }[];
  controls: number;
};

/** An action in one line. */
export type FirstAction = ActionRow & { priority: number; due: string; overdue: string | null };

/** The answers of the first page. */
export type FirstPage = Omit<Glance, 'actions' | 'deciding'> & {
  tiles: Tile[];
  /** How the subjects of the tiles add up; null if no tile has any. */
  countedOnce: string | null;
  incomplete: string | null;
  /** Inputs that are not whole; null if none is known. */
  partial: string | null;
  columns: string[];
  frameworks: FrameworkLine[];
  moreFrameworks: number;
  /** Frameworks without a control that applies; null if there is none. */
  otherFrameworks: string | null;
  actions: FirstAction[];
  missing: MissingInShort[];
};

const MOST_FRAMEWORKS = 8;
/** Longest text that stays within two lines of the first page. */
const LONGEST_HOW = 140;
const LONGEST_NAME = 34;
const LONGEST_TITLE = 120;
const LONGEST_OWNER = 24;

/** Returns the answers of the first page: what fails, what to do first, what is undecided and what would decide it. */
export function firstPage(assessment: Assessment, anchorOf: (framework: string) => string | null): FirstPage {
  const { incomplete } = assessment;
  const { rows: frameworks, others: otherFrameworks } = frameworksThatApply(assessment.frameworks);
  const columns = stateColumns(frameworks);
  const { actions, deciding, ...said } = glanceOf(assessment);
  const rows = frameworks.slice(0, MOST_FRAMEWORKS);
  return {
    ...said,
    tiles: tilesOf(assessment),
    countedOnce: countedOnceText(assessment),
    incomplete: incomplete.length === 0 ? null : incompleteText(assessment),
    partial: partialText(assessment),
    frameworks: rows.map((framework) => frameworkLine(framework, columns, anchorOf)),
    otherFrameworks,
    columns: columns.map(({ label }) => label),
    moreFrameworks: Math.max(0, frameworks.length - MOST_FRAMEWORKS),
    actions: actions.map(firstAction),
    missing: deciding.map((missing) => missingInShort(missing, LONGEST_HOW)),
  };
}

function frameworkLine(
  framework: FrameworkResult,
  columns: readonly StateColumn[],
  anchorOf: (framework: string) => string | null,
): FrameworkLine {
  const { id, title, version, controls } = framework;
  const anchor = anchorOf(id);
  return {
    name: frameworkName(shortTitle(title), version),
    anchor,
    bar: stateBar(framework),
    counts: columns.map((column) => {
      const [first] = statesIn(framework, column);
      const linked = anchor !== null && first !== undefined;
      return { count: columnCount(framework, column), anchor: linked ? stateAnchor(anchor, first) : null };
    }),
    controls: controls.length,
  };
}

/** Returns a name for one line: with the version unless it is too long for that. */
function frameworkName(title: string, version: string): string {
  const whole = `${title} ${version}`;
  return whole.length <= LONGEST_NAME ? whole : clip(title, LONGEST_NAME);
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
  const row = actionRow(action, LONGEST_OWNER);
  const { priority, due } = action;
  const when = { due: formatDay(due.date), overdue: overdueText(action) };
  return { ...row, ...when, title: clip(row.title, LONGEST_TITLE), priority };
}
