import type { Action, Assessment } from '../../model/index.js';
import { formatMoment, plural } from '../../text/format.js';
import { markdownRow, markdownText } from '../../text/markdown.js';
import { shortTitles } from '../../text/short-title.js';
import {
  controlsText,
  findingsText,
  overdueText,
  ownersText,
  ruleTitles,
  statedText,
  testedText,
  worstEnvironment,
} from '../text/action-text.js';
import { dueText } from '../text/due-text.js';
import { noActionText } from '../text/glance.js';
import { incompleteLines } from '../text/incomplete-lines.js';
import { organisationText } from '../text/organisation-text.js';
import { printable } from '../text/printable.js';
import { redactedLines } from '../text/redacted-text.js';
import { EFFORT_WORDS, SEVERITY_WORDS } from '../text/words.js';

const MOST_OWNERS = 4;
const MOST_FINDINGS = 3;

const HEADER = [
  '',
  '#',
  'Severity',
  'Action',
  'Affected',
  'Owners',
  'Due (suggested)',
  'Evidence that closes it',
];

/** Returns actions.md: the plan of work as a task list to paste into a tracker, by priority. */
export function renderActionsMarkdown(assessment: Assessment): string {
  const { actions, plan } = printable({ actions: assessment.actions, plan: assessment.plan });
  const titles = ruleTitles(printable(assessment.policies));
  const frameworks = shortTitles(printable(assessment.frameworks));
  const lines = [
    `# Plan of work: ${markdownText(organisationText(plan))}`,
    '',
    `As of ${markdownText(formatMoment(plan.asOf))}. ${actionsText(actions, plan)}Indicative; an assessor concludes.`,
    ...redactedLines(assessment),
    ...incompleteLines(assessment),
    '',
    ...(actions.length === 0 ? [noActionText(assessment)] : table(actions, { plan, titles, frameworks })),
  ];
  return `${lines.join('\n')}\n`;
}

function actionsText({ length }: readonly Action[], plan: Assessment['plan']): string {
  return length === 0
    ? ''
    : `${plural(length, 'action')}, by priority. Dates are suggested: ${dueText(plan)}. `;
}

/** What rows are made with. */
type Context = {
  plan: Assessment['plan'];
  titles: ReadonlyMap<string, string>;
  frameworks: ReadonlyMap<string, string>;
};

function table(actions: readonly Action[], context: Context): string[] {
  const rows = actions.map((action) => row(action, context));
  return [markdownRow(HEADER), markdownRow(HEADER.map(() => '---')), ...rows];
}

function row(action: Action, context: Context): string {
  const { priority, severity, due, closedBy } = action;
  return markdownRow([
    '☐',
    String(priority),
    SEVERITY_WORDS[severity],
    actionCell(action, context),
    lines([testedText(action), worstEnvironment(action)]),
    markdownText(ownersText(action, MOST_OWNERS)),
    lines([due.date, overdueText(action) ?? '']),
    markdownText(closedBy),
  ]);
}

function actionCell(action: Action, { plan, titles, frameworks }: Context): string {
  const { title, remedy, effort, controls, ruleId } = action;
  const stated = statedText(action, plan.asOf);
  const more = [
    remedy,
    stated === '' ? '' : `Stated in the checklist: ${stated}`,
    effort === null ? '' : `Kind of work: ${EFFORT_WORDS[effort]}`,
    controls.length === 0 ? '' : `Controls: ${controlsText(controls, frameworks)}`,
    `Policy: ${titles.get(ruleId) ?? ''} (${ruleId})`,
    `Findings: ${findingsText(action, MOST_FINDINGS, plan)}`,
  ];
  return [`**${markdownText(title)}**`, lines(more)].join('<br>');
}

function lines(texts: readonly string[]): string {
  return texts
    .filter((text) => text !== '')
    .map(markdownText)
    .join('<br>');
}
