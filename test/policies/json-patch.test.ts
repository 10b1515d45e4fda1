import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonChange, readChanges, withChanges } from '../../src/policies/json-patch.js';
import { jsonDiff } from '../support/json-diff.js';

/** Names as dossiers have them, and those that a JSON Pointer or an object could trip over. */
const name = fc.oneof(
  fc.constantFrom('records', 'a.b', 'a/b', 'a~b', '~1', '~0', '', '-', '0', '01', '__proto__', 'constructor'),
  fc.string({ maxLength: 4 }),
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(null, true, false, '', 'x', 0, 1790812799999),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('json')), { maxLength: 4 }).map((members) => Object.fromEntries(members)),
  ),
}));

describe('what differs', () => {
  test('makes one document of any other, and leaves the first as it was', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const copy = structuredClone(before);
        const changes = JSON.parse(JSON.stringify(jsonDiff(before, after))) as unknown[];
        expect(withChanges(before, readChanges(changes))).toEqual(after);
        expect(before).toEqual(copy);
      }),
      { numRuns: 1000 },
    );
  });

  test.each<[string, unknown, JsonChange[], unknown]>([
    ['nothing', { a: 1 }, [], { a: 1 }],
    ['null for a value', { a: 1 }, [{ op: 'replace', path: '/a', value: null }], { a: null }],
    ['a member gone', { a: null, b: 1 }, [{ op: 'remove', path: '/a' }], { b: 1 }],
    ['an added member that is there', { a: 1 }, [{ op: 'add', path: '/a', value: 2 }], { a: 2 }],
    ['an item before another', [1, 3], [{ op: 'add', path: '/1', value: 2 }], [1, 2, 3]],
    ['an item at the end', { a: [1] }, [{ op: 'add', path: '/a/-', value: 2 }], { a: [1, 2] }],
    ['an item gone', [1, 2, 3], [{ op: 'remove', path: '/0' }], [2, 3]],
    ['in a record of a list', [{ a: 1 }], [{ op: 'replace', path: '/0/a', value: 2 }], [{ a: 2 }]],
    ['the whole', { a: 1 }, [{ op: 'replace', path: '', value: [] }], []],
    [
      'one after the other',
      { a: [] },
      [
        { op: 'add', path: '/a/-', value: {} },
        { op: 'add', path: '/a/0/b', value: 1 },
      ],
      { a: [{ b: 1 }] },
    ],
  ])('%s', (_, before, changes, after) => {
    expect(withChanges(before, changes)).toEqual(after);
  });

  test.each<[JsonChange, string]>([
    [
      { op: 'replace', path: '/b', value: 1 },
      'change 1: there is nothing at /b to replace; "op": "add" adds what is not there',
    ],
    [{ op: 'remove', path: '/b' }, 'change 1: there is nothing at /b to remove'],
    [{ op: 'remove', path: '/a/3' }, 'change 1: there is nothing at /a/3 to remove'],
    [{ op: 'remove', path: '/a/-' }, 'change 1: there is nothing at /a/- to remove'],
    [{ op: 'remove', path: '/a/00' }, 'change 1: there is nothing at /a/00 to remove'],
    [{ op: 'add', path: '/a/2', value: 1 }, 'change 1: there is nowhere to add /a/2'],
    [{ op: 'add', path: '/b/c', value: 1 }, 'change 1: there is nowhere to add /b/c'],
    [{ op: 'add', path: '/constructor/c', value: 1 }, 'change 1: there is nowhere to add /constructor/c'],
    [{ op: 'remove', path: '' }, 'change 1: the whole document cannot be removed'],
  ])('%j is refused', (change, message) => {
    expect(() => withChanges({ a: [1] }, [change])).toThrow(new Error(message));
  });

  test.each<[unknown, string]>([
    ['/key', 'change 1: must be an object with "op" and "path"'],
    [{ path: '/a' }, 'change 1: "op" must be "add", "replace" or "remove", not left out'],
    [{ op: 'move', path: '/a' }, 'change 1: "op" must be "add", "replace" or "remove", not "move"'],
    [{ op: 'remove' }, 'change 1: "path" must be a JSON Pointer such as "/key/created", not left out'],
    [
      { op: 'remove', path: 'key.created' },
      'change 1: "path" must be a JSON Pointer such as "/key/created", not "key.created"',
    ],
    [
      { op: 'remove', path: '/a~2' },
      'change 1: "path" must be a JSON Pointer such as "/key/created", not "/a~2"',
    ],
    [{ op: 'add', path: '/a' }, 'change 1: "value" is missing for /a'],
  ])('%j is no change', (change, message) => {
    expect(() => readChanges([change])).toThrow(new Error(message));
  });
});
