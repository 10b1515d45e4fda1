import { isObject } from '../../text/is-object.js';
import type { FileSample } from '../adapter.js';
import { type CsvDialect, sampleRows } from './csv-dialect.js';

/** A cell that a program wrote a list or an object into. */
const NESTED = /^\s*[[{]/;

/**
 * Returns what a row of a table was before a program made a table of it (`Export-Csv`, `--output csv` of Steampipe, `json_normalize`
 * of pandas): an empty cell is null, a list or an object in a cell is one, `attributes.expires` is a member of `attributes`.
 */
export function rowObject(cells: Record<string, unknown>): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, cell] of Object.entries(cells)) put(object, name, cellValue(cell));
  return object;
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

function put(object: Record<string, unknown>, name: string, value: unknown): void {
  const path = name.split('.');
  const [last = ''] = path.splice(-1);
  let inner = object;
  for (const step of path) {
    const next = Object.hasOwn(inner, step) ? inner[step] : {};
    if (!isObject(next) || step === '') return void (object[name] = value);
    inner[step] = next;
    inner = next;
  }
  inner[last] = value;
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
