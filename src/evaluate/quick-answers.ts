import { isObject } from '../text/is-object.js';

/**
 * Returns whether an answer of the quick way may have lost something that an observation shows: the order of a set in
 * a fact or in a message that is not text, or digits. Other sets (violations, records, reasons) are sorted anyway.
 */
export function losesOnTheQuickWay(answer: unknown): boolean {
  if (!isObject(answer) || !Array.isArray(answer['violations'])) return false;
  return answer['violations'].some(
    (violation) => !isObject(violation) || Object.values(shown(violation)).some(isUnsure),
  );
}

/** Returns the parts of a violation that are shown unchanged. */
function shown({ message, facts }: Record<string, unknown>): Record<string, unknown> {
  return { ...(isObject(facts) ? facts : {}), message };
}

function isUnsure(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 1 || value.some(isUnsure);
  if (typeof value === 'number') return !Number.isFinite(value) || isBeyond53Bits(value);
  return typeof value === 'object' && value !== null;
}

function isBeyond53Bits(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}
