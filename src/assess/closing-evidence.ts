import type { PolicyResult } from '../model/index.js';
import { joinWords } from '../text/format.js';
import { EXPORTS } from './words.js';

/** Returns the evidence that shows a violation mended: as METADATA states it, else what the policy requires. */
export function closingEvidence(policy: PolicyResult): string {
  const stated = policy.closedBy?.trim();
  if (stated) return stated;
  const paths = [...new Set([...policy.requires, ...(policy.presence ?? [])])];
  const shown = paths.length === 0 ? `the ${EXPORTS[policy.subject]}` : joinWords(paths);
  return `A new audit in which ${policy.id} finds no violation, on evidence that states ${shown}.`;
}
