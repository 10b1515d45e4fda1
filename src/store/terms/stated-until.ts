import { DAY_MS, type RecordKind } from '../../model/index.js';
import { columnsOf } from '../columns.js';

/**
 * Fields of subjects that time makes worse: what an export states of them holds until it was taken. Of what came after that
 * day, a later use or review, it knows nothing.
 */
const FIELDS: { readonly [K in RecordKind]?: readonly string[] } = {
  principals: ['trained_at'],
  keys: ['owner', 'status', 'last_rotated', 'last_used', 'need_reviewed_at', 'standby_tested_at'],
  repositories: ['last_scanned'],
  routes: ['client_certificate_expires'],
  vendors: ['reviewed_at', 'contract_expires', 'certification_expires', 'aoc_expires', 'pentest_at'],
};

/** Column of subjects: by such a field, the last moment that an export of it speaks for, epoch ms; null if that is not before the as-of date. */
export const STATED_UNTIL = 'stated_until';

/** Returns these fields of a kind of record, in the order of its columns. */
export function agingFields(kind: RecordKind): readonly string[] {
  const fields = FIELDS[kind] ?? [];
  return columnsOf(kind)
    .map(({ name }) => name)
    .filter((name) => fields.includes(name));
}

/** JOIN of the moment at which the file of a record was taken, as `own_file`. */
export function joinTaken(row: string): string {
  return `LEFT JOIN taken own_file ON own_file.file = ${row}.source.file`;
}

/** Returns the SQL of the last moment that a file speaks for, null if that is the as-of date: a day's delay is none. */
export function untilBefore(moment: string, asOfMs: number): string {
  return `CASE WHEN ${moment} < ${asOfMs - DAY_MS} THEN ${moment} END`;
}
