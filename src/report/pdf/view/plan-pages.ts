import type { Action, Assessment } from '../../../model/index.js';
import { clip, formatDay } from '../../../text/format.js';
import { SEVERITY_WORDS } from '../../text/words.js';
import { type Capped, capped } from '../../view/caps.js';
import { controlsText, environmentsText, failedText, ownersText } from './action-text.js';

/** An action as a row of the plan of work. */
export type ActionLine = {
  priority: number;
  severity: string;
  severityWord: string;
  ruleId: string;
  title: string;
  remedy: string;
  tested: string;
  environments: string;
  owners: string;
  due: string;
  effort: string;
  closedBy: string;
  controls: string;
};

/** The plan of work. */
export type PlanPages = { lines: Capped<ActionLine>; due: string };

const MOST_LINES = 80;

/** Returns the plan of work: a row for each rule that failed, by priority. */
export function planPages(assessment: Assessment): PlanPages {
  const { actions, frameworks } = assessment;
  const titles = new Map(frameworks.map(({ id, title }) => [id, title]));
  const lines = actions.map((action) => actionLine(action, titles));
  return {
    lines: capped(lines, MOST_LINES, lines.length, 'all of them are in assessment.json'),
    due: dueText(actions),
  };
}

function actionLine(action: Action, titles: ReadonlyMap<string, string>): ActionLine {
  const { priority, severity, ruleId, title, remedy, due, effort, closedBy } = action;
  return {
    priority,
    severity,
    severityWord: SEVERITY_WORDS[severity],
    ruleId,
    title: clip(title, 110),
    remedy: clip(remedy, 260),
    tested: failedText(action),
    environments: clip(environmentsText(action), 70),
    owners: ownersText(action, 2, 30),
    due: formatDay(due.date),
    effort: effort ?? 'not stated',
    closedBy: clip(closedBy, 180),
    controls: clip(controlsText(action, titles, 1), 160),
  };
}

function dueText(actions: readonly Action[]): string {
  return actions.length === 0
    ? ''
    : 'Due dates are suggested: the as-of date and the days that keyproof.yaml, or the default, allows for the worst severity.';
}
