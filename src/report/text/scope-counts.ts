import { type Assessment, type ScopeCount, SUBJECT_WORDS } from '../../model/index.js';
import { factWords } from '../../text/fact-words.js';
import { formatCount, plural } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';

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
  const parts: [count: number, by: string][] = [
    [record, 'by record'],
    [rule, 'by rule'],
    [keys, 'by keys touched'],
    [assumed, 'by default'],
    [unstated, 'not stated'],
  ];
  const stated = parts.filter(([count]) => count > 0);
  return stated.map(([count, by], place) => `${counted(count, kind, place)} ${by}`).join(', ');
}

/** Returns a count, the first one of a line with its kind of subject. */
function counted(count: number, kind: ScopeCount['kind'], place: number): string {
  return place === 0 ? plural(count, ...SUBJECT_WORDS[kind]) : formatCount(count);
}
