import type { JudgedObservation, PolicyResult } from '../../model/index.js';
import { distinctTexts } from '../../text/compare-text.js';

/**
 * Returns whose limits the failed elements of a finding have, the entity's document, keyproof.yaml or keyproof's default, each with its element if they differ;
 * empty if none has a limit.
 */
export function limitText(
  { violations }: Pick<JudgedObservation, 'violations'>,
  policy: PolicyResult | undefined,
): string {
  const failed = (policy?.elements ?? []).filter(({ id }) =>
    violations.some(({ element }) => element === id),
  );
  if (failed.every(({ limit }) => limit.whose === 'none')) return '';
  const texts = distinctTexts(failed.map(({ limit }) => limit.text));
  if (texts.length === 1) return texts.join('');
  return failed.map(({ title, limit }) => `${title}: ${limit.text}`).join('; ');
}
