import type { JoinCount, PartialInput } from '../model/index.js';
import { byText } from '../text/compare-text.js';
import { groupBy } from '../text/group-by.js';

/** What a pack states of inputs that are not whole; packs written before it was kept state nothing. */
type PackInputs = { name: string; assessment: { partialInputs?: readonly PartialInput[] } };

/** Returns the inputs of packs that are not whole, each named with its pack, in the order of their sentences. */
export function mergePartialInputs(packs: readonly PackInputs[]): PartialInput[] {
  const all = packs.flatMap(({ name, assessment: { partialInputs = [] } }) =>
    partialInputs.map((input) => ({ ...input, problem: `${name}: ${input.problem}` })),
  );
  return all.sort(byText(({ problem }) => problem));
}

/** Adds up how packs joined records to keys, by kind of record and rule. */
export function mergeJoins(packs: readonly (readonly JoinCount[])[]): JoinCount[] {
  const rows = packs.flat().sort(byText(({ kind, rule }) => `${kind} ${rule}`));
  return [...groupBy(rows, ({ kind, rule }) => `${kind} ${rule}`).values()].flatMap((same) => {
    const [first] = same;
    return first === undefined
      ? []
      : { ...first, records: same.reduce((sum, { records }) => sum + records, 0) };
  });
}
