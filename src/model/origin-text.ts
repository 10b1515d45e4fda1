import type { FactOrigin, Profile } from './plan.js';

/** What states a fact, as printed after `by`: `the bank profile`, `the list of jurisdictions`, `keyproof.yaml`. */
export function originText(origin: FactOrigin, profile: Profile | null): string {
  if (origin === 'profile') return `the ${profile?.id ?? 'unknown'} profile`;
  return origin === 'jurisdictions' ? 'the list of jurisdictions' : 'keyproof.yaml';
}
