import { DECIDED_CAUSES, WORSE_CHANGES } from '../model/index.js';
import { formatCount, plural } from '../text/format.js';
import type { Comparison } from './compare-packs.js';

/** Returns the sentence on what matters: failures that are not in the old pack, fixed and persisting ones; of the fixed
 * ones how many no evidence explains. */
export function headlineOf({ counts }: Pick<Comparison['summary'], 'counts'>): string {
  const worse = WORSE_CHANGES.reduce((sum, kind) => sum + counts[kind].total, 0);
  const { total, causes } = counts.fixed;
  const decided = DECIDED_CAUSES.reduce((sum, cause) => sum + (causes[cause] ?? 0), 0);
  const fixed = `${formatCount(total)} fixed${decided > 0 ? ` (${formatCount(decided)} by other settings alone)` : ''}`;
  const persisting = formatCount(counts.persisting.total);
  return `${plural(worse, 'failure')} that the old pack does not have, ${fixed}, ${persisting} persisting.`;
}
