import type { CanonicalRecords, RecordKind } from '../../model/index.js';
import { isObject } from '../../text/is-object.js';
import type { AdapterContext } from '../adapter.js';
import { plainName } from './names.js';
import { type Parsed, parsed, unparsable } from './parsed.js';
import { quote } from './quote.js';
import { type FieldValue, readField } from './read-field.js';
import { CANONICAL_FIELDS, type CanonicalField } from './record-fields.js';
import { isNotStated } from './values.js';

/** Labels (tags, attributes, custom metadata) of one thing, by plain name. */
export type Labels = ReadonlyMap<string, string>;

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
  const bare = new Map<string, string>();
  const own = new Map<string, string>();
  for (const entry of entries) {
    if (entry === null) return unparsable(`${quote(value)} is no list of labels`);
    const [name, text] = entry;
    if (SYSTEM.test(name)) continue;
    if (typeof text === 'object' && text !== null)
      return unparsable(`the label ${quote(name)} holds no text`);
    (OWN.test(name) ? own : bare).set(plainName(name.replace(OWN, '')), textOf(text));
  }
  return parsed(new Map([...bare, ...own]));
}

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
 * Returns a reader of the facts that labels state, for one file. A label that cannot be read leaves its field unknown,
 * with a warning.
 * @returns the fields of the kind, read as the canonical form reads them; none if there are no labels to read
 */
export function labelReader<K extends RecordKind>(
  kind: K,
  names: LabelNames<K>,
  context: AdapterContext,
): (labels: Labels | null) => Partial<CanonicalRecords[K]> {
  const rules = rulesOf(kind, names);
  const warn = boundedWarnings(context);
  return (labels) => {
    const facts: { [field: string]: FieldValue | null } = {};
    for (const { field, labelled, none } of labels ? rules : []) {
      const found = labelled.find(([, plain]) => labels?.has(plain));
      if (!found && none) facts[field.name] = '';
      if (!found) continue;
      const value = readLabel(field, labels?.get(found[1]) ?? '', context.timezone);
      if (value.ok) facts[field.name] = value.value;
      else warn(`Tag ${found[0]}: ${value.reason}. ${field.name} is unknown there; correct the tag.`);
    }
    return facts as Partial<CanonicalRecords[K]>;
  };
}

type FieldRule = {
  field: CanonicalField;
  labelled: (readonly [name: string, plain: string])[];
  none: boolean;
};

function rulesOf<K extends RecordKind>(kind: K, { names, none }: LabelNames<K>): FieldRule[] {
  const byField = new Map<string, readonly string[] | undefined>(Object.entries(names));
  return CANONICAL_FIELDS[kind].flatMap((field) => {
    const labelled = byField.get(field.name)?.map((name) => [name, plainName(name)] as const);
    return labelled ? [{ field, labelled, none: none.some((name) => name === field.name) }] : [];
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
