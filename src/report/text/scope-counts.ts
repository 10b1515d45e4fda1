import { type Assessment, type ScopeCount, SUBJECT_WORDS } from '../../model/index.js';
import { formatCount, plural } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { factWords } from './fact-words.js';

/** A fact about scope with what states it, for each kind of subject. */
export type ScopeCountLine = {
  /** Fact, such as `pci_scope`. */
  fact: string;
  /** Fact in words. */
  label: string;
  /** `120 keys by record, 300 by rule, 1,979 by default`, one for each kind of subject. */
  counts: string[];
};

/** Returns what states the scope of subjects, a line a fact; a fact that nothing states at all is left out. */
export function scopeCountLines({ scope = [] }: Pick<Assessment, 'scope'>): ScopeCountLine[] {
  return [...groupBy(scope, ({ fact }) => fact)].flatMap(([fact, rows]) => {
    const counts = rows.filter(isStated).map(countText);
    return counts.length === 0 ? [] : [{ fact, label: factWords(fact), counts }];
  });
}

function isStated({ record, rule, keys, default: assumed }: ScopeCount): boolean {
  return record + rule + keys + assumed > 0;
}

function countText({ kind, record, rule, keys, default: assumed, unstated }: ScopeCount): string {
  return [
    `${plural(record, ...SUBJECT_WORDS[kind])} by record`,
    `${formatCount(rule)} by rule`,
    ...(keys > 0 ? [`${formatCount(keys)} by keys they touch`] : []),
    `${formatCount(assumed)} by default`,
    ...(unstated > 0 ? [`${formatCount(unstated)} not stated`] : []),
  ].join(', ');
}
