import type { Action, Assessment } from '../../../model/index.js';
import { clip, formatDay } from '../../../text/format.js';
import { overdueText, ruleTitles, statedText } from '../../text/action-text.js';
import { firstSeenText } from '../../text/changes-text.js';
import { SEVERITY_WORDS } from '../../text/words.js';
import { type Capped, capped } from '../../view/caps.js';
import { controlsText, environmentsText, failedText, ownersText } from './action-text.js';

/** An action as a row of the plan of work. */
export type ActionLine = {
  priority: number;
  severity: string;
  severityWord: string;
  ruleId: string;
  /** Title of the rule: the good case. */
  ruleTitle: string;
  title: string;
  remedy: string;
  tested: string;
  environments: string;
  owners: string;
  due: string;
  effort: string;
  closedBy: string;
  controls: string;
  /** `since 30 June 2026, 4 overdue`; empty without a previous pack. */
  seen: string;
  /** What people wrote in an earlier checklist; empty if nothing. */
  stated: string;
};

/** The plan of work. */
export type PlanPages = {
  /** The first actions, with what to do and what closes them. */
  lines: ActionLine[];
  /** The others, a line each. */
  short: Capped<ActionLine>;
  due: string;
};

/** Actions printed with all they say; those after them are a line each. */
const MOST_WHOLE = 45;
const MOST_SHORT = 120;

/** Returns the plan of work: a row for each rule that failed, by priority. */
export function planPages(assessment: Assessment): PlanPages {
  const { actions, frameworks, policies } = assessment;
  const rules = ruleTitles(policies);
  const titles = new Map(frameworks.map(({ id, title }) => [id, title]));
  const lines = actions.map((action) => actionLine(action, { titles, rules, asOf: assessment.plan.asOf }));
  const rest = lines.slice(MOST_WHOLE);
  return {
    lines: lines.slice(0, MOST_WHOLE),
    short: capped(rest, MOST_SHORT, rest.length, 'all of them are in assessment.json'),
    due: dueText(actions),
  };
}

/** What lines are made with: titles of frameworks and rules by id, and the as-of date. */
type Context = { titles: ReadonlyMap<string, string>; rules: ReadonlyMap<string, string>; asOf: string };

function actionLine(action: Action, { titles, rules, asOf }: Context): ActionLine {
  const { priority, severity, ruleId, title, remedy, due, effort, closedBy } = action;
  return {
    priority,
    severity,
    severityWord: SEVERITY_WORDS[severity],
    ruleId,
    ruleTitle: clip(rules.get(ruleId) ?? '', 110),
    title: clip(title, 110),
    remedy: clip(remedy, 320),
    tested: failedText(action),
    environments: clip(environmentsText(action), 70),
    owners: ownersText(action, 2, 30),
    due: formatDay(due.date),
    effort: effort ?? 'not stated',
    closedBy: clip(closedBy, 320),
    stated: clip(statedText(action, asOf), 320),
    seen: seenText(action, asOf),
    controls: clip(controlsText(action, titles, 1), 160),
  };
}

function seenText(action: Action, asOf: string): string {
  return [firstSeenText(action.firstSeen, asOf), overdueText(action)]
    .filter((text) => text !== null)
    .join(', ');
}

function dueText(actions: readonly Action[]): string {
  return actions.length === 0
    ? ''
    : 'Due dates are suggested: the as-of date and the days that keyproof.yaml, or the default, allows for the worst severity.';
}
