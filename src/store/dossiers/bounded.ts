/** Most records of a list in a dossier. */
export const BOUND = 50;

/** A list to cut. */
type BoundedQuery = {
  /** Column that holds the subject's id. */
  group: string;
  /** One record of the list, over the columns of `from`. */
  record: string;
  /** ORDER BY, newest first. */
  order: string;
  /** Rows: a table, or a sub-query in parentheses, with its alias. */
  from: string;
  /** Number of further records that `from` no longer holds, over its columns; the largest of the group counts. */
  more?: string;
};

/** SELECT of (id, records, total): per subject the first records in their order and how many there are. */
export function boundedList({ group, record, order, from, more }: BoundedQuery): string {
  const further = more ? ` + max(${more}) OVER (PARTITION BY ${group})` : '';
  return `SELECT id, list(record ORDER BY place) AS records, any_value(total) AS total FROM (
    SELECT ${group} AS id, ${record} AS record, row_number() OVER (PARTITION BY ${group} ORDER BY ${order}) AS place,
      count(*) OVER (PARTITION BY ${group})${further} AS total FROM ${from} QUALIFY place <= ${BOUND})
    GROUP BY id`;
}

/** The member made of a bounded list that was joined as `list`: empty where it has nothing for the subject. */
export function boundedMember(list: string): string {
  return `{'records': coalesce(${list}.records, []), 'total': coalesce(${list}.total, 0)}`;
}
