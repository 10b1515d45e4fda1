import { parseInstant } from '../fields/instants.js';
import { readField } from '../fields/read-field.js';
import type { CanonicalField } from '../fields/record-fields.js';
import { isNotStated } from '../fields/values.js';

/** A column of a table, or a member of records, with what it holds. */
export type ColumnContent = {
  /** Name. */
  name: string;
  /** What is stated in it, cell by cell. */
  cells: string[];
  /** Share of the records in which something is stated, 0 to 1. */
  filled: number;
};

/** Share of the cells that must be what a column is taken for. */
const MOST = 0.8;
/** Share of different cells in a column of ids. */
const DIFFERENT = 0.6;
/** What may be a time in seconds or milliseconds, and so no id. */
const EPOCH = /^\d{10}(?:\d{3})?$/;
/** Fields that their values alone tell, without any header, the most telling first. */
const TOLD_BY_VALUES = ['environment', 'risk_tier', 'status', 'ip_allowlist'];

/** Returns the columns of records with what is in them. */
export function columnsOf(
  names: readonly string[],
  rows: readonly Record<string, unknown>[],
): ColumnContent[] {
  return names.map((name) => {
    const cells = rows.flatMap((row) => {
      const cell = row[name];
      const text = typeof cell === 'string' || typeof cell === 'number' ? String(cell).trim() : '';
      return text === '' || isNotStated(text) ? [] : [text];
    });
    return { name, cells, filled: cells.length / Math.max(1, rows.length) };
  });
}

/**
 * Returns whether a column may hold ids: there is one in nearly every record, they differ, and they are neither dates,
 * addresses of people nor sentences.
 */
export function looksLikeIds(column: ColumnContent): boolean {
  const isId = (cell: string): boolean =>
    !/\s.*\s|@/.test(cell) && !isDate(cell) && !EPOCH.test(cell) && /\p{L}|\d{4}/u.test(cell);
  return areDifferent(column) && shareOf(column.cells, isId) >= MOST;
}

/** Ids that only credentials have: access keys and secrets of AWS, items of an Azure Key Vault, secrets and keys of Google. */
const OF_CREDENTIAL =
  /^(?:A[KS]IA[A-Z0-9]{12,}|arn:aws[\w-]*:secretsmanager:.*|https:\/\/[\w-]+\.(?:vault|managedhsm)\.[\w.]+\/(?:secrets|keys|certificates)\/.*|(?:\/\/[\w.]+\/)?projects\/[^/]+\/(?:secrets|locations\/[^/]+\/(?:secrets|keys)|serviceAccounts\/[^/]+\/keys)\/.*)$/;

/** Returns whether a column holds ids that only credentials have, another one in nearly every record. */
export function holdsCredentials(column: ColumnContent): boolean {
  return areDifferent(column) && shareOf(column.cells, (cell) => OF_CREDENTIAL.test(cell)) >= MOST;
}

/** Returns whether something is stated in nearly every record, and hardly twice the same. */
export function areDifferent({ cells, filled }: ColumnContent): boolean {
  return filled >= MOST && new Set(cells).size / Math.max(1, cells.length) >= DIFFERENT;
}

/** Returns the field that the values of a column tell, of those that are still free; undefined if none. */
export function fieldOfContent(
  { cells }: ColumnContent,
  fields: readonly CanonicalField[],
): CanonicalField | undefined {
  if (cells.length === 0 || cells.every((cell) => /^\d+$/.test(cell))) return undefined;
  return TOLD_BY_VALUES.map((name) => fields.find((field) => field.name === name)).find(
    (field) =>
      field !== undefined &&
      shareOf(cells, (cell) => isValueOf(field, cell)) >= MOST &&
      cells.some((cell) => tells(field, cell)),
  );
}

function isValueOf(field: CanonicalField, cell: string): boolean {
  const read = readField(field, cell, true, {});
  return read.ok && read.value !== null;
}

/** Returns whether a value says something of its field: `none` is an empty list in any column. */
function tells(field: CanonicalField, cell: string): boolean {
  const read = readField(field, cell, true, {});
  return read.ok && !(Array.isArray(read.value) && read.value.length === 0);
}

function isDate(cell: string): boolean {
  return /\d/.test(cell) && !/^\d+$/.test(cell) && parseInstant(cell, { order: 'dmy', stated: true }).ok;
}

function shareOf(cells: readonly string[], test: (cell: string) => boolean): number {
  return cells.length === 0 ? 0 : cells.filter(test).length / cells.length;
}
