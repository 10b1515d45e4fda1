import type { Assessment, PoamItem } from '../../model/index.js';
import { printable } from '../text/printable.js';
import { SEVERITY_WORDS } from '../text/words.js';

/** Longest text in one cell: Excel holds 32,767 characters. */
const LONGEST_CELL = 8000;

/** Columns of the gap checklist, with the function that fills each; the reader fills in the last four, and `--checklist` carries them over. */
export const CHECKLIST_COLUMNS: readonly {
  readonly name: string;
  readonly value: (item: PoamItem) => string | number;
}[] = [
  { name: 'ID', value: (item) => item.id },
  { name: 'Framework', value: (item) => item.framework },
  { name: 'Control', value: (item) => item.control },
  { name: 'Title', value: (item) => item.title },
  { name: 'State', value: (item) => item.verdictText },
  { name: 'Severity', value: (item) => (item.severity === null ? '' : SEVERITY_WORDS[item.severity]) },
  { name: 'Gap', value: (item) => item.gap },
  { name: 'Action', value: (item) => item.action },
  { name: 'Missing evidence', value: (item) => item.missing.join('; ') },
  { name: 'Rules', value: (item) => item.rules.join('; ') },
  { name: 'Failed', value: (item) => item.failed },
  { name: 'Owner', value: ({ followUp }) => followUp?.owner ?? '' },
  { name: 'Due date', value: ({ followUp }) => followUp?.due ?? '' },
  { name: 'Status', value: ({ followUp }) => followUp?.status ?? '' },
  { name: 'Notes', value: ({ followUp }) => followUp?.notes ?? '' },
];

/** Returns the lines of the gap checklist, worst first, with printable text. */
export function checklistItems(assessment: Assessment): PoamItem[] {
  return printable(assessment.gaps, LONGEST_CELL);
}
