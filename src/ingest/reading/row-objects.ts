import type { FileSample } from '../adapter.js';
import { type CsvDialect, sampleRows } from './csv-dialect.js';

/** A cell that a program wrote a list or an object into. */
const NESTED = /^\s*[[{]/;
/** The name of a member inside another. */
const PATH = /^([^.]+)\.(.+)$/;

/**
 * Returns what a row of a table was before a program made a table of it (`Export-Csv`, `--output csv` of Steampipe, `json_normalize`
 * of pandas): an empty cell is null, a list or an object in a cell is one, `attributes.expires` is a member of `attributes`.
 */
export function rowObject(cells: Record<string, unknown>): Record<string, unknown> {
  return nested(Object.entries(cells).map(([name, cell]) => [name, cellValue(cell)]));
}

type Member = [name: string, value: unknown];

/** Returns members with those of one beginning (`labels.owner`, `labels.env`) as one object. */
function nested(members: readonly Member[]): Record<string, unknown> {
  const inner = new Map<string, Member[]>();
  const plain: Member[] = [];
  for (const [name, value] of members) {
    const [, outer, rest] = PATH.exec(name) ?? [];
    if (outer === undefined || rest === undefined) plain.push([name, value]);
    else inner.set(outer, [...(inner.get(outer) ?? []), [rest, value]]);
  }
  const objects = [...inner].map(([name, own]): Member => [name, nested(own)]);
  return Object.fromEntries([...plain, ...objects]);
}

function cellValue(cell: unknown): unknown {
  if (typeof cell !== 'string' || cell === '') return cell === '' ? null : cell;
  if (!NESTED.test(cell)) return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

/** Returns the sample of a table as the list of objects that it was; null if no row of it is whole in the sample. */
export function rowObjectSample(sample: FileSample, dialect: CsvDialect): FileSample | null {
  const { header } = dialect;
  const rows = sampleRows(sample.head, dialect).filter((row) => row.length === header.length);
  const objects = rows.map((row) => rowObject(Object.fromEntries(header.map((name, at) => [name, row[at]]))));
  const [first] = objects;
  if (first === undefined) return null;
  const keys = Object.keys(first);
  return { ...sample, kind: 'json', header: null, partial: objects, keys, head: JSON.stringify(objects) };
}
