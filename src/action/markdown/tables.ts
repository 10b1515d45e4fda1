import {
  CAUSE_WORDS,
  type CheckChange,
  type JudgedObservation,
  type Outcome,
  SEVERITIES,
  wordedStates,
} from '../../index.js';
import { formatCount } from '../../text/format.js';
import { markdownRow, markdownText } from '../../text/markdown.js';
import type { RunReport } from '../run-report.js';
import { whatFailed } from './lead.js';

/** Columns of the counts, in the order of reports. */
const COUNTED: readonly { readonly title: string; readonly outcomes: readonly Outcome[] }[] = [
  { title: 'Failed', outcomes: ['fail'] },
  { title: 'No evidence', outcomes: ['no-evidence'] },
  { title: 'Error', outcomes: ['error'] },
  { title: 'Waived', outcomes: ['waived'] },
  { title: 'Attested', outcomes: ['attested'] },
  { title: 'Passed', outcomes: ['pass'] },
  { title: 'Not applicable', outcomes: ['not-applicable'] },
];

/** Returns the lines of a table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map(markdownRow);
}

/** Returns checks by outcome, and failures by severity. */
export function countsTable({ assessment: { outcomes, severities } }: RunReport): string[] {
  const head = [
    ...COUNTED.map(({ title }) => title),
    ...SEVERITIES.map((severity) => `of failed: ${severity}`),
  ];
  const counts = COUNTED.map(({ outcomes: [outcome] }) => outcomes[outcome as Outcome]);
  return table(head, [[...counts, ...SEVERITIES.map((severity) => severities[severity])].map(formatCount)]);
}

/** Returns controls by verdict, a line a framework, in its own words. */
export function frameworksTable({ assessment: { frameworks } }: RunReport): string[] {
  const rows = frameworks.map((framework) => {
    const words = wordedStates(framework).map(
      ({ label, controls }) => `${formatCount(controls.length)} ${markdownText(label)}`,
    );
    return [markdownText(`${framework.title} ${framework.version}`), words.join(', ')];
  });
  return table(['Framework', 'Controls'], rows);
}

/** Columns of `checkRows`. */
export const CHECK_HEAD = ['Severity', 'Policy', 'Subject', 'What', 'Record'] as const;

/** Columns of `changeRows`. */
export const CHANGE_HEAD = ['Severity', 'Policy', 'Subject', 'What', 'Explained by'] as const;

/** Returns failed checks, a line each. */
export function checkRows(checks: readonly JudgedObservation[]): string[][] {
  return checks.map((check) => [
    check.severity ?? '',
    markdownText(check.ruleId),
    markdownText(check.subject.id),
    whatFailed(check),
    recordOf(check),
  ]);
}

/** Returns checks that changed, a line each, with what may explain the change. */
export function changeRows(checks: readonly CheckChange[]): string[][] {
  return checks.map((check) => [
    check.new?.severity ?? check.old?.severity ?? '',
    markdownText(check.ruleId),
    markdownText(check.subject.id),
    whatFailed(check),
    check.causes.map((cause) => CAUSE_WORDS[cause]).join(' or ') || 'not known',
  ]);
}

function recordOf({ violations }: JudgedObservation): string {
  const [record] = violations.flatMap(({ records }) => records);
  return record === undefined ? '' : markdownText(`${record.file}, ${record.record}`);
}
