import type { Assessment } from '../../model/index.js';
import { markdownText } from '../../text/markdown.js';
import { printable } from './printable.js';

/** Returns the lines of Markdown that state why a run is incomplete; none if it is complete. */
export function incompleteLines({ incomplete }: Pick<Assessment, 'incomplete'>): string[] {
  if (incomplete.length === 0) return [];
  const reasons = printable(incomplete).map(({ message }) => `> - ${markdownText(message)}`);
  return [
    '',
    '> **This run is incomplete.** Results may look better or worse than they are.',
    '>',
    ...reasons,
  ];
}
