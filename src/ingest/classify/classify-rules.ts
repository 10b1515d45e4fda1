import type { ClassifyRule, KeyRecord } from '../../model/index.js';

/** Fields of a key that rules of `classify` give. */
export const CLASSIFIED = ['owner', 'environment', 'risk_tier'] as const;

/** A field that rules of `classify` give. */
export type ClassifiedField = (typeof CLASSIFIED)[number];

/** What a rule gives a key. */
export type Given = {
  /** Number of the rule, from 1. */
  rule: number;
  /** Field. */
  field: ClassifiedField;
  /** Value. */
  value: string;
};

const PATTERNS = ['id', 'name', 'path', 'store', 'account'] as const;

/** Returns what all rules that fit a key give it, in the order of the rules. */
export type Classifier = (key: Partial<KeyRecord>, path: string) => Given[];

/** Returns a classifier by the rules of keyproof.yaml. */
export function classifier(rules: readonly ClassifyRule[]): Classifier {
  const compiled = rules.map((rule, index) => ({ fits: fitting(rule), gives: givesOf(rule, index + 1) }));
  return (key, path) => {
    const texts = textsOf(key, path);
    return compiled.flatMap(({ fits, gives }) => (fits(texts) ? gives : []));
  };
}

/** Returns the patterns of a rule as a sentence shows them: `id kv/prod/*, store vault-kv`. */
export function shownPatterns(rule: ClassifyRule): string {
  return PATTERNS.flatMap((name) => {
    const patterns = [rule[name] ?? []].flat();
    return patterns.length === 0 ? [] : [`${name} ${patterns.join(' or ')}`];
  }).join(', ');
}

type Texts = { [P in (typeof PATTERNS)[number]]: readonly string[] };

function textsOf(key: Partial<KeyRecord>, path: string): Texts {
  const id = key.key_id ?? '';
  return {
    id: [id, ...(key.aliases ?? [])],
    name: [key.name ?? []].flat(),
    path: [path],
    store: [key.store ?? []].flat(),
    account: [accountOf(id) ?? []].flat(),
  };
}

/** Returns the account that the id of a key names: that of an AWS resource name, or the project of a Google one; null if none. */
export function accountOf(id: string): string | null {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(id)?.[1] ?? /^projects\/([^/]+)\//.exec(id)?.[1] ?? null;
}

function fitting(rule: ClassifyRule): (texts: Texts) => boolean {
  const tests = PATTERNS.flatMap((name) => {
    const patterns = [rule[name] ?? []].flat().map(expressionOf);
    return patterns.length === 0 ? [] : [{ name, patterns }];
  });
  return (texts) =>
    tests.every(({ name, patterns }) => texts[name].some((text) => patterns.some((one) => one.test(text))));
}

function expressionOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[\\^$.+()[\]{}|]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*+/g, '.*').replaceAll('?', '.')}$`, 'isu');
}

function givesOf(rule: ClassifyRule, number: number): Given[] {
  return CLASSIFIED.flatMap((field) => {
    const value = rule[field];
    return value === undefined ? [] : [{ rule: number, field, value }];
  });
}
