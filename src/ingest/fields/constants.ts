import { didYouMean, type RecordKind } from '../../model/index.js';
import type { AdapterContext, AdapterReader, Emit } from '../adapter.js';
import { UnreadableError } from '../unreadable-error.js';
import { quote } from './quote.js';
import { type FieldValue, readField } from './read-field.js';
import { CANONICAL_FIELDS } from './record-fields.js';

/**
 * A reader that gives every record what keyproof.yaml states for the whole file (`constants`) and the record itself does
 * not say, whatever adapter reads it: an account's CloudTrail comes from one environment, and no event says so. A constant
 * goes to the kinds of record that have such a field.
 * @param kinds kinds of record the file gives
 * @throws UnreadableError where a value cannot be read, or no kind has the field
 */
export function withConstants(
  reader: AdapterReader,
  kinds: readonly RecordKind[],
  { spec, timezone }: AdapterContext,
): AdapterReader {
  const constants = Object.entries(spec?.constants ?? {});
  if (constants.length === 0) return reader;
  for (const [name] of constants) checkName(name, kinds);
  const byKind = new Map(kinds.map((kind) => [kind, fieldsOf(kind, constants, timezone)]));
  const filled = (emit: Emit) => fill(emit, byKind.get(emit.kind) ?? {});
  return { ...reader, convert: (raw, context) => [...reader.convert(raw, context)].map(filled) };
}

function checkName(name: string, kinds: readonly RecordKind[]): void {
  const fields = kinds.flatMap((kind) => CANONICAL_FIELDS[kind].map((field) => field.name));
  if (fields.includes(name)) return;
  throw new UnreadableError(
    `keyproof.yaml gives ${quote(name)} a constant, which is no field of ${kinds.join(' or ')}${didYouMean(name, fields)}`,
  );
}

type Fields = { [name: string]: FieldValue };

function fieldsOf(kind: RecordKind, constants: [string, unknown][], timezone: string | null): Fields {
  const fields: Fields = {};
  for (const [name, stated] of constants) {
    const field = CANONICAL_FIELDS[kind].find((candidate) => candidate.name === name);
    const value = field && readField(field, stated, true, { timezone });
    if (value?.ok === false) {
      throw new UnreadableError(`keyproof.yaml gives ${name} a constant that is wrong: ${value.reason}`);
    }
    if (value?.ok && value.value !== null) fields[name] = value.value;
  }
  return fields;
}

function fill<T extends Emit>(emit: T, fields: Fields): T {
  const own = Object.fromEntries(
    Object.entries(emit.record).filter(([, value]) => value !== null && value !== undefined),
  );
  return { ...emit, record: { ...fields, ...own } };
}
