import type { Assessment, FollowUp, PoamItem } from '../../model/index.js';
import { plural } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { missingInWords, missingLabels } from '../../text/missing-label.js';
import { type Column, ENTRIES } from '../table/column.js';
import { controlsText } from '../text/action-text.js';
import { SEVERITY_WORDS } from '../text/words.js';
import { entriesOf } from './entries.js';
import { type OpenControls, openControls } from './open-controls.js';
import { decidesText, missingId } from './questions.js';

/** One line of the gap checklist: a control, or what several controls wait for. */
export type GapRow = {
  id: string;
  framework: string;
  control: string;
  title: string;
  state: string;
  severity: string;
  gap: string;
  action: string;
  missing: string;
  rules: string;
  failed: number | null;
  followUp?: FollowUp;
};

/** Columns of the gap checklist; the reader fills in the last four. */
export const CHECKLIST_COLUMNS: readonly Column<GapRow>[] = [
  { name: 'ID', width: 26, value: ({ id }) => id },
  { name: 'Framework', width: 18, value: ({ framework }) => framework },
  { name: 'Control', width: 16, value: ({ control }) => control },
  { name: 'Title', width: 40, value: ({ title }) => title },
  { name: 'State', width: 24, value: ({ state }) => state },
  { name: 'Severity', width: 10, kind: 'severity', value: ({ severity }) => severity },
  { name: 'Gap', width: 60, value: ({ gap }) => gap },
  { name: 'Action', width: 60, value: ({ action }) => action },
  { name: 'Missing evidence', width: 30, value: ({ missing }) => missing },
  { name: 'Policies', width: 30, value: ({ rules }) => rules },
  { name: 'Failed', width: 8, kind: 'count', value: ({ failed }) => failed },
  ...ENTRIES,
];

/**
 * Returns the lines of the gap checklist: controls with a failure, worst first; then a line for each thing that is missing;
 * then a line a framework for the questions to people.
 */
export function gapRows(assessment: Assessment): GapRow[] {
  const { own, waiting, asked } = openControls(assessment);
  const byFramework = groupBy(asked, ({ control }) => control.framework);
  const entryOf = entriesOf(assessment);
  const labels = missingLabels(assessment);
  return [
    ...own.map((item) => controlRow(item, labels)),
    ...[
      ...waiting.map(missingRow),
      ...[...byFramework].map(([framework, questions]) => questionsRow(framework, questions)),
    ].map((row) => ({ ...row, ...entryOf(row.id) })),
  ];
}

function controlRow(item: PoamItem, labels: ReadonlyMap<string, string>): GapRow {
  const { id, framework, control, title, verdictText, severity, gap, action, missing, rules, failed } = item;
  return {
    id,
    framework,
    control,
    title,
    state: verdictText,
    severity: severity === null ? '' : SEVERITY_WORDS[severity],
    gap,
    action,
    missing: missingInWords(missing, labels),
    rules: rules.join('; '),
    failed,
    ...(item.followUp === undefined ? {} : { followUp: item.followUp }),
  };
}

function missingRow({ missing, controls }: OpenControls['waiting'][number]): GapRow {
  return {
    id: missingId(missing),
    framework: frameworksOf(controls),
    control: controlsText(controls),
    title: `Missing: ${missing.label}`,
    state: statesOf(controls),
    severity: '',
    gap: `${plural(controls.length, 'control')} without a failure ${controls.length === 1 ? 'waits' : 'wait'} for it. It decides ${decidesText(missing)}.`,
    action: missing.how,
    missing: missing.label,
    rules: missing.rules.join('; '),
    failed: null,
  };
}

function questionsRow(framework: string, asked: OpenControls['asked']): GapRow {
  const controls = asked.map(({ control }) => control);
  return {
    id: `questions/${framework}`,
    framework,
    control: controlsText(controls),
    title: 'Questions for people',
    state: statesOf(controls),
    severity: '',
    gap: `${plural(controls.length, 'control')} ${controls.length === 1 ? 'needs' : 'need'} a person to conclude.`,
    action: `Answer the questions in questions.csv: ${controls.length === 1 ? 'one' : 'one for each'} of these controls.`,
    missing: '',
    rules: '',
    failed: null,
  };
}

function frameworksOf(controls: readonly PoamItem[]): string {
  return [...new Set(controls.map(({ framework }) => framework))].join('; ');
}

function statesOf(controls: readonly PoamItem[]): string {
  return [...new Set(controls.map(({ verdictText }) => verdictText))].join('; ');
}
