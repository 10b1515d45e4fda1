import type { ColumnMapping, RecordKind } from '../../model/index.js';
import { matchColumns } from '../adapters/canonical/records/headers.js';
import { CANONICAL_FIELDS, RECORD_KINDS, requiredFields } from '../fields/record-fields.js';
import {
  areDifferent,
  type ColumnContent,
  fieldOfContent,
  holdsCredentials,
  looksLikeIds,
} from './column-content.js';
import { fieldOfHeader, isIdHeader, isNameHeader, ownHeader } from './header-words.js';

/** Which column holds which field, with how that was told. */
export type ProposedColumns = {
  /** Kind of the records; null if the columns do not tell it. */
  kind: RecordKind | null;
  /** Field to column. */
  columns: ColumnMapping;
  /** Fields whose column was told by what is in it, not by its name. */
  byContent: string[];
  /** Columns of no field. */
  left: string[];
};

/** Fields of a key that registers of other things do not have. */
const KEYS_ONLY =
  'key_id last_rotated last_used rotation_enabled rotation_interval_days scopes revoked expires'.split(' ');
/** A register of anything but keys is told by its id and one more field, or by so many fields. */
const FEW = 2;
/** Share of the records that must say so. */
const MOST = 0.8;
const SEVERAL = 3;

/** Proposes the kind of the records and the columns of their fields: by their names, then by what is in them. */
export function proposeColumns(contents: readonly ColumnContent[]): ProposedColumns {
  const names = contents.map(({ name }) => name);
  const ids = contents.find(holdsCredentials);
  const kind = kindOf(names, ids !== undefined) ?? (areKeys(names, contents) ? 'keys' : null);
  if (kind === null) return { kind, columns: {}, byContent: [], left: names };
  const byName = withIds(kind, contents, namedFields(kind, names));
  const found = new Map(byName);
  if (ids !== undefined && idFields(kind).includes('key_id') && !byName.has('key_id')) {
    for (const [field, column] of found) if (column === ids.name) found.delete(field);
    found.set('key_id', ids.name);
  }
  for (const field of idFields(kind)) {
    const id = found.has(field) ? undefined : idColumn(contents, found);
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

/** Returns the fields that hold ids and that every record needs. */
function idFields(kind: RecordKind): string[] {
  const texts = CANONICAL_FIELDS[kind].filter(({ type }) => type === 'text').map(({ name }) => name);
  return requiredFields(kind).filter((field) => texts.includes(field));
}

/** Returns the column of ids by what is in it: one that is of no other field and is called an id, else the one of names. */
function idColumn(
  contents: readonly ColumnContent[],
  found: ReadonlyMap<string, string>,
): string | undefined {
  const taken = new Set(found.values());
  const ids = contents.filter((column) => !taken.has(column.name) && looksLikeIds(column));
  const named = contents.find((column) => column.name === found.get('name') && areDifferent(column));
  return (ids.find(({ name }) => isIdHeader(name)) ?? named ?? ids[0])?.name;
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
  return isNameHeader(header) && ['key_id', 'name'].includes(fieldOfHeader('keys', header) ?? '');
}

/**
 * Returns the kind that most columns name a field of; keys, if several are as likely. Null if no kind is told: a list of
 * people, servers or contracts is not taken for one of keys because it has names. Ids that only credentials have tell keys, unless
 * the columns name a kind that has such ids too.
 */
function kindOf(names: readonly string[], holdsIds: boolean): RecordKind | null {
  const fits = RECORD_KINDS.map((kind) => ({ kind, found: namedFields(kind, names) })).filter(isTold);
  const most = Math.max(...fits.map(({ found }) => found.size));
  const likely = fits.filter(({ found }) => found.size === most).map(({ kind }) => kind);
  const told = likely.includes('keys') ? 'keys' : (likely[0] ?? null);
  return holdsIds && (told === null || told === 'principals') ? ofCredentials(names) : told;
}

/** Kinds of which every record names a key. */
const NAMING_KEYS = RECORD_KINDS.filter((kind) => requiredFields(kind).includes('key_id'));

/** Returns the kind of records that name credentials, of which the columns name the most fields; keys, if several are as likely. */
function ofCredentials(names: readonly string[]): RecordKind {
  const count = (kind: RecordKind): number => namedFields(kind, names).size;
  return NAMING_KEYS.reduce((best, kind) => (count(kind) > count(best) ? kind : best), 'keys');
}

/** Header of a column that says what a record is, and words that end what a key is called there. */
const WHAT = /^(?:type|object|kind|typ|art)$/i;
const KEY_WORD = /(?:^|[ _.-])(?:key|token|secret|credential|certificate)s?$/i;

/** Returns whether a list says of nearly every record that it is a key, and names two fields of one. */
function areKeys(names: readonly string[], contents: readonly ColumnContent[]): boolean {
  const says = contents.some(
    ({ name, cells }) =>
      WHAT.test(name) &&
      cells.length > 0 &&
      cells.filter((cell) => KEY_WORD.test(cell)).length >= cells.length * MOST,
  );
  return says && namedFields('keys', names).size >= FEW;
}

function isTold({ kind, found }: { kind: RecordKind; found: ReadonlyMap<string, string> }): boolean {
  if (kind === 'keys') return KEYS_ONLY.some((field) => found.has(field));
  return found.size >= (idFields(kind).some((field) => found.has(field)) ? FEW : SEVERAL);
}

/** Returns the fields that columns name, in English as an audit knows them, else in other languages. */
function namedFields(kind: RecordKind, names: readonly string[]): Map<string, string> {
  const owned = new Map(names.toReversed().map((name) => [ownHeader(name), name]));
  const english = [...matchColumns(kind, [...owned.keys()].toReversed())];
  const found = new Map(english.map(([field, header]) => [field, owned.get(header) ?? header]));
  for (const name of names) {
    const field = [...found.values()].includes(name) ? undefined : fieldOfHeader(kind, name);
    if (field !== undefined && !found.has(field)) found.set(field, name);
  }
  return found;
}
