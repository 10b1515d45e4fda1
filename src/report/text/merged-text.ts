import type { Assessment } from '../../model/index.js';
import { formatCount, joinWords, plural } from '../../text/format.js';

/** Most packs that are named. */
const MOST_NAMED = 10;

/** Returns what a merged pack was made of and how; null for an audit of its own. */
export function mergedText({ merged }: Pick<Assessment, 'merged'>): string | null {
  if (merged === undefined) return null;
  const { packs, shared, differing } = merged;
  const names = packs.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = packs.length - names.length;
  const named = joinWords(more > 0 ? [...names, `${formatCount(more)} more`] : names);
  const worse =
    shared === 0
      ? ''
      : ` ${plural(shared, 'subject is', 'subjects are')} in several of them: there the worse result counts.`;
  const facts = differing === 0 ? '' : ` The packs state different facts of ${plural(differing, 'subject')}.`;
  return `Merged from ${formatCount(packs.length)} packs, each of evidence of its own: ${named}.${worse}${facts}`;
}
