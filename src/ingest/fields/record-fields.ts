import {
  type FieldType as AnyFieldType,
  RECORD_FIELDS,
  type RecordField,
} from '../../assets/record-fields.js';
import type { RecordKind } from '../../model/index.js';

/** How a canonical field is read. */
export type FieldType = Exclude<AnyFieldType, 'source'>;

/** One field of a canonical record that a file can state. */
export type CanonicalField = Omit<RecordField, 'type'> & { type: FieldType };

/** Fields that are filled in while files are read. */
const FILLED_IN = ['stated_by', 'classified', 'unclear'];

/** All record kinds, in the schema's order. */
export const RECORD_KINDS: readonly RecordKind[] = Object.keys(RECORD_FIELDS).filter(isRecordKind);

/** Fields by record kind, in the schema's order; without those that readers fill in, such as `source`. */
export const CANONICAL_FIELDS: { readonly [K in RecordKind]: readonly CanonicalField[] } = statedFields();

/** Returns whether a text names a record kind. */
export function isRecordKind(text: unknown): text is RecordKind {
  return typeof text === 'string' && Object.hasOwn(RECORD_FIELDS, text);
}

const REQUIRED = new Map(
  RECORD_KINDS.map((kind) => [
    kind,
    CANONICAL_FIELDS[kind].filter(({ required }) => required).map(({ name }) => name),
  ]),
);

/** Returns the fields a record of this kind cannot be without. */
export function requiredFields(kind: RecordKind): readonly string[] {
  return REQUIRED.get(kind) ?? [];
}

function statedFields(): { [K in RecordKind]: CanonicalField[] } {
  const fields = Object.entries(RECORD_FIELDS).map(([kind, all]) => [kind, all.filter(isStated)]);
  return Object.fromEntries(fields) as { [K in RecordKind]: CanonicalField[] };
}

function isStated(field: RecordField): field is CanonicalField {
  return field.type !== 'source' && !FILLED_IN.includes(field.name);
}
