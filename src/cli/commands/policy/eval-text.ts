import type { QueryResult } from '../../../index.js';
import { json } from '../../terminal.js';

/**
 * Returns the answers of a query as `opa eval` prints them. `table` is its `pretty`: a single value as JSON, several
 * values or variables as a table. `raw` is its `raw`: texts without quotes, one answer per line, nothing if undefined.
 */
export function evalText(answer: QueryResult, format: 'table' | 'json' | 'raw'): string {
  if (format === 'json') return json(answer);
  const rows = answer.result ?? [];
  if (format === 'raw')
    return rows.map(({ expressions }) => expressions.map(({ value }) => rawText(value)).join(' ')).join('\n');
  const [first] = rows;
  if (first === undefined) return 'undefined';
  const [expression] = first.expressions;
  if (rows.length === 1 && first.expressions.length === 1 && first.bindings === undefined)
    return json(expression?.value);
  return table(rows);
}

function rawText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type Row = NonNullable<QueryResult['result']>[number];

/** Returns a table: variables by name, then expressions whose value is more than `true`. */
function table(rows: readonly Row[]): string {
  const names = Object.keys(rows[0]?.bindings ?? {}).sort();
  const said = (rows[0]?.expressions ?? [])
    .map(({ text }, index) => ({ text, index }))
    .filter(({ index }) => names.length === 0 || rows.some((row) => row.expressions[index]?.value !== true));
  const head = [...names, ...said.map(({ text }) => text)];
  const body = rows.map((row) => [
    ...names.map((name) => JSON.stringify(row.bindings?.[name])),
    ...said.map(({ index }) => JSON.stringify(row.expressions[index]?.value)),
  ]);
  return boxed(head, body);
}

function boxed(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) =>
    Math.max(name.length, ...body.map((row) => row[column]?.length ?? 0)),
  );
  const rule = (left: string, middle: string, right: string) =>
    `${left}${widths.map((width) => '─'.repeat(width + 2)).join(middle)}${right}`;
  const line = (cells: readonly string[]) =>
    `│${cells.map((cell, column) => ` ${cell.padEnd(widths[column] ?? 0)} `).join('│')}│`;
  return [rule('┌', '┬', '┐'), line(head), rule('├', '┼', '┤'), ...body.map(line), rule('└', '┴', '┘')].join(
    '\n',
  );
}
