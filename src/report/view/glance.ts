import {
  type Action,
  type Assessment,
  type FrameworkResult,
  type MissingEvidence,
  SEVERITIES,
} from '../../model/index.js';
import { formatDay } from '../../text/format.js';
import { firstOwnerText, testedText } from '../text/action-text.js';
import { columnCount, type StateColumn, stateColumns } from '../text/control-states.js';
import { decidesText, type Glance, glanceOf } from '../text/glance.js';
import { SEVERITY_WORDS } from '../text/words.js';
import { type Bar, stackedBar } from './bar.js';
import type { ViewContext } from './context.js';

/** A tile: how many checks failed at a severity, with the search for them. */
export type Tile = { key: string; label: string; count: number; href: string };

/** A framework in one row. */
export type GlanceFramework = {
  anchor: string;
  name: string;
  bar: Bar;
  controls: number;
  counts: { key: string; count: number }[];
};

/** An action in one row. */
export type GlanceAction = {
  anchor: string;
  title: string;
  severity: string;
  severityWord: string;
  share: string;
  owner: string;
  due: string;
};

/** What would decide checks. */
export type GlanceMissing = { label: string; decides: string; how: string };

/** The result on one screen. */
export type GlanceView = Omit<Glance, 'actions' | 'deciding'> & {
  tiles: Tile[];
  columns: string[];
  frameworks: GlanceFramework[];
  actions: GlanceAction[];
  missing: GlanceMissing[];
};

/** Returns the result on one screen: keys, severities, frameworks, what to do first, and what could not be decided. */
export function glanceView(context: ViewContext): GlanceView {
  const { assessment } = context;
  const columns = stateColumns(assessment.frameworks);
  const { actions, deciding, ...said } = glanceOf(assessment);
  return {
    ...said,
    tiles: tiles(assessment),
    columns: columns.map(({ label }) => label),
    frameworks: assessment.frameworks.map((framework) => frameworkRow(framework, columns, context)),
    actions: actions.map((action) => actionRow(action, context)),
    missing: deciding.map(missingRow),
  };
}

function tiles({ severities, outcomes }: Assessment): Tile[] {
  const failed = SEVERITIES.map((key) => ({
    key: String(key),
    label: SEVERITY_WORDS[key],
    count: severities[key],
    href: `#severity=${key}`,
  }));
  const count = outcomes['no-evidence'] + outcomes.error;
  return [...failed, { key: 'no-evidence', label: 'Undecided', count, href: '#severity=none' }];
}

function frameworkRow(
  framework: FrameworkResult,
  columns: readonly StateColumn[],
  { frameworkAnchors }: ViewContext,
): GlanceFramework {
  const { id, title, controls } = framework;
  const counts = columns.map((column) => ({ ...column, count: columnCount(framework, column) }));
  return {
    anchor: frameworkAnchors.get(id) ?? '',
    name: title,
    bar: stackedBar(counts),
    controls: controls.length,
    counts: counts.map(({ key, count }) => ({ key, count })),
  };
}

function actionRow(action: Action, { actionAnchors }: ViewContext): GlanceAction {
  return {
    anchor: actionAnchors.get(action.ruleId) ?? '',
    title: action.title,
    severity: action.severity,
    severityWord: SEVERITY_WORDS[action.severity],
    share: testedText(action),
    owner: firstOwnerText(action) ?? 'not stated',
    due: shortDay(action.due.date),
  };
}

/** Returns `7 Oct 2026`. */
function shortDay(date: string): string {
  return formatDay(date).replace(/ (\p{L}{3})\p{L}* /u, ' $1 ');
}

function missingRow(missing: MissingEvidence): GlanceMissing {
  return { label: missing.label, decides: decidesText(missing), how: missing.how };
}
