import type { Action, FrameworkResult } from '../../model/index.js';
import { formatDay, plural } from '../../text/format.js';
import { overdueText } from '../text/action-text.js';
import { columnCount, type StateColumn, stateColumns } from '../text/control-states.js';
import { frameworksThatApply } from '../text/frameworks-that-apply.js';
import { type Glance, glanceOf } from '../text/glance.js';
import { type MissingInShort, missingInShort } from '../text/missing-in-short.js';
import { countedOnceText, type Tile, tilesOf } from '../text/tiles.js';
import { type ActionRow, actionRow } from './action-row.js';
import { type Bar, stackedBar } from './bar.js';
import type { ViewContext } from './context.js';
import { controlsAddress } from './state-choice.js';

/** A tile with the search for its checks. */
export type GlanceTile = Tile & { href: string };

/** Controls of a framework in one column, with the address of the list of them; null if there are none. */
export type GlanceCount = { key: string; label: string; count: number; href: string | null; said: string };

/** A framework in one row. */
export type GlanceFramework = {
  anchor: string;
  name: string;
  bar: Bar;
  controls: number;
  counts: GlanceCount[];
};

/** An action in one row. */
export type GlanceAction = ActionRow & { anchor: string; due: string; overdue: string | null };

/** The result on one screen. */
export type GlanceView = Omit<Glance, 'actions' | 'deciding'> & {
  tiles: GlanceTile[];
  /** How the subjects of the tiles add up; null if no tile has any. */
  countedOnce: string | null;
  columns: string[];
  frameworks: GlanceFramework[];
  /** Frameworks without a control that applies; null if there is none. */
  otherFrameworks: string | null;
  actions: GlanceAction[];
  missing: MissingInShort[];
};

/** Longest text on how to get what is missing; the chapter on it has the whole. */
const LONGEST_HOW = 150;

/** Returns the result on one screen: keys, severities, frameworks, what to do first, and what could not be decided. */
export function glanceView(context: ViewContext): GlanceView {
  const { assessment } = context;
  const { rows, others } = frameworksThatApply(assessment.frameworks);
  const columns = stateColumns(rows);
  const { actions, deciding, ...said } = glanceOf(assessment);
  return {
    ...said,
    tiles: tilesOf(assessment).map((tile) => ({ ...tile, href: searchOf(tile) })),
    countedOnce: countedOnceText(assessment),
    columns: columns.map(({ label }) => label),
    otherFrameworks: others,
    frameworks: rows.map((framework) => frameworkRow(framework, columns, context)),
    actions: actions.map((action) => linkedRow(action, context)),
    missing: deciding.map((missing) => missingInShort(missing, LONGEST_HOW)),
  };
}

function searchOf({ key }: Tile): string {
  return `#severity=${key === 'no-evidence' ? 'none' : key}`;
}

function frameworkRow(
  framework: FrameworkResult,
  columns: readonly StateColumn[],
  { frameworkAnchors }: ViewContext,
): GlanceFramework {
  const { id, title, controls } = framework;
  const anchor = frameworkAnchors.get(id) ?? '';
  const counts = columns.map((column): GlanceCount => {
    const count = columnCount(framework, column);
    const said = `${plural(count, 'control')} of ${title}: ${column.label}`;
    return {
      key: column.key,
      label: column.label,
      count,
      href: controlsAddress(framework, column, anchor),
      said,
    };
  });
  return { anchor, name: title, bar: stackedBar(counts), controls: controls.length, counts };
}

function linkedRow(action: Action, { actionAnchors }: ViewContext): GlanceAction {
  const anchor = actionAnchors.get(action.ruleId) ?? '';
  return { ...actionRow(action), anchor, due: shortDay(action.due.date), overdue: overdueText(action) };
}

/** Returns `7 Oct 2026`. */
function shortDay(date: string): string {
  return formatDay(date).replace(/ (\p{L}{3})\p{L}* /u, ' $1 ');
}
