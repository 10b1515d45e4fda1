import { isDeepStrictEqual } from 'node:util';
import type { ParamValue, PolicyResult, RuleDifference } from '../model/index.js';
import { distinctTexts } from '../text/compare-text.js';

/** Returns the rules that are not the same in both packs, sorted by id. */
export function ruleDifferences(
  old: readonly PolicyResult[],
  now: readonly PolicyResult[],
): RuleDifference[] {
  const before = byId(old);
  const after = byId(now);
  return distinctTexts([...before.keys(), ...after.keys()])
    .map((ruleId) => difference(ruleId, before.get(ruleId), after.get(ruleId)))
    .filter(({ what, source, params }) => what !== 'changed' || source !== false || params.length > 0);
}

function byId(policies: readonly PolicyResult[]): ReadonlyMap<string, PolicyResult> {
  return new Map(policies.map((policy) => [policy.id, policy]));
}

function difference(ruleId: string, old?: PolicyResult, now?: PolicyResult): RuleDifference {
  if (old === undefined) return { ruleId, what: 'added', source: null, params: [] };
  if (now === undefined) return { ruleId, what: 'removed', source: null, params: [] };
  const params = paramDifferences(old.params, now.params);
  return { ruleId, what: 'changed', source: sourceDiffers(old.sourceSha256, now.sourceSha256), params };
}

function sourceDiffers(old: string | undefined, now: string | undefined): boolean | null {
  return old === undefined || now === undefined ? null : old !== now;
}

type Params = { [name: string]: ParamValue };

function paramDifferences(old: Params, now: Params): RuleDifference['params'] {
  return distinctTexts([...Object.keys(old), ...Object.keys(now)])
    .map((name) => ({ name, old: old[name] ?? null, new: now[name] ?? null }))
    .filter((param) => !isDeepStrictEqual(param.old, param.new));
}
