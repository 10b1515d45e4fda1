import type { Assessment, CarriedFollowUp } from '../../model/index.js';
import { joinWords, plural } from '../../text/format.js';

type Stated = Pick<Assessment, 'actions' | 'gaps' | 'followUps' | 'plan'>;

/**
 * Returns `The due date stated in the checklist has passed for 2 actions and 1 finding.` and what it calls done that is still open;
 * null if neither is so. “Overdue” counts suggested dates alone.
 */
export function statedLateText({ actions, gaps, followUps = [], plan }: Stated): string | null {
  const open = { actions, gaps };
  const late = countedText(
    followUps.filter(({ due }) => due !== null && due < plan.asOf.slice(0, 10)),
    open,
  );
  const done = countedText(
    followUps.filter(({ status }) => status?.toLowerCase() === 'done'),
    open,
  );
  const sentences = [
    late === null ? null : `The due date stated in the checklist has passed for ${late}.`,
    done === null ? null : `The checklist calls done what is still open by this evidence: ${done}.`,
  ].filter((sentence) => sentence !== null);
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** Returns `2 actions and 1 finding`: the rows that are still open, by what they are of; null if none is. */
function countedText(
  rows: readonly CarriedFollowUp[],
  { actions, gaps }: Pick<Stated, 'actions' | 'gaps'>,
): string | null {
  const kinds: [ids: Set<string>, one: string, many: string][] = [
    [new Set(actions.map(({ ruleId }) => ruleId)), 'action', 'actions'],
    [new Set(actions.flatMap(({ findings }) => findings)), 'finding', 'findings'],
    [new Set(gaps.map(({ id }) => id)), 'control', 'controls'],
  ];
  const parts = kinds.flatMap(([ids, one, many]) => {
    const count = rows.filter(({ id }) => ids.has(id)).length;
    return count === 0 ? [] : [plural(count, one, many)];
  });
  return parts.length === 0 ? null : joinWords(parts);
}
