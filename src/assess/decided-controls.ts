import type { NamedControl } from '../model/index.js';
import type { CountedControls } from '../store/index.js';
import { groupBy } from '../text/group-by.js';
import type { Judged } from './gaps.js';

/**
 * Returns the controls whose verdict failures of a policy decide, in the order of the frameworks: those they count for by
 * a mapping that is more than supporting.
 */
export function decidedControls(
  ruleId: string,
  counted: readonly CountedControls[],
  judged: readonly Judged[],
): NamedControl[] {
  const own = counted.filter((one) => one.ruleId === ruleId).flatMap(({ controls }) => controls);
  return inOrder(
    own.filter(({ grade }) => grade !== 'supporting'),
    judged,
  );
}

/** Returns controls once each, in the order of the frameworks. */
export function inOrder(named: readonly NamedControl[], judged: readonly Judged[]): NamedControl[] {
  const wanted = groupBy(named, ({ framework }) => framework);
  const controls = new Map([...wanted].map(([id, own]) => [id, new Set(own.map(({ control }) => control))]));
  return judged
    .filter(({ framework, control }) => controls.get(framework.id)?.has(control.id))
    .map(({ framework, control }) => ({ framework: framework.id, control: control.id }));
}
