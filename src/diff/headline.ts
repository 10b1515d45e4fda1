import { WORSE_CHANGES } from '../model/index.js';
import { bySettingsText } from '../text/by-settings.js';
import { formatCount, plural } from '../text/format.js';
import type { Comparison } from './compare-packs.js';

/** Returns the sentence on what matters: failures that are not in the old pack, fixed and persisting ones; of the fixed
 * ones how many no evidence explains. */
export function headlineOf({ counts }: Pick<Comparison['summary'], 'counts'>): string {
  const worse = WORSE_CHANGES.reduce((sum, kind) => sum + counts[kind].total, 0);
  const { total, bySettings } = counts.fixed;
  const fixed = `${formatCount(total)} fixed${bySettingsText(bySettings)}`;
  const persisting = formatCount(counts.persisting.total);
  return `${plural(worse, 'failure')} that the old pack does not have, ${fixed}, ${persisting} persisting.`;
}
