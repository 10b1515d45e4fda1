import { type Assessment, SEVERITIES } from '../../../model/index.js';
import { formatMoment, joinWords, plural } from '../../../text/format.js';
import { type Column, ENTRIES, STATUSES } from '../../table/column.js';
import { type Table, tableOf } from '../../table/table.js';
import { organisationText } from '../../text/organisation-text.js';
import { redactedText } from '../../text/redacted-text.js';

type Row = { topic: string; text: string };

const COLUMNS: readonly Column<Row>[] = [
  { name: 'Topic', width: 32, value: ({ topic }) => topic },
  { name: 'What to know', width: 120, value: ({ text }) => text },
];

/** Returns the last sheet: what the workbook is of, what is missing from it, and how to fill it in. */
export function aboutTable(assessment: Assessment, tables: readonly Table[]): Table {
  const { plan, tool, incomplete } = assessment;
  const redacted = redactedText(assessment);
  const rows = [
    { topic: 'Organisation', text: organisationText(plan) },
    { topic: 'As of', text: formatMoment(plan.asOf) },
    { topic: 'Made by', text: `${tool.name} ${tool.version}. Indicative; an assessor concludes.` },
    ...(redacted === null ? [] : [{ topic: 'Redacted', text: redacted }]),
    ...incomplete.map(({ message }) => ({ topic: 'This run is incomplete', text: message })),
    { topic: 'For you', text: fillIn() },
    { topic: 'Suggested due date', text: dueText(plan) },
    ...tables.map(({ name, about, note }) => ({
      topic: `Sheet ${name}`,
      text: note === null ? about : `${about} ${note}`,
    })),
  ];
  return tableOf({ name: 'About', about: '', frozen: 0 }, COLUMNS, rows);
}

function fillIn(): string {
  return `Fill in ${joinWords(ENTRIES.map(({ name }) => name))}. Leave ID as it is: entries belong to it. Status is one of: ${STATUSES.join(', ')}.`;
}

function dueText({ due }: Assessment['plan']): string {
  const days = SEVERITIES.map((severity) => `${severity} ${plural(due[severity].days, 'day')}`);
  return `As-of date and days by severity (${days.join(', ')}), as keyproof.yaml sets them or by default; a suggestion.`;
}
