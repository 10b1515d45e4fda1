import { distinctTexts } from '../text/compare-text.js';
import { isObject } from '../text/is-object.js';

/** A missing path or a reason, with the elements that it concerns. */
export type Concerning = {
  /** The path or the reason. */
  text: string;
  /** Ids of elements; null if it concerns every element. */
  elements: readonly string[] | null;
};

/** What a policy's result says, each part with the elements that it is about. */
export type SaidByPolicy = {
  /** Violations as the policy gave them, each with the element that it is about. */
  violations: { element: string; violation: unknown }[];
  /** Missing paths. */
  missing: Concerning[];
  /** Reasons why the policy, or an element of it, does not concern the subject. */
  reasons: Concerning[];
};

/**
 * Reads what the result of a policy says of its elements: a violation names its element in `element`, a missing path or a
 * reason is a text, which concerns every element, or `{path, elements}` and `{reason, elements}`. For a policy with one element
 * that is filled in.
 *
 * @param declared the policy's elements.
 * @returns one sentence instead if the result names an element that the policy does not declare, or none where it must.
 */
export function saidByPolicy(
  result: Record<string, unknown>,
  declared: readonly { id: string }[],
): SaidByPolicy | string {
  if (saysNothing(result)) return { violations: [], missing: [], reasons: [] };
  const ids = declared.map(({ id }) => id);
  const violations = list(result['violations']).map((violation) => ({
    element: elementOf(violation, ids),
    violation,
  }));
  const missing = list(result['missing']).map((value) => concerning(value, 'path'));
  const reasons = list(result['reasons']).map((value) => concerning(value, 'reason'));
  const named = [
    ...violations.map(({ element }) => element),
    ...[...missing, ...reasons].flatMap(({ elements }) => elements ?? []),
  ];
  const unknown = named.find((element) => !ids.some((id) => id === element));
  if (named.some((element) => element === undefined)) return `${UNNAMED}; it has ${quoted(ids)}`;
  if (unknown !== undefined)
    return `the policy has no element ${JSON.stringify(unknown)}; it has ${quoted(ids)}`;
  // Every name was found among the ids above.
  return { violations, missing, reasons } as SaidByPolicy;
}

/** Returns whether there is nothing to say beside the outcome, as of most checks. */
function saysNothing({ violations, missing, reasons }: Record<string, unknown>): boolean {
  return list(violations).length + list(missing).length + list(reasons).length === 0;
}

/** Returns the texts, sorted, each once: two elements may lack the same field. */
export function textsOf(said: readonly Concerning[]): string[] {
  return distinctTexts(said.map(({ text }) => text));
}

const UNNAMED =
  'the policy has several elements, and a violation, a missing path or a reason names none of them';

function elementOf(violation: unknown, [only = '', ...others]: readonly string[]): unknown {
  const named = isObject(violation) ? violation['element'] : undefined;
  return named === undefined && others.length === 0 ? only : named;
}

function concerning(
  value: unknown,
  name: 'path' | 'reason',
): { text: string; elements: readonly unknown[] | null } {
  if (!isObject(value) || typeof value[name] !== 'string') return { text: String(value), elements: null };
  const { elements } = value;
  return { text: value[name], elements: Array.isArray(elements) ? elements : [elements] };
}

function quoted(ids: readonly string[]): string {
  return ids.map((id) => `"${id}"`).join(', ');
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
