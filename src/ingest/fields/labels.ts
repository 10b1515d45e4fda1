import type { CanonicalRecords, RecordKind } from '../../model/index.js';
import { isObject } from '../../text/is-object.js';
import type { AdapterContext } from '../adapter.js';
import { plainName } from './names.js';
import { type Parsed, parsed, unparsable } from './parsed.js';
import { quote } from './quote.js';
import { type FieldValue, readField } from './read-field.js';
import { CANONICAL_FIELDS, type CanonicalField } from './record-fields.js';
import { keepsOrigin, origin } from './stated-by.js';
import { remembering } from './value-memo.js';
import { isNotStated } from './values.js';

/** A label as it is written. */
export type Label = { name: string; text: string };

/** Labels (tags, attributes, custom metadata) of one thing, by plain name: several if they differ by case or separators. */
export type Labels = ReadonlyMap<string, readonly Label[]>;

/** Which labels hold which field of a kind of record. */
export type LabelNames<K extends RecordKind> = {
  /** Names of the labels of a field, most telling first; case and separators do not matter. */
  names: { readonly [F in keyof CanonicalRecords[K]]?: readonly string[] };
  /** Text fields that are known to be none if there are labels and none of these. */
  none: readonly (keyof CanonicalRecords[K])[];
};

/** Labels that cannot be read are shown up to this number of different sentences a file. */
const MOST_WARNINGS = 20;
const OWN = /^keyproof:/i;
/** Labels that a cloud sets itself. */
const SYSTEM = /^aws:/i;

/**
 * Reads labels in any shape that vendors write: a list of `{Key, Value}`, `{key, value}` or `{name, value}`, an object,
 * or a list of texts `name=value`. The same name after `keyproof:` wins over the bare one, for banks whose own label means
 * something else. Null if there are none to read.
 */
export function parseLabels(value: unknown): Parsed<Labels | null> {
  if (value === null || value === undefined) return parsed(null);
  const entries = Array.isArray(value)
    ? value.map(entryOf)
    : isObject(value)
      ? Object.entries(value)
      : [null];
  const bare = new Map<string, Label[]>();
  const own = new Map<string, Label[]>();
  for (const entry of entries) {
    if (entry === null) return unparsable(`${quote(value)} is no list of labels`);
    const [name, text] = entry;
    if (SYSTEM.test(name)) continue;
    if (text === undefined) return unparsable(`the label ${quote(name)} has no value`);
    if (typeof text === 'object' && text !== null)
      return unparsable(`the label ${quote(name)} holds no text`);
    const among = OWN.test(name) ? own : bare;
    const plain = plainLabel(name);
    const same = among.get(plain);
    if (same) same.push({ name, text: textOf(text) });
    else among.set(plain, [{ name, text: textOf(text) }]);
  }
  if (own.size === 0) return parsed(bare);
  return parsed(new Map([...bare, ...own]));
}

/** Returns the text of the label of a plain name; null if there is none, or several contradict each other. */
export function labelText(labels: Labels | null, plain: string): string | null {
  const texts = new Set(labels?.get(plain)?.map(({ text }) => text));
  return texts.size === 1 ? ([...texts][0] ?? null) : null;
}

const plainLabel = remembering((name) => plainName(name.replace(OWN, '')));

function entryOf(label: unknown): [string, unknown] | null {
  if (typeof label === 'string') return [label.replace(/[=:].*$/s, ''), /[=:](.*)$/s.exec(label)?.[1] ?? ''];
  if (!isObject(label)) return null;
  const name = label['Key'] ?? label['key'] ?? label['Name'] ?? label['name'];
  return typeof name === 'string' ? [name, label['Value'] ?? label['value']] : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : '';
}

/**
 * Returns a reader of the facts that labels state, for one file. A label that cannot be read, or labels that contradict
 * each other, leave their field unknown, with a warning.
 * @returns the fields of the kind, read as the canonical form reads them; none if there are no labels to read. `record` is
 *   the locator of the record, for the warning.
 */
export function labelReader<K extends RecordKind>(
  kind: K,
  names: LabelNames<K>,
  context: AdapterContext,
): (labels: Labels | null, record: string) => Partial<CanonicalRecords[K]> {
  const { rules, byName } = knownRules(kind, names);
  const warn = boundedWarnings(context);
  return (labels, record) => {
    const facts: { [field: string]: FieldValue | null } = {};
    const origins: string[] = [];
    const unclear: string[] = [];
    const stated = labels ? ruledBy(labels, byName) : NO_RULES;
    for (const rule of labels ? rules : []) {
      if (!rule.none && !stated.has(rule)) continue;
      const found = labelled(rule, labels ?? new Map());
      if (found.length === 0 && rule.none) facts[rule.field.name] = '';
      if (found.length === 0) continue;
      const value = readLabels(rule.field, found, context.timezone);
      if (value.ok) {
        facts[rule.field.name] = value.value;
        if (keepsOrigin(kind, rule.field.name))
          origins.push(origin(rule.field.name, `tag ${found[0]?.name}`));
      } else {
        warn(`${value.contradicts ? `${record}: ` : ''}${value.reason}`);
        if (kind === 'keys') unclear.push(rule.field.name);
      }
    }
    if (unclear.length > 0) facts['unclear'] = unclear;
    if (origins.length > 0) facts['stated_by'] = origins;
    return facts as Partial<CanonicalRecords[K]>;
  };
}

const NO_RULES: ReadonlySet<FieldRule> = new Set();

type Rules = { rules: readonly FieldRule[]; byName: ReadonlyMap<string, readonly FieldRule[]> };

/** Rules that were made of names, which are the same for every file. */
const made = new WeakMap<object, Rules>();

function knownRules<K extends RecordKind>(kind: K, names: LabelNames<K>): Rules {
  const known = made.get(names);
  if (known !== undefined) return known;
  const rules = rulesOf(kind, names);
  const all = { rules, byName: rulesByName(rules) };
  made.set(names, all);
  return all;
}

function rulesByName(rules: readonly FieldRule[]): ReadonlyMap<string, readonly FieldRule[]> {
  const byName = new Map<string, FieldRule[]>();
  for (const rule of rules)
    for (const name of rule.plain) byName.set(name, [...(byName.get(name) ?? []), rule]);
  return byName;
}

/** Returns the rules of fields that the labels may state: things have few labels, and there are many rules. */
function ruledBy(labels: Labels, byName: ReadonlyMap<string, readonly FieldRule[]>): ReadonlySet<FieldRule> {
  const found = new Set<FieldRule>();
  for (const name of labels.keys()) for (const rule of byName.get(name) ?? []) found.add(rule);
  return found;
}

/**
 * Returns the labels that state a field. Of several names for it the most telling counts; but what is one of a few words
 * (an environment, a risk tier) must be the same by all of them.
 */
function labelled({ field, plain }: FieldRule, labels: Labels): readonly Label[] {
  const found = plain.flatMap((name) => labels.get(name) ?? []);
  if (field.type === 'enum' || field.type === 'boolean') return found;
  return plain.map((name) => labels.get(name) ?? []).find((same) => same.length > 0) ?? [];
}

type LabelValue =
  | { ok: true; value: FieldValue | null }
  | { ok: false; reason: string; contradicts: boolean };

/** Reads the labels of a field. If the most telling can be read, one of another name that cannot means something else. */
function readLabels(field: CanonicalField, labels: readonly Label[], timezone: string | null): LabelValue {
  const read = labels.map((label) => ({ label, value: readLabel(field, label.text, timezone) }));
  const [first, ...others] = read;
  if (first && !first.value.ok)
    return {
      ok: false,
      contradicts: false,
      reason: `Tag ${first.label.name}: ${first.value.reason}. ${field.name} is unknown there; correct the tag.`,
    };
  const value = first?.value.ok ? first.value.value : null;
  const other = others.find((one) => one.value.ok && !sameValue(one.value.value, value));
  if (!first || !other) return { ok: true, value };
  const [one, two] = [first, other].map(({ label }) => `${label.name}=${quote(label.text)}`);
  return {
    ok: false,
    contradicts: true,
    reason: `the tags ${one} and ${two} contradict each other. ${field.name} is unknown there; remove one of the tags.`,
  };
}

function sameValue(a: FieldValue | null, b: FieldValue | null): boolean {
  const folded = (value: FieldValue | null) => JSON.stringify(value).toLowerCase();
  return folded(a) === folded(b);
}

type FieldRule = {
  field: CanonicalField;
  plain: string[];
  none: boolean;
};

function rulesOf<K extends RecordKind>(kind: K, { names, none }: LabelNames<K>): FieldRule[] {
  const byField = new Map<string, readonly string[] | undefined>(Object.entries(names));
  return CANONICAL_FIELDS[kind].flatMap((field) => {
    const plain = byField.get(field.name)?.map(plainName);
    return plain ? [{ field, plain, none: none.some((name) => name === field.name) }] : [];
  });
}

/**
 * Reads the value of a label. An empty label states that there is none. Labels often cannot hold `,` or `;`, so in a
 * list a space separates as well.
 */
function readLabel(field: CanonicalField, text: string, timezone: string | null): Parsed<FieldValue | null> {
  return readField(field, field.type === 'list' ? itemsOf(text) : text, false, { timezone });
}

function itemsOf(text: string): string | string[] {
  if (text === '') return [];
  return isNotStated(text) || /[;|,]/.test(text) ? text : text.split(/\s+/);
}

function boundedWarnings(context: AdapterContext): (sentence: string) => void {
  const seen = new Set<string>();
  return (sentence) => {
    if (seen.size >= MOST_WARNINGS && !seen.has(sentence)) {
      context.warn('More tag values could not be read; only the first are shown.');
      return;
    }
    seen.add(sentence);
    context.warn(sentence);
  };
}
