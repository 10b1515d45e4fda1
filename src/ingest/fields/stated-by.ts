import type { KeyRecord } from '../../model/index.js';
import type { Emit } from '../adapter.js';

/** Fields of a key that banks state in tags, columns and paths, so that it matters which of them did. */
export const ORIGIN_FIELDS = ['owner', 'environment', 'risk_tier'] as const;

/** Returns whether the origin of a field of a kind of record is kept. */
export function keepsOrigin(kind: string, field: string): boolean {
  return kind === 'keys' && ORIGIN_FIELDS.some((name) => name === field);
}

/** Returns an entry of `stated_by`. */
export function origin(field: string, what: string): string {
  return `${field}: ${what}`;
}

/** Returns what states a field of a key; null if nothing is noted. */
export function originOf({ stated_by: entries }: Partial<KeyRecord>, field: string): string | null {
  const entry = entries?.find((one) => one.startsWith(`${field}: `));
  return entry?.slice(field.length + 2) ?? null;
}

/** Returns a record that notes for every such field what states it: the export itself if its adapter notes nothing else. */
export function withOrigins<T extends Emit>(emit: T): T {
  if (emit.kind !== 'keys') return emit;
  const key: Partial<KeyRecord> = emit.record;
  const open = ORIGIN_FIELDS.filter((field) => key[field] && originOf(key, field) === null);
  const stale = (key.stated_by ?? []).filter((entry) => {
    const field = ORIGIN_FIELDS.find((name) => entry.startsWith(`${name}: `));
    return field !== undefined && (key[field] === null || key[field] === undefined);
  });
  if (open.length === 0 && stale.length === 0) return emit;
  const kept = (key.stated_by ?? []).filter((entry) => !stale.includes(entry));
  return {
    ...emit,
    record: { ...emit.record, stated_by: [...kept, ...open.map((field) => origin(field, 'the export'))] },
  };
}
