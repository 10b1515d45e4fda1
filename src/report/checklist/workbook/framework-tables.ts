import type {
  Assessment,
  ControlResult,
  FrameworkResult,
  MappingResult,
  PoamItem,
} from '../../../model/index.js';
import { missingInWords, missingLabels } from '../../../text/missing-label.js';
import { type Column, ENTRIES } from '../../table/column.js';
import { type Table, tableOf } from '../../table/table.js';
import { outsideTexts, shareText, testedCount } from '../../text/share-text.js';
import { SEVERITY_WORDS } from '../../text/words.js';
import { entriesOf, type Followed } from '../entries.js';

/** A control as the assessor goes through it, with its line of the gap checklist if it has one. */
type Row = Followed & {
  framework: string;
  control: ControlResult;
  gap: PoamItem | undefined;
  /** What is missing, in words. */
  missing: string;
};

const COLUMNS: readonly Column<Row>[] = [
  { name: 'ID', width: 24, value: ({ framework, control }) => `${framework}/${control.id}` },
  { name: 'Control', width: 14, value: ({ control }) => control.id },
  { name: 'Title', width: 40, value: ({ control }) => control.title },
  { name: 'State', width: 24, value: ({ control }) => control.verdictText },
  {
    name: 'Severity',
    width: 10,
    kind: 'severity',
    value: ({ gap }) => (gap?.severity ? SEVERITY_WORDS[gap.severity] : ''),
  },
  {
    name: 'Checks failed',
    width: 8,
    kind: 'count',
    value: ({ control }) =>
      sumOf(control, ({ outcomes, defaultFailures = 0 }) => outcomes.fail - defaultFailures),
  },
  {
    name: 'Against defaults only',
    width: 8,
    kind: 'count',
    value: ({ control }) => sumOf(control, ({ defaultFailures = 0 }) => defaultFailures),
  },
  {
    name: 'Checks tested',
    width: 8,
    kind: 'count',
    value: ({ control }) => sumOf(control, ({ outcomes }) => testedCount(outcomes)),
  },
  { name: 'Why', width: 60, value: ({ control }) => control.because },
  { name: 'Policies', width: 50, value: ({ control }) => control.mappings.map(mappingText).join('\n') },
  { name: 'To do', width: 50, value: toDo },
  { name: 'Still to ask', width: 44, value: ({ control }) => control.ask },
  { name: 'Missing evidence', width: 30, value: ({ missing }) => missing },
  {
    name: "Assessor's conclusion",
    width: 28,
    kind: 'entry',
    value: ({ followUp }) => followUp?.conclusion ?? null,
  },
  ...ENTRIES,
];

/** Returns a table a framework: every control in the order of the framework, for the assessor. */
export function frameworkTables(assessment: Assessment): Table[] {
  const { frameworks, gaps } = assessment;
  const entryOf = entriesOf(assessment);
  const labels = missingLabels(assessment);
  const byId = new Map(gaps.map((gap) => [gap.id, gap]));
  return frameworks.map((framework) =>
    tableOf(
      {
        name: framework.title,
        about: `Every control of ${framework.title} ${framework.version} with its state, for the assessor; the conclusion is left to people.`,
        frozen: 2,
      },
      COLUMNS,
      rowsOf(framework, byId, labels).map((row) => ({
        ...row,
        ...entryOf(`${framework.id}/${row.control.id}`),
      })),
    ),
  );
}

function rowsOf(
  { id, controls }: FrameworkResult,
  gaps: ReadonlyMap<string, PoamItem>,
  labels: ReadonlyMap<string, string>,
): Row[] {
  return controls.map((control) => {
    const gap = gaps.get(`${id}/${control.id}`);
    return { framework: id, control, gap, missing: missingInWords(gap?.missing ?? [], labels) };
  });
}

/** Sums checks of the mappings that decide a control. */
function sumOf({ mappings }: ControlResult, count: (mapping: MappingResult) => number): number {
  return mappings
    .filter(({ grade }) => grade !== 'supporting')
    .reduce((sum, mapping) => sum + count(mapping), 0);
}

/** Returns what to do about a failure or missing evidence; what only a person can answer is in the next column. */
function toDo({ gap }: Row): string {
  return gap?.verdict === 'exception' || gap?.verdict === 'insufficient-data' ? gap.action : '';
}

function mappingText(mapping: MappingResult): string {
  const { ruleId, grade, outcomes, defaultFailures } = mapping;
  return [`${ruleId} (${grade}): ${shareText(outcomes, defaultFailures)}`, ...outsideTexts(mapping)].join(
    '; ',
  );
}
