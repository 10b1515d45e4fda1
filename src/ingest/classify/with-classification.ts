import type { ClassifyRule, KeyRecord } from '../../model/index.js';
import { plural } from '../../text/format.js';
import type { AdapterReader, Emit } from '../adapter.js';
import { originOf } from '../fields/stated-by.js';
import {
  CLASSIFIED,
  type ClassifiedField,
  type Classifier,
  classifier,
  type Given,
  shownPatterns,
} from './classify-rules.js';

/** What the rules of keyproof.yaml did to the keys of one file. */
export type Classification = {
  /** The reader, whose keys carry what rules give them. */
  reader: AdapterReader;
  /** Sentences on how many keys each rule gave what, which rules disagree, and how many keys are left without. */
  sentences(): string[];
};

type Counts = {
  /** By rule and field. */
  given: Map<string, number>;
  /** By field: keys that neither their record nor a rule gives it. */
  left: Map<ClassifiedField, number>;
  /** By pair of rules and field. */
  differ: Map<string, number>;
};

/**
 * Returns a reader that gives each key what rules of `classify` state about it. The value counts once all records of the key are
 * read, if none of them states the field; the first rule that gives it counts.
 */
export function withClassification(
  reader: AdapterReader,
  rules: readonly ClassifyRule[],
  path: string,
): Classification {
  if (rules.length === 0) return { reader, sentences: () => [] };
  const counts: Counts = { given: new Map(), left: new Map(), differ: new Map() };
  const classify = classifier(rules);
  const classified = (emit: Emit): Emit =>
    emit.kind === 'keys' ? withGiven(emit, classify, path, counts) : emit;
  return {
    reader: {
      ...reader,
      convert: (raw) => [...reader.convert(raw)].map(classified),
      end: () => [...(reader.end?.() ?? [])].map(classified),
    },
    sentences: () => sentencesOf(rules, counts),
  };
}

function withGiven(
  emit: Extract<Emit, { kind: 'keys' }>,
  classify: Classifier,
  path: string,
  counts: Counts,
): Emit {
  const all = classify(emit.record, path);
  const chosen = CLASSIFIED.flatMap((field) => {
    if (isStated(emit.record, field)) return [];
    const [first, ...others] = all.filter((given) => given.field === field);
    if (first === undefined) add(counts.left, field);
    else count(first, others, counts);
    return first ?? [];
  });
  if (chosen.length === 0) return emit;
  const classified = chosen.map(({ field, value, rule }) => `${field}=${value}, rule ${rule}`);
  return { kind: 'keys', record: { ...emit.record, classified } };
}

/** An owner that tags do not name is not stated; one that a record says there is none is. */
function isStated(key: Partial<KeyRecord>, field: ClassifiedField): boolean {
  const value = key[field];
  if (value === null || value === undefined) return false;
  return value !== '' || originOf(key, field) !== null;
}

function count(first: Given, others: readonly Given[], { given, differ }: Counts): void {
  add(given, `${first.rule} ${first.field}`);
  const other = others.find(({ value }) => value !== first.value);
  if (other) add(differ, `${first.rule} ${other.rule} ${first.field}`);
}

function add<K>(counts: Map<K, number>, name: K): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sentencesOf(rules: readonly ClassifyRule[], { given, left, differ }: Counts): string[] {
  return [
    ...rules.map((rule, index) => ruleSentence(rule, index + 1, given)),
    ...[...differ].map(([name, keys]) => {
      const [one, other, field] = name.split(' ');
      return `classify: rules ${one} and ${other} give ${keysText(keys)} another ${field}; rule ${one} stands first and counts`;
    }),
    ...[...left].map(
      ([field, keys]) => `classify: ${keysText(keys)} with ${field} neither stated nor given by a rule`,
    ),
  ];
}

function ruleSentence(rule: ClassifyRule, number: number, given: Counts['given']): string {
  const parts = CLASSIFIED.flatMap((field) => {
    if (rule[field] === undefined) return [];
    return [`${field} to ${keysText(given.get(`${number} ${field}`) ?? 0)}`];
  });
  return `classify: rule ${number} (${shownPatterns(rule)}) gives ${parts.join(', ')}`;
}

function keysText(count: number): string {
  return plural(count, 'key');
}
