import { type JsonText, jsonObject } from '../json-text.js';
import { struct } from '../sql.js';

/** Most records of a list in a dossier. */
export const BOUND = 50;

/** What a list is sorted by, ascending, most significant first; the last one must tell any two records apart. */
export type Order = readonly string[];

/** A list to cut. */
type BoundedQuery = {
  /** Expression of the subject's id. */
  group: string;
  /** One record of the list, over the columns of `from`. */
  record: JsonText;
  /** Order over the columns of `from`. */
  order: Order;
  /** Rows: tables and conditions. */
  from: string;
  /** Number of further records that `from` no longer holds; the largest of the group counts. */
  more?: string;
  /** Most records of the list, where it is not `BOUND`. */
  bound?: number;
};

/** SELECT of (id, records, total): per subject the first records in their order and how many there are. */
export function boundedList({ group, record, order, from, more, bound }: BoundedQuery): string {
  const total = more ? `count(*) + max(${more})` : 'count(*)';
  return `SELECT ${group} AS id, ${firstRecords(record, order, bound)} AS records, ${total} AS total FROM ${from} GROUP BY ALL`;
}

/** Aggregate: JSON text of the first records of a group, separated by commas. Holds no more than it keeps. */
export function firstRecords(record: JsonText, order: Order, bound = BOUND): string {
  const place = struct(order.map((expression, n) => [`o${n}`, expression]));
  return `array_to_string(arg_min(${record}, ${place}, ${bound}), ',')`;
}

/** The list itself of a bounded list that was joined as `list`: empty where it has nothing for the subject. */
export function recordsMember(list: string): JsonText {
  return `concat('[', ${list}.records, ']')`;
}

/** The `Bounded` member made of it. */
export function boundedMember(list: string): JsonText {
  return jsonObject([
    ['records', recordsMember(list)],
    ['total', `coalesce(${list}.total, 0)`],
  ]);
}

/** Newest first by an epoch ms expression, unknown dates last, then in the order of files and records. */
export function newestFirst(ms: string, row: string): Order {
  return [`coalesce(-${ms}, 9223372036854775807)`, `${row}.ordinal`];
}
