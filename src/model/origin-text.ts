import type { FactOrigin, ParamOrigin, Profile } from './plan.js';

/** What states a fact, as printed after `by`: `the bank profile`, `the list of jurisdictions`, `keyproof.yaml`. */
export function originText(origin: FactOrigin, profile: Profile | null): string {
  if (origin === 'profile') return `the ${profile?.id ?? 'unknown'} profile`;
  return origin === 'jurisdictions' ? 'the list of jurisdictions' : 'keyproof.yaml';
}

/** What a limit is that is a multiple of another: `2 times max_age_days of rotation-max-age`. */
export function followedText({ rule, param, times }: Extract<ParamOrigin, { kind: 'follows' }>): string {
  return `${times} times ${param} of ${rule}`;
}
