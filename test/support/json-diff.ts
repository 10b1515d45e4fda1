import { isDeepStrictEqual } from 'node:util';
import type { JsonChange } from '../../src/policies/json-patch.js';

/** Changes that make one JSON value of another: member by member, and of lists item by item. */
export function jsonDiff(before: unknown, after: unknown, path = ''): JsonChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return listDiff(before, after, path);
  if (isObject(before) && isObject(after)) return objectDiff(before, after, path);
  return [{ op: 'replace', path, value: after }];
}

function objectDiff(before: object, after: object, path: string): JsonChange[] {
  const old = new Map(Object.entries(before));
  const wanted = new Map(Object.entries(after));
  const at = (name: string) => `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const gone = [...old.keys()].filter((name) => !wanted.has(name));
  return [
    ...gone.map((name): JsonChange => ({ op: 'remove', path: at(name) })),
    ...[...wanted].flatMap(([name, value]): JsonChange[] =>
      old.has(name) ? jsonDiff(old.get(name), value, at(name)) : [{ op: 'add', path: at(name), value }],
    ),
  ];
}

function listDiff(before: readonly unknown[], after: readonly unknown[], path: string): JsonChange[] {
  const both = Math.min(before.length, after.length);
  const gone = before.slice(both).map((): JsonChange => ({ op: 'remove', path: `${path}/${both}` }));
  const more = after.slice(both).map((value): JsonChange => ({ op: 'add', path: `${path}/-`, value }));
  const kept = after
    .slice(0, both)
    .flatMap((item, index) => jsonDiff(before[index], item, `${path}/${index}`));
  return [...gone, ...kept, ...more];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
