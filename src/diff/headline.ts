import { WORSE_CHANGES } from '../model/index.js';
import { formatCount, plural } from '../text/format.js';
import type { Comparison } from './compare-packs.js';

/** Returns the sentence on what matters: failures that are not in the old pack, fixed and persisting ones. */
export function headlineOf({ counts }: Pick<Comparison['summary'], 'counts'>): string {
  const worse = WORSE_CHANGES.reduce((sum, kind) => sum + counts[kind].total, 0);
  const fixed = formatCount(counts.fixed.total);
  const persisting = formatCount(counts.persisting.total);
  return `${plural(worse, 'failure')} that the old pack does not have, ${fixed} fixed, ${persisting} persisting.`;
}
