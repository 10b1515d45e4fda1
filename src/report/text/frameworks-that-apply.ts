import { joinWords, plural } from '../../text/format.js';
import { controlStates } from './control-states.js';

type Framework = Parameters<typeof controlStates>[0] & { title: string };

/** The frameworks that a summary has a row for, and a sentence on the others. */
export type ApplyingFrameworks<F> = {
  /** Frameworks with a control that applies; all if none applies. */
  rows: F[];
  /** Names those without one, with their number of controls; null if each has one. */
  others: string | null;
};

/** Splits frameworks by whether any of their controls applies to the entity. */
export function frameworksThatApply<F extends Framework>(frameworks: readonly F[]): ApplyingFrameworks<F> {
  const rows = frameworks.filter((framework) => !appliesNowhere(framework));
  const others = frameworks.filter(appliesNowhere);
  if (rows.length === 0 || others.length === 0) return { rows: [...frameworks], others: null };
  const named = others.map(({ title, controls }) => `${title} (${plural(controls.length, 'control')})`);
  return { rows, others: `No control applies, for stated reasons: ${joinWords(named)}.` };
}

function appliesNowhere(framework: Framework): boolean {
  const present = controlStates(framework).filter(({ controls }) => controls.length > 0);
  return present.length > 0 && present.every(({ key }) => key === 'not-applicable');
}
