import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { addSources } from '../../src/config/index.js';

const entry = (path: string) => ({
  path,
  text: `  - path: ${JSON.stringify(path)}\n    kind: keys\n    # not mapped: "Notes"\n`,
});

describe('addSources', () => {
  test.each([
    ['no sources', 'asOf: 2026-09-30', 'asOf: 2026-09-30\nsources:\n'],
    ['an empty file', '', 'sources:\n'],
    ['a key without a list', 'sources: # files\n  # none yet\nfailOn: high\n', 'sources: # files\n'],
    ['an empty list', 'sources: [] # files\nfailOn: high\n', 'sources: # files\n'],
  ])('writes the first entry into a file with %s', (_, text, before) => {
    const added = addSources(text, [entry('a.csv')])?.text ?? '';
    expect(added.startsWith(before + entry('a.csv').text)).toBe(true);
    expect(parse(added)).toEqual({ ...parse(text), sources: [{ path: 'a.csv', kind: 'keys' }] });
  });

  test('leaves a comment with the entry or the key that it belongs to', () => {
    const text = 'sources:\n    - path: a.csv\n      # of the entry\n\n    # of the key\nfailOn: high\n';
    expect(addSources(text, [entry('b.csv')])?.text).toBe(
      `sources:\n    - path: a.csv\n      # of the entry\n${entry('b.csv').text.replaceAll(/^ {2}/gm, '    ')}\n    # of the key\nfailOn: high\n`,
    );
  });

  test.each(['sources: [{path: a.csv}]\n', 'sources: a.csv\n', '- a\n', 'sources: {\n'])(
    'returns null for %j, to which it cannot add',
    (text) => {
      expect(addSources(text, [entry('b.csv')])).toBeNull();
    },
  );

  test('adds what is new, whatever is written around it, and changes no other line', () => {
    const around = fc.record({
      before: fc.constantFrom('', 'organisation: x\n', '# a comment\n\n'),
      indent: fc.constantFrom('', '  ', '    '),
      had: fc.subarray(['a.csv', 'b.csv', 'ü "q".csv'], { minLength: 1 }),
      note: fc.constantFrom('', ' # note'),
      after: fc.constantFrom(
        '',
        '\n',
        'failOn: high\n',
        '\n# of the key\nfailOn: high',
        'waivers:\n  - id: x\n',
      ),
    });
    fc.assert(
      fc.property(
        around,
        fc.subarray(['a.csv', 'c.csv', 'd.csv']),
        ({ before, indent, had, note, after }, paths) => {
          const lines = had.map(
            (path) => `${indent}- path: ${JSON.stringify(path)}${note}\n${indent}  kind: keys\n`,
          );
          const text = `${before}sources:\n${lines.join('')}${after}`;
          const added = addSources(text, paths.map(entry));
          const fresh = paths.filter((path) => !had.includes(path));
          const all = [...had, ...fresh].map((path) => ({ path, kind: 'keys' }));
          expect(added?.present).toEqual(paths.filter((path) => had.includes(path)));
          expect(parse(added?.text ?? '')).toEqual({ ...parse(text), sources: all });
          expect(added?.text.startsWith(`${before}sources:\n${lines.join('')}`)).toBe(true);
          expect(added?.text.endsWith(after)).toBe(true);
        },
      ),
    );
  });
});
