import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadFrameworks } from '../../src/assess/index.js';
import { loadConfig } from '../../src/config/load-config.js';
import { writtenText } from '../../src/text/encoding.js';

const UTF_16 = 'It is in UTF-16, and UTF-8 is expected; save it as UTF-8.';

let dir = '';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyproof-encoding-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

function file(name: string, bytes: Buffer): string {
  writeFileSync(join(dir, name), bytes);
  return join(dir, name);
}

describe('the text of a file that is to be UTF-8', () => {
  test.each([
    ['UTF-8', Buffer.from('a\nNæstved\n'), 'a\nNæstved\n', null],
    ['UTF-8 behind a byte-order mark', Buffer.from('\uFEFFNæstved'), 'Næstved', null],
    ['nothing', Buffer.alloc(0), '', null],
    ['UTF-16 behind a byte-order mark', Buffer.from('\uFEFFNæstved', 'utf16le'), 'Næstved', UTF_16],
    ['UTF-16 without one', Buffer.from('organisation', 'utf16le'), 'organisation', UTF_16],
    [
      'Latin-1',
      Buffer.from('a\nNæstved\n', 'latin1'),
      'a\nNæstved\n',
      'Line 2 is not in UTF-8, which is expected; save it as UTF-8.',
    ],
    [
      'a character cut off at the end',
      Buffer.from('aæ').subarray(0, 2),
      'aÃ',
      'Line 1 is not in UTF-8, which is expected; save it as UTF-8.',
    ],
  ])('is read, and what is wrong named: %s', (_, bytes, text, fault) => {
    expect(writtenText(bytes)).toEqual({ text, fault });
  });

  test('keyproof.yaml in another encoding is refused, where a name would be changed', () => {
    const path = file('keyproof.yaml', Buffer.from('organisation: Næstved Bank\n', 'latin1'));
    expect(() => loadConfig(path, 'keyproof.yaml')).toThrow(
      /^keyproof\.yaml: Line 1 is not in UTF-8, which is expected; save it as UTF-8\.$/,
    );
  });

  test('a framework in UTF-16 is refused in one line', () => {
    const path = file('own.yaml', Buffer.from('\uFEFFid: own\n', 'utf16le'));
    expect(() => loadFrameworks([path], {})).toThrow(`own.yaml: ${UTF_16}`);
  });
});
