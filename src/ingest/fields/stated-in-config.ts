import { didYouMean, nearest, type RecordKind, type SourceSpec } from '../../model/index.js';
import type { AdapterContext, AdapterReader, Emit } from '../adapter.js';
import { UnreadableError } from '../unreadable-error.js';
import { quote } from './quote.js';
import { type FieldValue, readField } from './read-field.js';
import { CANONICAL_FIELDS } from './record-fields.js';
import { keepsOrigin, origin } from './stated-by.js';

/** Fields that keyproof.yaml states for a whole file. */
export type Constants = { readonly [field: string]: FieldValue };

/**
 * Returns what keyproof.yaml states (`constants`) for every record of a kind: those that the kind has a field for.
 * @throws UnreadableError if a value cannot be read
 */
export function constantsOf(kind: RecordKind, context: AdapterContext): Constants {
  return constantsByKind([kind], context).get(kind) ?? {};
}

/**
 * Returns what keyproof.yaml states for every record of each kind. Kinds have fields of one name that hold different words: a value
 * is taken for the kinds that can hold it.
 * @throws UnreadableError if a value can be read for none of the kinds that have the field
 */
export function constantsByKind(
  kinds: readonly RecordKind[],
  { spec, timezone }: AdapterContext,
): ReadonlyMap<RecordKind, Constants> {
  const byKind = new Map(kinds.map((kind): [RecordKind, { [field: string]: FieldValue }] => [kind, {}]));
  for (const [name, stated] of Object.entries(spec?.constants ?? {})) {
    const read = kinds.flatMap((kind) => {
      const field = CANONICAL_FIELDS[kind].find((candidate) => candidate.name === name);
      return field ? [{ kind, value: readField(field, stated, true, { timezone }) }] : [];
    });
    const refused = read.find(({ value }) => !value.ok)?.value;
    if (refused?.ok === false && read.every(({ value }) => !value.ok))
      throw new UnreadableError(`keyproof.yaml gives ${name} a constant that is wrong: ${refused.reason}`);
    for (const { kind, value } of read) {
      const fields = byKind.get(kind);
      if (fields && value.ok && value.value !== null) fields[name] = value.value;
    }
  }
  return byKind;
}

/**
 * Returns a reader that gives every record what keyproof.yaml states for the whole file and the record itself does not
 * state, whatever adapter reads it: an account's CloudTrail comes from one environment, and no event states it.
 * @param kinds kinds of record the file gives
 * @throws UnreadableError if a value cannot be read, or no kind has the field
 */
export function withConstants(
  reader: AdapterReader,
  kinds: readonly RecordKind[],
  context: AdapterContext,
): AdapterReader {
  const names = Object.keys(context.spec?.constants ?? {});
  if (names.length === 0) return reader;
  for (const name of names) checkName(name, kinds);
  const byKind = constantsByKind(kinds, context);
  const filled = (emit: Emit) => fill(emit, byKind.get(emit.kind) ?? {});
  return {
    ...reader,
    convert: (raw) => [...reader.convert(raw)].map(filled),
    end: () => [...(reader.end?.() ?? [])].map(filled),
  };
}

/**
 * Checks that keyproof.yaml maps columns that the file has.
 * @param header columns of a CSV file; null for files whose records may differ
 * @throws UnreadableError naming the column and the nearest that there is
 */
export function checkColumns(spec: SourceSpec | null, header: readonly string[] | null): void {
  for (const [field, column] of header === null ? [] : Object.entries(spec?.columns ?? {})) {
    if (header?.includes(column)) continue;
    const guess = nearest(column, header ?? []);
    const hint = guess ? `did you mean ${quote(guess)}?` : `its columns are ${header?.join(', ')}`;
    throw new UnreadableError(
      `keyproof.yaml maps ${field} to the column ${quote(column)}, which the file lacks; ${hint}`,
    );
  }
}

function checkName(name: string, kinds: readonly RecordKind[]): void {
  const fields = kinds.flatMap((kind) => CANONICAL_FIELDS[kind].map((field) => field.name));
  if (fields.includes(name)) return;
  throw new UnreadableError(
    `keyproof.yaml gives ${quote(name)} a constant, which is no field of ${kinds.join(' or ')}${didYouMean(name, fields)}`,
  );
}

const CONSTANTS = 'constants of keyproof.yaml';

function fill<T extends Emit>(emit: T, fields: Constants): T {
  const own = Object.fromEntries(
    Object.entries(emit.record).filter(([, value]) => value !== null && value !== undefined),
  );
  const origins = Object.keys(fields).filter(
    (name) => keepsOrigin(emit.kind, name) && own[name] === undefined,
  );
  const noted = Array.isArray(own['stated_by']) ? own['stated_by'] : [];
  const statedBy = [...noted, ...origins.map((name) => origin(name, CONSTANTS))];
  return { ...emit, record: { ...fields, ...own, ...(origins.length > 0 ? { stated_by: statedBy } : {}) } };
}
