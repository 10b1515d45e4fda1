import type { AdapterContext, Emit } from './adapter.js';
import { BOUNDS, type Bound, passed } from './bounds.js';
import { requiredFields } from './fields/record-fields.js';

/** Returns whether a record is surely within its bounds, by its JSON: what is shorter than the least bound passes none. */
export function isWithinBounds(line: string): boolean {
  return line.length <= BOUNDS.id.limit;
}

/**
 * Returns a canonical record whose fields are within their bounds: an id that is too long costs the record, any other
 * field is unknown then. Null if there is no record left.
 */
export function withinBounds<T extends Emit>(emit: T, context: AdapterContext): T | null {
  const long: { field: string; sentence: string; costsRecord: boolean }[] = [];
  for (const field of Object.keys(emit.record)) {
    const bound = boundPassed(emit, field, Reflect.get(emit.record, field));
    if (bound !== null) long.push({ field, sentence: passed(bound), costsRecord: bound === BOUNDS.id });
  }
  if (long.length === 0) return emit;
  const { record } = emit.record.source;
  const id = long.find(({ costsRecord }) => costsRecord);
  if (id) {
    context.reject(record, id.field, id.sentence);
    return null;
  }
  for (const { field, sentence } of long) context.unreadable(record, emit.kind, field, sentence);
  const names = new Set(long.map(({ field }) => field));
  const kept = Object.entries(emit.record).filter(([field]) => !names.has(field));
  return { ...emit, record: { ...Object.fromEntries(kept), source: emit.record.source } };
}

function boundPassed({ kind }: Emit, field: string, value: unknown): Bound | null {
  if (typeof value === 'string') return value.length > BOUNDS.id.limit ? textBound(kind, field, value) : null;
  if (!Array.isArray(value)) return null;
  if (value.length > BOUNDS.list.limit) return BOUNDS.list;
  const length = value.reduce<number>((sum, item) => sum + (typeof item === 'string' ? item.length : 0), 0);
  return length > BOUNDS.listText.limit ? BOUNDS.listText : null;
}

function textBound(kind: Emit['kind'], field: string, value: string): Bound | null {
  if (requiredFields(kind).includes(field)) return BOUNDS.id;
  return value.length > BOUNDS.text.limit ? BOUNDS.text : null;
}
