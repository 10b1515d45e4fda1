import { didYouMean, type RecordKind, type SourceSpec } from '../../../../model/index.js';
import { quote } from '../../../fields/quote.js';
import { CANONICAL_FIELDS, type CanonicalField } from '../../../fields/record-fields.js';
import { checkColumns } from '../../../fields/stated-in-config.js';
import { UnreadableError } from '../../../unreadable-error.js';
import { matchColumns, sameField } from './headers.js';

/** A column that holds a field. */
export type FieldColumn = {
  /** The field. */
  field: CanonicalField;
  /** The column or member path; undefined if only a constant can state the field. */
  column: string | undefined;
  /** Further columns of the same field: the name spelt in another way, or another name of a field of few values. */
  others: FieldColumn[];
};

/** The columns that hold the fields of a record. */
export type ColumnMatch = {
  /** Fields to read, in the schema's order: those with a column or member path, and those that no record may lack. */
  read: FieldColumn[];
  /** Columns that hold no field. */
  unknown: string[];
};

/** Finds the columns of records that have these member names; remembers the answer, because most records look alike. */
export type ColumnFinder = (kind: RecordKind, names: readonly string[]) => ColumnMatch;

/** Returns a finder in which the mapping of keyproof.yaml wins over recognition by name. */
export function columnFinder(spec: SourceSpec | null): ColumnFinder {
  const seen = new Map<string, ColumnMatch>();
  return (kind, names) => {
    const key = `${kind}\n${names.join('\n')}`;
    const known = seen.get(key);
    if (known) return known;
    const match = findColumns(kind, names, spec);
    if (seen.size < 1_000) seen.set(key, match);
    return match;
  };
}

function findColumns(kind: RecordKind, names: readonly string[], spec: SourceSpec | null): ColumnMatch {
  const mapped = new Map(Object.entries(spec?.columns ?? {}));
  const taken = [...mapped.values()].map((column) =>
    names.includes(column) ? column : column.split('.')[0],
  );
  const left = names.filter((name) => !taken.includes(name));
  const recognised = [...matchColumns(kind, left)].filter(([field]) => !mapped.has(field));
  const columns = new Map([...recognised, ...mapped]);
  const used = recognised.map(([, column]) => column);
  const free = left.filter((name) => !used.includes(name));
  const needed = CANONICAL_FIELDS[kind].filter(
    ({ name, required }) => required || columns.has(name) || Object.hasOwn(spec?.constants ?? {}, name),
  );
  const read = needed.map((field) => {
    const column = columns.get(field.name);
    const same = column === undefined || mapped.has(field.name) ? [] : sameField(kind, field, column, free);
    return { field, column, others: same.map((other) => ({ field, column: other, others: [] })) };
  });
  const others = read.flatMap((one) => one.others.map(({ column }) => column));
  return { read, unknown: free.filter((name) => name !== '' && !others.includes(name)) };
}

/**
 * Checks that keyproof.yaml maps fields of the kind and columns of the file.
 * @param header columns of a CSV file; null for files whose records may differ
 * @throws UnreadableError naming the field or column and the nearest valid one
 */
export function checkMapping(
  spec: SourceSpec | null,
  kind: RecordKind,
  header: readonly string[] | null,
): void {
  const fields = CANONICAL_FIELDS[kind].map(({ name }) => name);
  for (const name of Object.keys(spec?.columns ?? {})) {
    if (fields.includes(name)) continue;
    throw new UnreadableError(
      `keyproof.yaml maps ${quote(name)}, which is no field of ${kind}${didYouMean(name, fields)}`,
    );
  }
  checkColumns(spec, header);
}
