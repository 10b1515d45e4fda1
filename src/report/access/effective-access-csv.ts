import { ACCESS_VERBS, type CorePack, type KeyAccess, type Subject } from '../../model/index.js';
import { BYTE_ORDER_MARK, csvLine } from '../../text/csv.js';
import { accessState } from '../text/access-text.js';

type Row = {
  key: Subject;
  /** Null in the row of a key that no right reaches, and in the one that counts holders that are not listed. */
  access: KeyAccess | null;
  /** What stands for the holder then. */
  instead: string;
};

/** Columns of effective-access.csv, with the function that fills each. A verb is `yes`, `at most`, `denied`, `not stated` or `no`. */
const COLUMNS: readonly { name: string; value: (row: Row) => string | null }[] = [
  { name: 'key_id', value: ({ key }) => key.id },
  { name: 'key_name', value: ({ key }) => key.label },
  { name: 'key_status', value: ({ key }) => key.status },
  { name: 'environment', value: ({ key }) => stated(key.facts['environment']) },
  { name: 'holder', value: ({ access, instead }) => access?.principal ?? instead },
  { name: 'holder_kind', value: ({ access }) => access?.kind ?? null },
  ...ACCESS_VERBS.map((verb) => ({
    name: verb,
    value: ({ access }: Row) => (access === null ? null : accessState(access, verb)),
  })),
  { name: 'paths', value: ({ access }) => access?.paths.join('; ') ?? null },
  { name: 'over_approximation', value: ({ access }) => access?.reasons.join('; ') ?? null },
  { name: 'source_file', value: ({ access }) => access?.source.file ?? null },
  { name: 'source_record', value: ({ access }) => access?.source.record ?? null },
];

/**
 * Generates effective-access.csv in pieces: a header and one row for each key and holder, in the order of ids (UTF-8 with BOM, CRLF). A
 * key that no right on record reaches has a row that says so; without access rights there is the header alone.
 */
export async function* effectiveAccessCsv(pack: CorePack): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${csvLine(COLUMNS.map(({ name }) => name))}`;
  for await (const key of pack.subjects({ kind: 'key' }))
    for (const row of rowsOf(key)) yield csvLine(COLUMNS.map(({ value }) => value(row)));
}

function rowsOf(key: Subject): Row[] {
  const { access, accessTotal = 0 } = key.life ?? {};
  if (!access) return [];
  const more = accessTotal - access.length;
  return [
    ...access.map((one) => ({ key, access: one, instead: '' })),
    ...(more > 0 ? [{ key, access: null, instead: `(${more} more, not listed)` }] : []),
    ...(accessTotal === 0 ? [{ key, access: null, instead: '(no right on record)' }] : []),
  ];
}

function stated(fact: string | boolean | null | undefined): string | null {
  return fact === null || fact === undefined ? null : String(fact);
}
