import type { CheckChange } from '../model/index.js';
import { BYTE_ORDER_MARK, csvLine } from '../text/csv.js';
import { printableText } from '../text/printable.js';
import type { Comparison } from './compare-packs.js';

/** Columns of diff.csv, with the function that fills each. */
const COLUMNS: readonly { name: string; value: (change: CheckChange) => string | null }[] = [
  { name: 'finding_id', value: ({ id }) => id },
  { name: 'change', value: ({ change }) => change },
  { name: 'cause', value: ({ causes }) => (causes.length > 1 ? 'several' : (causes[0] ?? null)) },
  { name: 'causes', value: ({ causes }) => causes.join('; ') },
  { name: 'rule_id', value: ({ ruleId }) => ruleId },
  { name: 'subject_kind', value: ({ subject }) => subject.kind },
  { name: 'subject_id', value: ({ subject }) => subject.id },
  { name: 'subject_name', value: ({ subject }) => subject.label },
  { name: 'owner', value: ({ subject }) => subject.owner },
  { name: 'old_outcome', value: ({ old }) => old?.outcome ?? null },
  { name: 'old_severity', value: ({ old }) => old?.severity ?? null },
  { name: 'new_outcome', value: ({ new: now }) => now?.outcome ?? null },
  { name: 'new_severity', value: ({ new: now }) => now?.severity ?? null },
  { name: 'message', value: ({ message }) => message },
];

/** Generates diff.csv in pieces: a header and one row for each change (UTF-8 with BOM, CRLF). */
export async function* diffCsv({ changes }: Comparison): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${csvLine(COLUMNS.map(({ name }) => name))}`;
  for await (const change of changes()) yield csvLine(COLUMNS.map(({ value }) => cell(value(change))));
}

function cell(text: string | null): string | null {
  return text === null ? null : printableText(text);
}
