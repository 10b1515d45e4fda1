import { onlyIf, quoteId, quoteText } from '../../duckdb/sql.js';
import type { RecordKind } from '../../model/index.js';
import { type Column, columnNames, columnsOf } from '../columns.js';
import type { NameTable } from './join-names.js';
import { isOpen } from './key-times.js';

/** Columns of subjects that name people and vendors: two names of one are no contradiction. */
const NAMES: { readonly [K in RecordKind]?: { readonly [column: string]: NameTable } } = {
  keys: { owner: 'principal_names', vendor: 'vendor_names' },
  routes: { vendor: 'vendor_names' },
  incidents: { vendor: 'vendor_names' },
  changes: { requested_by: 'principal_names' },
  register: { owner: 'principal_names' },
};

/** Returns the columns of a kind whose values are compared by what they name, with the table that knows it. */
export function comparedByName(kind: RecordKind): { readonly [column: string]: NameTable } {
  return NAMES[kind] ?? {};
}

/**
 * Columns in which records of one thing may differ without a contradiction, with the value that the merged record has:
 * other names of the thing, marks of the list and not of the thing, and what only grows.
 */
const CHOSEN: { readonly [column: string]: (column: string) => string } = {
  aliases: allOf,
  stated_by: allOf,
  member_of: allOf,
  members_listed: (column) => `bool_or(${column})`,
  classified: allOf,
  unclear: allOf,
  name: (column) => `min(${column})`,
  title: (column) => `min(${column})`,
  store: (column) => `min(${column})`,
  key_id: (column) => `min(${column})`,
  directory: (column) => `bool_or(${column})`,
  last_used: (column) =>
    `coalesce(${latest(column)}, any_value(${onlyIf(`${column}."state" = 'never'`, column)}))`,
  source: (column) =>
    `arg_min(${column}, {'newest': coalesce(-taken_ms, 9223372036854775807), 'ordinal': ordinal})`,
};

/** Returns the SQL of every entry of the lists of a group, once each, sorted. */
function allOf(lists: string): string {
  return `list_sort(list_distinct(flatten(list(${lists}))))`;
}

/** Columns of a secret that several scans found; the strictest reading counts. */
const FOUND: typeof CHOSEN = {
  ...CHOSEN,
  finding_id: (column) => `min(${column})`,
  rule: (column) => `min(${column})`,
  column: (column) => `min(${column})`,
  tool: (column) => `min(${column})`,
  tool_version: (column) => `min(${column})`,
  reason: (column) => `min(${column})`,
  secret_sha256: (column) => `min(${column})`,
  commit: (column) =>
    `arg_min(${column}, {'ms': coalesce(first_seen."ms", 9223372036854775807), 'commit': ${column}})`,
  first_seen: (column) =>
    `arg_min(${column}, ${onlyIf(`${column}."state" = 'known'`, `{'ms': ${column}."ms", 'tolerance': -${column}."tolerance_ms"}`)})`,
  verified: (column) => `bool_or(${column})`,
  client_side: (column) => `bool_or(${column})`,
  state: (column) =>
    `CASE WHEN bool_or(${column} = 'open') THEN 'open' WHEN min(${column}) = max(${column}) THEN min(${column}) END`,
};

/**
 * Roles that a system gives (groups of IAM, roles of an access review) are none of those in a directory: they add to them, and only
 * directories contradict each other.
 */
const ADDED: { readonly [K in RecordKind]?: readonly string[] } = { principals: ['roles'] };

function isAdded(kind: RecordKind, name: string): boolean {
  return ADDED[kind]?.includes(name) ?? false;
}

/** Returns the SQL of a column of records that occur more than once, as one of them has it: a directory's with what systems add. */
export function repeatedColumn(kind: RecordKind, name: string): string {
  const column = quoteId(name);
  if (!isAdded(kind, name)) return column;
  return `CASE WHEN "directory" AND ${column} IS NOT NULL THEN list_sort(list_distinct(list_concat(${column},
    coalesce(flatten(list(${column}) FILTER (NOT coalesce("directory", false)) OVER (PARTITION BY principal_id)), [])))) ELSE ${column} END AS ${column}`;
}

/** Returns the SQL of one value of a record, if it can contradict that of another record of the same thing. */
export function contradicting(kind: RecordKind, name: string, value: string): string {
  return isAdded(kind, name) ? `CASE WHEN r."directory" THEN ${value} END` : value;
}

/** Returns the SQL of what the merged record of a group has in a column, where its records do not contradict each other. */
export function mergedColumn(kind: RecordKind, column: Column): string {
  const name = quoteId(column.name);
  if (column.name === 'aliases') return namesAsAliases(kind);
  if (isAdded(kind, column.name))
    return `coalesce(min(${onlyIf('"directory"', name)}), ${allOf(onlyIf('NOT coalesce("directory", false)', name))})`;
  return chosenOf(kind)[column.name]?.(name) ?? mergedValue(column, name);
}

/**
 * Columns in which "none" yields to what another record of the key states: tags without an owner contradict no register
 * that names one.
 */
const NONE_YIELDS: ReadonlySet<string> = new Set(['owner', 'purpose']);

/** Returns the SQL of one of several values that do not contradict each other, whatever their order. */
export function mergedValue(column: Column, value: string): string {
  if (NONE_YIELDS.has(column.name))
    return `coalesce(min(${onlyIf(`trim(${value}) <> ''`, value)}), min(${value}))`;
  if (column.kind !== 'instant') return `min(${value})`;
  return column.name === 'last_rotated' ? lastOf(exactest(column, value), value) : exactest(column, value);
}

function exactest(column: Column, value: string): string {
  const order = `{'tolerance': ${value}."tolerance_ms", 'ms': -${value}."ms", 'day': ${value}."day"}`;
  return `arg_min(${value}, ${onlyIf(isKnown(column, value), order)})`;
}

/**
 * Returns the SQL of the last rotation. A record that states only until when at the latest it was says nothing of what came
 * after, so that the latest of these counts; what another states exactly in a file taken before that moment is when it was
 * at the earliest.
 */
function lastOf(exact: string, value: string): string {
  const until = `${value}."ms" + ${value}."tolerance_ms"`;
  const open = isOpen(value);
  const ifStated = (one: string) => onlyIf(`${value}."state" = 'known' AND NOT ${open}`, one);
  const latest = `max(${onlyIf(open, until)})`;
  const from = `coalesce(min(${ifStated(`${value}."ms"`)}), max(${onlyIf(open, `${value}."ms"`)}))`;
  const stated = `count(${ifStated('true')})`;
  const isEarlier = `${stated} = count(${ifStated('"taken_until"')}) AND max(${ifStated('"taken_until"')}) < ${latest}`;
  return `CASE WHEN ${latest} IS NOT NULL AND (${stated} = 0 OR ${isEarlier}) THEN {'state': 'known', 'ms': ${from},
    'tolerance_ms': ${latest} - ${from}, 'day': arg_max_null(${value}."day", ${onlyIf(open, until)})} ELSE ${exact} END`;
}

/** Returns the columns of a kind on which records of one thing can contradict each other. */
export function comparedColumns(kind: RecordKind): readonly Column[] {
  const chosen = chosenOf(kind);
  return columnsOf(kind).filter(({ name }) => chosen[name] === undefined);
}

/** Returns the SQL condition, over a group, that its values in a column contradict each other. */
export function contradicts(column: Column, value: string, compared: string): string {
  if (column.kind !== 'instant') return `coalesce(min(${compared}) <> max(${compared}), false)`;
  const known = (one: string) => onlyIf(isKnown(column, value), one);
  const state = known(`${value}."state"`);
  const until = known(`${value}."ms" + ${value}."tolerance_ms"`);
  return `coalesce(min(${state}) <> max(${state}) OR max(${known(`${value}."ms"`)}) > min(${until}), false)`;
}

/** Returns the SQL by which values of a column are compared: case, blanks and the order of a list do not count. */
export function comparable(column: Column, value: string): string {
  if (column.kind === 'text') return folded(column, `lower(trim(${value}))`);
  if (column.kind !== 'texts') return value;
  return `list_sort(list_distinct(list_transform(${value}, lambda one: lower(trim(one)))))`;
}

function folded(column: Column, text: string): string {
  return NONE_YIELDS.has(column.name) ? `nullif(${text}, '')` : text;
}

/** Returns the condition that a column states something; an Instant `not-tracked` is no date. */
export function isKnown(column: Column, value: string): string {
  return column.kind === 'instant' ? `${value}."state" <> 'not-tracked'` : `${value} IS NOT NULL`;
}

/** Returns the name, quoted, of the column that holds a value of another as it is compared. */
export function comparedName(column: Column): string {
  return quoteId(`${column.name}~`);
}

/** Returns the list of names of the contradicted columns of a group, as SQL. */
export function contradictedColumns(kind: RecordKind): string {
  const marks = comparedColumns(kind).map(
    (column) =>
      `CASE WHEN ${contradicts(column, quoteId(column.name), comparedName(column))} THEN ${quoteText(column.name)} END`,
  );
  return `list_filter([${marks.join(', ')}]::VARCHAR[], lambda one: one IS NOT NULL)`;
}

function chosenOf(kind: RecordKind): typeof CHOSEN {
  return kind === 'secret_findings' ? FOUND : CHOSEN;
}

/** Returns the aliases of all records; if they have several names, these are aliases too. */
function namesAsAliases(kind: RecordKind): string {
  const aliases = (CHOSEN['aliases'] as (column: string) => string)('"aliases"');
  if (!columnNames(kind).includes('name')) return aliases;
  return `CASE WHEN min("name") = max("name") OR min("name") IS NULL THEN ${aliases}
    ELSE list_sort(list_distinct(list_concat(coalesce(flatten(list("aliases")), []), list_filter(list("name"), lambda one: one <> '')))) END`;
}

function latest(column: string): string {
  return `arg_max(${column}, ${onlyIf(`${column}."state" = 'known'`, `{'ms': ${column}."ms", 'tolerance': -${column}."tolerance_ms"}`)})`;
}
