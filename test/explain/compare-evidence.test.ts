import { expect, test } from 'vitest';
import { compareEvidence, isOtherEvidence } from '../../src/explain/replay/index.js';
import type { InputFile } from '../../src/model/index.js';
import { inputFile } from '../support/input-file.js';

const file = (path: string, sha256: string | null, state: InputFile['state'] = 'used'): InputFile =>
  inputFile(path, { sha256, state, adapter: null, records: 0, produced: {} });

test.each<[string, InputFile[], InputFile[], string[], boolean]>([
  ['the same', [file('a', '1')], [file('a', '1')], [], false],
  ['other content', [file('a', '1')], [file('a', '2')], ['a changed 1 2'], true],
  ['gone', [file('a', '1'), file('b', '2')], [file('b', '2')], ['a missing 1 null'], true],
  ['one more', [file('b', '2')], [file('a', '1'), file('b', '2')], ['a added null 1'], true],
  ['another path', [file('x/a', '1')], [file('a', '1')], ['x/a renamed 1 1 a'], false],
  ['no longer readable', [file('a', '1')], [file('a', null, 'unreadable')], ['a changed 1 null'], true],
  [
    'never readable, elsewhere',
    [file('a', null, 'unreadable')],
    [file('b', null, 'unreadable')],
    ['a missing null null', 'b added null null'],
    true,
  ],
  ['not evidence', [file('a', '1', 'not-used')], [file('b', '2', 'not-used')], [], false],
])('%s', (_, pack, now, expected, other) => {
  const differences = compareEvidence(pack, now);
  const texts = differences.map(({ path, kind, was, is, now: under }) =>
    [path, kind, was, is, under ?? []].flat().map(String).join(' '),
  );
  expect(texts).toEqual(expected);
  expect(differences.some(isOtherEvidence)).toBe(other);
});
