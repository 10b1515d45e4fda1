import type { DateOrder, RecordKind, SourceSpec } from '../../model/index.js';
import { isDayNumber } from '../fields/date-digits.js';
import { parseInstant } from '../fields/instants.js';
import { quote } from '../fields/quote.js';
import { readField } from '../fields/read-field.js';
import { CANONICAL_FIELDS, type CanonicalField } from '../fields/record-fields.js';
import type { DateOrders } from '../reading/date-order.js';
import type { ColumnContent } from './column-content.js';

/** What only a person can state: a setting that is left as a comment, and why. */
export type Question = { setting: string; why: string };

/** Words of a column that its field does not know: a person states what each means. */
export type UnknownWords = { field: string; words: string[]; meaning: string };

/** Settings of a source beside its columns. */
export type ProposedSettings = Pick<SourceSpec, 'dates' | 'dayNumbers'> & {
  /** Why each of them is proposed. */
  reasons: string[];
  /** What is left to state. */
  questions: Question[];
  /** Words that a field does not know. */
  words: UnknownWords[];
};

/** A field with its column. */
export type MappedColumn = { field: CanonicalField; content: ColumnContent };

const MOST_WORDS = 8;
const ORDERS: readonly DateOrder[] = ['dmy', 'mdy'];

/** Returns the fields of a mapping with their columns. */
export function mappedColumns(
  kind: RecordKind,
  mapping: NonNullable<SourceSpec['columns']>,
  contents: readonly ColumnContent[],
): MappedColumn[] {
  return CANONICAL_FIELDS[kind].flatMap((field) => {
    const content = contents.find(({ name }) => name === mapping[field.name]);
    return content ? [{ field, content }] : [];
  });
}

/** Proposes the settings that the values of the mapped columns need: proven ones as such, the others as questions. */
export function proposeSettings(mapped: readonly MappedColumn[], orders: DateOrders): ProposedSettings {
  const dated = mapped.filter(({ field }) => field.type === 'instant').map(({ content }) => content);
  const days = dated.flatMap(({ cells }) => cells).find(isDayNumber);
  const dates = orderOfDates(dated, orders);
  return {
    ...(dates.order ? { dates: dates.order } : {}),
    ...(days === undefined ? {} : { dayNumbers: 1900 as const }),
    reasons: [
      ...(dates.order ? orderReasons(dates.order, dated, orders) : []),
      ...(days === undefined
        ? []
        : [`${quote(days)} looks like a day number of Excel; 1904 if an old Excel for Mac wrote it`]),
    ],
    questions: [...dates.questions, ...mapped.flatMap(decimalsQuestion).slice(0, 1), ...zoneQuestion(dated)],
    words: mapped.flatMap(unknownWords),
  };
}

/** Returns the order that the columns prove, if they need one at all; a question if they prove none, or both. */
function orderOfDates(
  dated: readonly ColumnContent[],
  orders: DateOrders,
): { order: DateOrder | null; questions: Question[] } {
  const unread = dated.flatMap(({ name, cells }) =>
    cells.filter((cell) => needsOrder(cell) && !parseInstant(cell, orders.of(name)).ok),
  );
  if (unread.length === 0) return { order: null, questions: [] };
  const proven = new Set(dated.map(({ name }) => orders.of(name).order ?? null));
  proven.delete(null);
  const [order = null] = proven;
  if (proven.size === 1) return { order, questions: [] };
  const why = `${quote(unread[0])} may have the day or the month first, and no column proves which`;
  return { order: null, questions: [{ setting: 'dates: dmy', why: `${why}: dmy, mdy or ymd` }] };
}

/** Returns why an order is proposed; that a column takes it from another one is to be checked. */
function orderReasons(
  order: DateOrder,
  dated: readonly ColumnContent[],
  { decisions }: DateOrders,
): readonly string[] {
  if (decisions.length > 0) return decisions;
  const others = ORDERS.filter((other) => other !== order);
  const proof = dated
    .flatMap(({ cells }) => cells)
    .find((cell) => others.every((other) => !parseInstant(cell, { order: other, stated: true }).ok));
  return proof === undefined
    ? []
    : [`${quote(proof)} is in this order; other columns do not prove theirs: check`];
}

/** Returns whether a date is read as two different days, or only, if an order is stated. */
function needsOrder(cell: string): boolean {
  return ORDERS.some((order) => parseInstant(cell, { order, stated: true }).ok) && !parseInstant(cell, {}).ok;
}

/** Returns the words of a column that its field does not know. */
function unknownWords({ field, content }: MappedColumn): UnknownWords[] {
  const words = unread(field, content).filter((cell) => !readsWithDecimals(field, cell));
  const meaning = field.type === 'enum' ? field.values.join(', ') : 'a number of days';
  return words.length === 0 ? [] : [{ field: field.name, words: words.slice(0, MOST_WORDS), meaning }];
}

function decimalsQuestion({ field, content }: MappedColumn): Question[] {
  const number = unread(field, content).find((cell) => readsWithDecimals(field, cell));
  if (number === undefined) return [];
  return [{ setting: 'decimals: comma', why: `${quote(number)} in ${quote(content.name)}: comma or point` }];
}

function unread(field: CanonicalField, { cells }: ColumnContent): string[] {
  if (field.type !== 'enum' && field.type !== 'number') return [];
  return [...new Set(cells)].filter((cell) => !readField(field, cell, true, {}).ok);
}

function readsWithDecimals(field: CanonicalField, cell: string): boolean {
  return readField(field, cell, true, { decimals: 'comma' }).ok;
}

function zoneQuestion(dated: readonly ColumnContent[]): Question[] {
  const timed = dated
    .flatMap(({ cells }) => cells)
    .find((cell) => /\d:\d\d/.test(cell) && !/(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$/.test(cell));
  if (timed === undefined) return [];
  return [{ setting: 'timezone: "+01:00"', why: `${quote(timed)} states no zone` }];
}
