import type { Assessment, MergedPacks } from '../../model/index.js';
import { asOfArgument, formatCount, joinWords, plural } from '../../text/format.js';
import { type Capped, capped } from '../view/caps.js';

/** Most packs that are named. */
const MOST_NAMED = 10;

/** Packs that a report lists with their hashes. */
const MOST_LISTED = 100;

/** The packs that a merged pack was made of, with the SHA-256 of their assessment.json; none for an audit of its own. */
export function mergedPacks({ merged }: Pick<Assessment, 'merged'>): Capped<MergedPacks['packs'][number]> {
  const packs = merged?.packs ?? [];
  return capped(packs, MOST_LISTED, packs.length, 'all of them are in assessment.json');
}

/** How to make a pack again. */
export type MadeAgain = {
  /** What has to be the same, beside the configuration, the version of the tool and the as-of date. */
  of: string;
  command: string;
};

/** Returns how to make a pack again: from exports or, if it was merged, from the packs. */
export function madeAgain({ merged, plan }: Pick<Assessment, 'merged' | 'plan'>): MadeAgain {
  if (merged !== undefined) return { of: 'packs', command: 'keyproof merge PACK PACK...' };
  return { of: 'inputs', command: `keyproof audit EXPORTS --as-of ${asOfArgument(plan.asOf)}` };
}

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
