import { type CountedControl, failedElements } from '../model/index.js';
import type { CountedControls } from '../store/index.js';
import type { Judged } from './gaps.js';
import { failureCounts } from './mapping-use.js';
import type { Tallies, Tally } from './tallies.js';

type Place = Omit<CountedControls, 'controls'>;

/** Returns the controls that failures count for, for each policy, set of facts and combination of failed elements. */
export function countedControls(judged: readonly Judged[], tallies: Tallies): CountedControls[] {
  const failures = tallies.observations.filter(({ outcome }) => outcome === 'fail');
  const distinct = new Map(failures.map((tally) => [countedKey(placeOf(tally)), tally]));
  return [...distinct.values()].map((tally) => ({ ...placeOf(tally), controls: controlsOf(tally, judged) }));
}

function placeOf({ ruleId, kind, factSet, elements, itemsText }: Tally): Place {
  return { ruleId, kind, factSet, failed: failedElements(elements), items: itemsText };
}

/** Returns the key of failures that count for the same controls. */
export function countedKey({ ruleId, kind, factSet, failed, items }: Place): string {
  return JSON.stringify([ruleId, kind, factSet, failed, items]);
}

function controlsOf(tally: Tally, judged: readonly Judged[]): CountedControl[] {
  return judged.flatMap(({ framework, control, mappings }) =>
    mappings
      .filter(({ use }) => use.ruleId === tally.ruleId && failureCounts(use, tally))
      .map(({ grade }) => ({ framework: framework.id, control: control.id, grade })),
  );
}
