import { didYouMean, type RecordKind, type SourceSpec } from '../../../../model/index.js';
import type { AdapterContext } from '../../../adapter.js';
import { cleaningOf, cleanText } from '../../../fields/clean-text.js';
import { quote } from '../../../fields/quote.js';
import { type FieldValue, readField } from '../../../fields/read-field.js';
import { CANONICAL_FIELDS, type CanonicalField } from '../../../fields/record-fields.js';
import { foldWord } from '../../../fields/register-words.js';
import { UnreadableError } from '../../../unreadable-error.js';

/** Words of a file that stand for canonical values. */
export type ValueWords = {
  /** What keyproof.yaml maps a word of a field to; the value itself if it maps none. */
  replace(field: string, stated: unknown): unknown;
  /** States a word that was read as another, and what a text was cleaned of. */
  note(field: CanonicalField, cell: ReadCell, context: AdapterContext): void;
};

/** A cell: what it states, what that was read as, and its column. */
type ReadCell = { stated: unknown; value: FieldValue | null; column: string | undefined };

/**
 * Returns the words of `values` in keyproof.yaml.
 * @throws UnreadableError for a field that no kind of record in the file has, or a value that the field cannot hold
 */
export function valueWords(spec: SourceSpec | null, kinds: readonly RecordKind[]): ValueWords {
  const tables = new Map(Object.entries(spec?.values ?? {}).map(([field, words]) => [field, tableOf(words)]));
  for (const [field, words] of Object.entries(spec?.values ?? {})) checkWords(field, words, kinds);
  return {
    replace(field, stated) {
      const words = tables.get(field);
      if (!words) return stated;
      if (Array.isArray(stated)) return stated.map((item) => wordIn(words, item));
      return wordIn(words, stated);
    },
    note(field, { stated, value, column }, context) {
      if (typeof stated !== 'string' || stated === value) return;
      const cleaned = cleaningOf(stated);
      if (cleaned !== null && column !== undefined) context.decide(`column ${quote(column)}: ${cleaned}`);
      if (tables.get(field.name)?.has(keyOf(stated))) context.decide(mapped(field.name, stated, value));
      else if (field.type === 'enum' && value !== null && foldWord(stated) !== value)
        context.decide(mapped(field.name, stated, value));
    },
  };
}

function mapped(field: string, stated: string, value: FieldValue | null): string {
  return `${field}: ${quote(cleanText(stated))} is read as ${String(value)}`;
}

function wordIn(words: ReadonlyMap<string, unknown>, stated: unknown): unknown {
  if (typeof stated === 'object') return stated;
  const key = keyOf(String(stated));
  return words.has(key) ? words.get(key) : stated;
}

function tableOf(words: { [word: string]: unknown }): Map<string, unknown> {
  return new Map(Object.entries(words).map(([word, value]) => [keyOf(word), value]));
}

/** Words are the same whatever their case and the spaces around them. */
function keyOf(word: string): string {
  return cleanText(word).toLowerCase();
}

function checkWords(field: string, words: { [word: string]: unknown }, kinds: readonly RecordKind[]): void {
  const fields = kinds.flatMap((kind) => CANONICAL_FIELDS[kind]);
  const known = fields.find(({ name }) => name === field);
  if (!known) {
    const names = fields.map(({ name }) => name);
    throw new UnreadableError(
      `keyproof.yaml maps words of ${quote(field)}, which is no field of ${kinds.join(' or ')}${didYouMean(field, names)}`,
    );
  }
  for (const [word, value] of Object.entries(words)) {
    const read = readField(known, value, true, {});
    if (!read.ok)
      throw new UnreadableError(
        `keyproof.yaml maps the word ${quote(word)} of ${field} wrongly: ${read.reason}`,
      );
  }
}
