import type { Assessment, MappingResult, NamedControl } from '../../model/index.js';

/** Tells whether failures of a policy are observations in a control: they are against nothing but keyproof's defaults. */
export type Observed = (
  ruleId: string,
  control: NamedControl,
  /** Ids of the elements that failed; null for all failures of the policy that count there. */
  failed: readonly (string | null | undefined)[] | null,
) => boolean;

/** What stands behind a control in which a failure is an observation. */
export const OBSERVATION = 'observation';

/** Returns what tells observations from exceptions in the controls of an assessment. */
export function observedIn({ frameworks }: Pick<Assessment, 'frameworks'>): Observed {
  const mappings = new Map(
    frameworks.flatMap(({ id, controls }) =>
      controls.flatMap((control) =>
        control.mappings.map((mapping) => [keyOf(mapping.ruleId, id, control.id), mapping] as const),
      ),
    ),
  );
  return (ruleId, { framework, control }, failed) => {
    const mapping = mappings.get(keyOf(ruleId, framework, control));
    return mapping !== undefined && isObserved(mapping, failed);
  };
}

function isObserved(
  { outcomes, elements, defaultFailures = 0, defaultElements = [] }: MappingResult,
  failed: Parameters<Observed>[2],
): boolean {
  if (defaultFailures === 0 || defaultFailures === outcomes.fail) return defaultFailures > 0;
  const counted = elements.map(({ id }) => id).filter((id) => failed?.includes(id));
  return counted.length > 0 && counted.every((id) => defaultElements.includes(id));
}

function keyOf(ruleId: string, framework: string, control: string): string {
  return JSON.stringify([ruleId, framework, control]);
}
