import type { JudgedObservation, PolicyResult } from '../../model/index.js';
import { distinctTexts } from '../../text/compare-text.js';

/**
 * Returns whose limits the failed elements of a finding have, each once: the entity's document, keyproof.yaml or keyproof's default;
 * empty if none has a limit.
 */
export function limitText(
  { violations }: Pick<JudgedObservation, 'violations'>,
  policy: PolicyResult | undefined,
): string {
  const failed = (policy?.elements ?? []).filter(({ id }) =>
    violations.some(({ element }) => element === id),
  );
  const real = failed.filter(({ limit }) => limit.whose !== 'none');
  return distinctTexts(real.map(({ limit }) => limit.text)).join('; ');
}
