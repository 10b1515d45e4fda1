import type { SourceRef } from '../../model/index.js';

/** Returns the file and place that a record of a dossier was read from; null if the value is no record. */
export function sourceOf(value: unknown): SourceRef | null {
  const source = memberOf(value, 'source');
  const [file, record, sha256] = ['file', 'record', 'sha256'].map((name) => memberOf(source, name));
  if (typeof file !== 'string' || typeof record !== 'string') return null;
  return typeof sha256 === 'string' ? { file, record, sha256 } : { file, record };
}

/** Returns the records that a value is or contains. Does not look for records inside a record. */
export function sourcesIn(value: unknown): SourceRef[] {
  const own = sourceOf(value);
  if (own !== null) return [own];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sourcesIn) : [];
}

/** Returns the innermost record that a path leads through; null if there is none. */
export function sourceAlong(root: unknown, path: readonly (string | number)[]): SourceRef | null {
  let at = root;
  let found = sourceOf(at);
  for (const name of path) {
    at = memberOf(at, name);
    found = sourceOf(at) ?? found;
  }
  return found;
}

/** Returns the value at a path; undefined if there is none. */
export function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(memberOf, root);
}

function memberOf(value: unknown, name: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}
