import { type Assessment, type FrameworkResult, SUBJECT_WORDS } from '../../model/index.js';
import { factWords } from '../../text/fact-words.js';
import { formatMoment, plural } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { markdownRow, markdownText } from '../../text/markdown.js';
import { incompleteLines } from '../text/incomplete-lines.js';
import { organisationText } from '../text/organisation-text.js';
import { printable } from '../text/printable.js';
import { redactedLines } from '../text/redacted-text.js';
import { restOfUndecided } from '../text/rest-of-undecided.js';
import { capped } from '../view/caps.js';
import { type OpenControls, openControls } from './open-controls.js';
import { decidesText } from './questions.js';
import { type GapRow, gapRows } from './row.js';

/** Number of subjects named for each fact that is not stated. */
const UNDECIDED_NAMED = 20;

/** Longest text in one cell. */
const LONGEST_CELL = 8000;

const HEADER = ['', 'Control', 'State', 'Severity', 'Failed', 'Gap and action', 'Owner', 'Due'];
const MISSING_HEADER = ['', 'Missing', 'Decides', 'Controls', 'How to get it', 'Owner', 'Due'];

/** Returns gap-checklist.md: the gap checklist as a task list to paste into a tracker. */
export function renderChecklistMarkdown(assessment: Assessment): string {
  const plan = printable(assessment.plan);
  const { own, waiting, asked } = openControls(assessment);
  const rows = groupBy(
    printable(gapRows(assessment), LONGEST_CELL).slice(0, own.length),
    ({ framework }) => framework,
  );
  const lines = [
    `# Gap checklist: ${markdownText(organisationText(plan))}`,
    '',
    `As of ${markdownText(formatMoment(plan.asOf))}. ${listText(assessment.gaps.length, own.length)}. Indicative; an assessor concludes.`,
    ...redactedLines(assessment),
    ...incompleteLines(assessment),
    ...printable(assessment.frameworks).flatMap((framework) =>
      chapter(framework, rows.get(framework.id) ?? []),
    ),
    ...missingChapter(printable(waiting, LONGEST_CELL)),
    ...questionsChapter(asked, printable(assessment.frameworks)),
  ];
  return `${lines.join('\n')}\n`;
}

function listText(all: number, own: number): string {
  if (all === 0) return 'No control is in this list. Read it with what was not tested';
  const rest = `${plural(all, 'control')} that the evidence does not support`;
  return own === 0
    ? `${rest}, by what they wait for`
    : `${rest}: ${plural(own, 'control')} with a line each, the others by what they wait for`;
}

function chapter(framework: FrameworkResult, own: readonly GapRow[]): string[] {
  const heading = ['', `## ${markdownText(`${framework.title} ${framework.version}`)}`, ''];
  const open = framework.undecided.map(undecidedLine);
  const facts =
    open.length === 0
      ? []
      : ['Facts that are not stated; results that need them were not used:', '', ...open, ''];
  const rows = own.length === 0 ? [] : table(HEADER, own.map(row));
  const said = [...facts, ...rows];
  return said.length === 0 ? [] : [...heading, ...(said.at(-1) === '' ? said.slice(0, -1) : said)];
}

function table(header: readonly string[], rows: readonly string[]): string[] {
  return [markdownRow(header), markdownRow(header.map(() => '---')), ...rows];
}

function missingChapter(waiting: OpenControls['waiting']): string[] {
  if (waiting.length === 0) return [];
  return [
    '',
    '## Evidence that is missing',
    '',
    'Controls without a failure that wait for evidence, by what is missing:',
    '',
    ...table(MISSING_HEADER, waiting.map(missingRow)),
  ];
}

function missingRow({ missing, controls }: OpenControls['waiting'][number]): string {
  return markdownRow([
    '☐',
    `**${markdownText(missing.label)}**`,
    markdownText(decidesText(missing)),
    markdownText(controls.map(({ id }) => id).join(', ')),
    markdownText(missing.how),
    '',
    '',
  ]);
}

function questionsChapter(asked: OpenControls['asked'], frameworks: readonly FrameworkResult[]): string[] {
  if (asked.length === 0) return [];
  const counts = frameworks.flatMap(({ id, title }) => {
    const own = asked.filter(({ control }) => control.framework === id).length;
    return own === 0 ? [] : [`- ☐ ${markdownText(`${title}: ${plural(own, 'question')}`)}`];
  });
  return [
    '',
    '## Questions for people',
    '',
    'Controls that only a person can conclude on; the questions are in questions.csv:',
    '',
    ...counts,
  ];
}

/** Returns `- PCI DSS scope of 153 keys (pci_scope): key-1, key-2`, with the first subjects only. */
function undecidedLine({ field, kind, subjects, examples }: FrameworkResult['undecided'][number]): string {
  const { items, note } = capped(examples, UNDECIDED_NAMED, subjects, restOfUndecided(subjects));
  const whose = plural(subjects, ...SUBJECT_WORDS[kind]);
  return `- ${markdownText(`☐ ${factWords(field)} of ${whose} (${field}): ${items.join(', ')}${note === null ? '' : ` (${note})`}`)}`;
}

function row(item: GapRow): string {
  return markdownRow([
    '☐',
    `**${markdownText(item.control)}** ${markdownText(item.title)}`,
    markdownText(item.state),
    item.severity,
    String(item.failed ?? ''),
    [item.gap, item.action, prefixed('Missing evidence', item.missing), prefixed('Policies', item.rules)]
      .filter((text) => text !== '')
      .map(markdownText)
      .join('<br>'),
    markdownText(item.followUp?.owner ?? ''),
    markdownText(item.followUp?.due ?? ''),
  ]);
}

function prefixed(label: string, text: string): string {
  return text === '' ? '' : `${label}: ${text}`;
}
