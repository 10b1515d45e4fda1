import type { FollowUp } from '../../model/index.js';
import type { Cell } from './table.js';

/** What a column holds, beside text: a sheet shows dates and severities as such, and checks what people fill in. */
export type ColumnKind = 'text' | 'count' | 'day' | 'severity' | 'entry' | 'entry-day' | 'entry-status';

/** A column of a table that people work with, in a CSV file and in a sheet. */
export type Column<T> = {
  /** Heading. A file that comes back is read by it. */
  readonly name: string;
  /** Width in a sheet, in characters. */
  readonly width: number;
  /** What it holds; `text` by default. */
  readonly kind?: ColumnKind;
  /** Returns a cell; a day is an ISO day, UTC. */
  readonly value: (row: T) => Cell;
};

/** What people may choose as the status of a row. */
export const STATUSES = ['open', 'in progress', 'done', 'risk accepted', 'not applicable'] as const;

/** A row that a person may have worked on. */
type Followed = { readonly followUp?: FollowUp };

/** The columns that people fill in, with what they entered before. A later run takes them from the file by the ID of the row. */
export const ENTRIES: readonly Column<object & Followed>[] = [
  { name: 'Owner', width: 20, kind: 'entry', value: ({ followUp }) => followUp?.owner ?? null },
  { name: 'Due date', width: 12, kind: 'entry-day', value: ({ followUp }) => followUp?.due ?? null },
  { name: 'Status', width: 14, kind: 'entry-status', value: ({ followUp }) => followUp?.status ?? null },
  { name: 'Notes', width: 36, kind: 'entry', value: ({ followUp }) => followUp?.notes ?? null },
];
