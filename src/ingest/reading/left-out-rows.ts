import { quote } from '../fields/quote.js';

const MOST_NAMED = 10;

/** Keeps which rows of a file were left out, so that a reader can check that none was a record. */
export type LeftOutRows = {
  /** Adds a row. */
  add(row: { record: string; text: string; reason: string }): void;
  /** One sentence a reason, with the first ten rows of it. */
  sentences(): string[];
};

/** Returns an empty list of rows left out. */
export function leftOutRows(): LeftOutRows {
  const rows = new Map<string, { named: string[]; count: number }>();
  return {
    add({ record, text, reason }) {
      const known = rows.get(reason) ?? { named: [], count: 0 };
      rows.set(reason, known);
      known.count += 1;
      if (known.named.length < MOST_NAMED) known.named.push(`${record} ${quote(text.trim())}`);
    },
    sentences: () =>
      [...rows].map(([reason, { named, count }]) => {
        const more = count > named.length ? ` and ${count - named.length} more` : '';
        return `left out as no record (${reason}): ${named.join(', ')}${more}`;
      }),
  };
}
