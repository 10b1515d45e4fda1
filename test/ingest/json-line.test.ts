import { expect, test } from 'vitest';
import { jsonLine } from '../../src/ingest/json-line.js';

test('half characters are replaced, whole ones and written-out escapes stay', () => {
  expect(jsonLine({ name: 'a\ud800b', list: ['\udfff'] })).toBe('{"name":"a\ufffdb","list":["\ufffd"]}');
  expect(jsonLine({ name: '🔑 \\ud800' })).toBe('{"name":"🔑 \\\\ud800"}');
});
