import { type Assessment, SUBJECT_WORDS } from '../../model/index.js';
import { factWords } from '../../text/fact-words.js';
import { joinWords } from '../../text/format.js';
import { paramText } from './param-text.js';

/** A rule of keyproof.yaml that states facts about the scope of subjects, as printed. */
export type ScopeRuleLine = {
  /** Kind of subject and ids, as `keys: prod/cards/*`. */
  subjects: string;
  /** Facts, as `PCI DSS scope: cde`. */
  facts: string;
  /** Who decided. */
  by: string;
  /** Why. */
  reason: string;
};

/** Returns the rules on scope in the order of keyproof.yaml, in which the first that names a subject counts. */
export function scopeRuleLines({ scope = [] }: Assessment['plan']): ScopeRuleLine[] {
  return scope.map(({ kind = 'key', ids, facts, by, reason }) => ({
    subjects: `${SUBJECT_WORDS[kind][1]}: ${joinWords(ids)}`,
    facts: Object.entries(facts)
      .map(([fact, value]) => `${factWords(fact)}: ${paramText(value ?? 'not stated')}`)
      .join(', '),
    by,
    reason,
  }));
}
