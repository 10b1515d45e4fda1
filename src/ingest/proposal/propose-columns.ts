import type { ColumnMapping, RecordKind } from '../../model/index.js';
import { matchColumns } from '../adapters/canonical/records/headers.js';
import { CANONICAL_FIELDS, RECORD_KINDS, requiredFields } from '../fields/record-fields.js';
import { type ColumnContent, fieldOfContent, looksLikeIds } from './column-content.js';
import { fieldOfHeader, isIdHeader, isNameHeader } from './header-words.js';

/** Which column holds which field, with how that was told. */
export type ProposedColumns = {
  /** Kind of the records. */
  kind: RecordKind;
  /** Field to column. */
  columns: ColumnMapping;
  /** Fields whose column was told by what is in it, not by its name. */
  byContent: string[];
  /** Columns of no field. */
  left: string[];
};

/** Proposes the kind of the records and the columns of their fields: by their names, then by what is in them. */
export function proposeColumns(contents: readonly ColumnContent[]): ProposedColumns {
  const names = contents.map(({ name }) => name);
  const kind = kindOf(names);
  const byName = withIds(kind, contents, namedFields(kind, names));
  const found = new Map(byName);
  for (const field of requiredFields(kind)) {
    const id = found.has(field) ? undefined : contents.find(looksLikeIds)?.name;
    if (id === undefined) continue;
    for (const [other, column] of found) if (column === id) found.delete(other);
    found.set(field, id);
  }
  for (const column of contents.filter(({ name }) => ![...found.values()].includes(name))) {
    const free = CANONICAL_FIELDS[kind].filter(({ name }) => !found.has(name));
    const field = fieldOfContent(column, free);
    if (field) found.set(field.name, column.name);
  }
  const columns = Object.fromEntries(
    CANONICAL_FIELDS[kind].flatMap(({ name }) => {
      const column = found.get(name);
      return column === undefined ? [] : [[name, column]];
    }),
  );
  const byContent = Object.keys(columns).filter((field) => byName.get(field) !== columns[field]);
  return { kind, columns, byContent, left: names.filter((name) => ![...found.values()].includes(name)) };
}

/** Returns the fields with a column of ids as the id of a key rather than one of names, and the column of names as its name. */
function withIds(
  kind: RecordKind,
  contents: readonly ColumnContent[],
  found: Map<string, string>,
): Map<string, string> {
  if (kind !== 'keys') return found;
  const known = found.get('key_id');
  const own = known !== undefined && !isNameHeader(known) ? known : undefined;
  const id = own ?? contents.find((column) => isIdHeader(column.name) && looksLikeIds(column))?.name;
  if (id === undefined) return found;
  const others = [...found].filter(([field, column]) => field !== 'key_id' && column !== id);
  const taken = new Set(others.map(([, column]) => column));
  const name = contents.find(
    (column) => column.name !== id && !taken.has(column.name) && namesKey(column.name),
  );
  const named = found.has('name') || name === undefined ? [] : [['name', name.name] as const];
  return new Map([...others, ...named, ['key_id', id]]);
}

function namesKey(header: string): boolean {
  return isNameHeader(header) && ['key_id', 'name'].includes(fieldOfHeader(header) ?? '');
}

/** Returns the kind that most columns name a field of; keys, if several are as likely. */
function kindOf(names: readonly string[]): RecordKind {
  const fits = RECORD_KINDS.map((kind) => ({ kind, fields: namedFields(kind, names).size }));
  const best = fits.reduce((most, fit) => (fit.fields > most.fields ? fit : most), {
    kind: 'keys',
    fields: -1,
  });
  return fits.some(({ kind, fields }) => kind === 'keys' && fields === best.fields)
    ? 'keys'
    : (best.kind as RecordKind);
}

/** Returns the fields that columns name, in English as an audit knows them, else in other languages for keys. */
function namedFields(kind: RecordKind, names: readonly string[]): Map<string, string> {
  const found = new Map(matchColumns(kind, names));
  if (kind !== 'keys') return found;
  for (const name of names) {
    const field = [...found.values()].includes(name) ? undefined : fieldOfHeader(name);
    if (field !== undefined && !found.has(field)) found.set(field, name);
  }
  return found;
}
