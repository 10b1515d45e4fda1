import type { PopulationRow } from '../model/index.js';
import { groupBy } from '../text/group-by.js';

/**
 * Adds up the populations of packs by kind of record, in the order of the first that has the kind. `distinct` counts what each
 * pack tells apart: a record that two packs read counts twice.
 */
export function mergePopulations(packs: readonly (readonly PopulationRow[])[]): PopulationRow[] {
  return [...groupBy(packs.flat(), ({ kind }) => kind)].map(([kind, rows]) => ({
    kind,
    files: sum(rows, 'files'),
    records: sum(rows, 'records'),
    distinct: sum(rows, 'distinct'),
    rejected: sum(rows, 'rejected'),
    range: widest(rows.flatMap(({ range }) => range ?? [])),
  }));
}

function sum(rows: readonly PopulationRow[], field: 'files' | 'records' | 'distinct' | 'rejected'): number {
  return rows.reduce((total, row) => total + row[field], 0);
}

function widest(ranges: readonly NonNullable<PopulationRow['range']>[]): PopulationRow['range'] {
  if (ranges.length === 0) return null;
  return {
    firstMs: Math.min(...ranges.map(({ firstMs }) => firstMs)),
    lastMs: Math.max(...ranges.map(({ lastMs }) => lastMs)),
  };
}
