import { struct } from '../duckdb/sql.js';
import { type JsonText, jsonObject } from './json-text.js';

/** Most records of a list in a dossier. */
export const BOUND = 250;

/** Most entries of a list of which the first ones decide, such as the longest silences, or that are only shown. */
export const SHOWN = 50;

/** What a list is sorted by, ascending, most significant first; the last one must tell any two records apart. */
export type Order = readonly string[];

/** A list to cut: one for each subject (`group`), or one of all rows (`whole`). */
export type BoundedQuery = {
  /** One record of the list, over the columns of `from`. */
  record: JsonText;
  /** Order over the columns of `from`. */
  order: Order;
  /** Rows: tables and conditions. */
  from: string;
  /** Number of further records that `from` no longer holds; the largest of the group counts. */
  more?: string;
  /** Most records of the list, if it is not `BOUND`. */
  bound?: number;
  /** Condition on a row that no rule can object to. The others come first, and their number is kept as `open`. */
  settled?: string;
} & (
  | {
      /** Expression of the subject's id. */
      group: string;
    }
  | {
      /** One list of all rows. */
      whole: true;
    }
);

/**
 * Returns a SELECT of (id, records, total, open): per subject the first records in their order, how many there are, and
 * how many of them a rule may object to; of a whole list one row without `id`.
 */
export function boundedList(query: BoundedQuery): string {
  const { record, from, more, bound, settled } = query;
  const isSettled = `coalesce(${settled}, false)`;
  const order = settled ? [`(${isSettled})::INTEGER`, ...query.order] : query.order;
  const total = more ? `count(*) + max(${more})` : 'count(*)';
  const open = settled ? `count(*) FILTER (NOT ${isSettled})` : total;
  const [id, groups] = 'whole' in query ? ['', ''] : [`${query.group} AS id, `, ' GROUP BY ALL'];
  return `SELECT ${id}${firstRecords(record, order, bound)} AS records, ${total} AS total, ${open} AS open FROM ${from}${groups}`;
}

/**
 * Returns the aggregate: JSON text of the first records of a group, separated by commas. Holds no more than it keeps.
 */
export function firstRecords(record: JsonText, order: Order, bound = BOUND): string {
  const place = struct(order.map((expression, n) => [`o${n}`, expression]));
  return `array_to_string(arg_min(${record}, ${place}, ${bound}), ',')`;
}

/** Returns the list itself of a bounded list that was joined as `list`: empty if it has nothing for the subject. */
export function recordsMember(list: string): JsonText {
  return `concat('[', ${list}.records, ']')`;
}

/** Returns the `Bounded` member made of it, with the number of those that a rule may object to. */
export function settlingMember(list: string): JsonText {
  return jsonObject([
    ['records', recordsMember(list)],
    ['total', `coalesce(${list}.total, 0)`],
    ['open', `coalesce(${list}.open, 0)`],
  ]);
}

/** Returns the `Bounded` member made of it. */
export function boundedMember(list: string): JsonText {
  return jsonObject([
    ['records', recordsMember(list)],
    ['total', `coalesce(${list}.total, 0)`],
  ]);
}

/**
 * Returns the order that puts the newest first by an epoch ms expression, unknown dates last, then in the order of
 * files and records.
 */
export function newestFirst(ms: string, row: string): Order {
  return [`coalesce(-${ms}, 9223372036854775807)`, `${row}.ordinal`];
}
