import type { SourceRef } from '../../model/index.js';

/** Where a record of a dossier was read; null for what is no record. */
export function sourceOf(value: unknown): SourceRef | null {
  const source = memberOf(value, 'source');
  const [file, record, sha256] = ['file', 'record', 'sha256'].map((name) => memberOf(source, name));
  if (typeof file !== 'string' || typeof record !== 'string') return null;
  return typeof sha256 === 'string' ? { file, record, sha256 } : { file, record };
}

/** The records that a value is, or holds; what a record holds of others is its own. */
export function sourcesIn(value: unknown): SourceRef[] {
  const own = sourceOf(value);
  if (own !== null) return [own];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sourcesIn) : [];
}

/** The innermost record that a path leads through. */
export function sourceAlong(root: unknown, path: readonly (string | number)[]): SourceRef | null {
  let at = root;
  let found = sourceOf(at);
  for (const name of path) {
    at = memberOf(at, name);
    found = sourceOf(at) ?? found;
  }
  return found;
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(memberOf, root);
}

function memberOf(value: unknown, name: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}
