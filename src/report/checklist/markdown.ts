import { type Assessment, type FrameworkResult, type PoamItem, SUBJECT_WORDS } from '../../model/index.js';
import { formatMoment, plural } from '../../text/format.js';
import { markdownRow, markdownText } from '../../text/markdown.js';
import { printable } from '../text/printable.js';
import { restOfUndecided } from '../text/rest-of-undecided.js';
import { SEVERITY_WORDS } from '../text/words.js';
import { capped } from '../view/caps.js';
import { checklistItems } from './row.js';

/** Number of subjects named for each fact that is not stated. */
const UNDECIDED_NAMED = 20;

const HEADER = ['', 'Control', 'State', 'Severity', 'Failed', 'Gap and action', 'Owner', 'Due'];

/** Returns gap-checklist.md: the gap checklist as a task list to paste into a tracker, one table for each framework. */
export function renderChecklistMarkdown(assessment: Assessment): string {
  const items = checklistItems(assessment);
  const { organisation, asOf } = printable(assessment.plan);
  const lines = [
    `# Gap checklist: ${markdownText(organisation)}`,
    '',
    `As of ${markdownText(formatMoment(asOf))}. ${plural(items.length, 'control')} that the evidence does not support, worst first. Indicative; an assessor concludes.`,
    ...incompleteLines(assessment),
    ...printable(assessment.frameworks).flatMap((framework) => chapter(framework, items)),
  ];
  return `${lines.join('\n')}\n`;
}

function incompleteLines({ incomplete }: Assessment): string[] {
  if (incomplete.length === 0) return [];
  const reasons = printable(incomplete).map(({ message }) => `> - ${markdownText(message)}`);
  return [
    '',
    '> **This run is incomplete.** Controls may look better or worse than they are.',
    '>',
    ...reasons,
  ];
}

function chapter(framework: FrameworkResult, items: readonly PoamItem[]): string[] {
  const own = items.filter((item) => item.framework === framework.id);
  const heading = ['', `## ${markdownText(`${framework.title} ${framework.version}`)}`, ''];
  const open = framework.undecided.map(undecidedLine);
  const facts =
    open.length === 0
      ? []
      : ['Facts that are not stated; results that need them were not used:', '', ...open, ''];
  if (own.length === 0) return [...heading, ...facts, 'No line in this framework.'];
  return [...heading, ...facts, markdownRow(HEADER), markdownRow(HEADER.map(() => '---')), ...own.map(row)];
}

/** Returns `- pci_scope of 153 keys: key-1, key-2`, with the first subjects only. */
function undecidedLine({ field, kind, subjects, examples }: FrameworkResult['undecided'][number]): string {
  const { items, note } = capped(examples, UNDECIDED_NAMED, subjects, restOfUndecided(subjects));
  const whose = plural(subjects, ...SUBJECT_WORDS[kind]);
  return `- ${markdownText(`☐ ${field} of ${whose}: ${items.join(', ')}${note === null ? '' : ` (${note})`}`)}`;
}

function row(item: PoamItem): string {
  return markdownRow([
    '☐',
    `**${markdownText(item.control)}** ${markdownText(item.title)}`,
    markdownText(item.verdictText),
    item.severity === null ? '' : SEVERITY_WORDS[item.severity],
    String(item.failed),
    [item.gap, item.action, missingText(item), rulesText(item)]
      .filter((text) => text !== '')
      .map(markdownText)
      .join('<br>'),
    markdownText(item.followUp?.owner ?? ''),
    markdownText(item.followUp?.due ?? ''),
  ]);
}

function missingText({ missing }: PoamItem): string {
  return missing.length === 0 ? '' : `Missing evidence: ${missing.join('; ')}`;
}

function rulesText({ rules }: PoamItem): string {
  return rules.length === 0 ? '' : `Rules: ${rules.join(', ')}`;
}
