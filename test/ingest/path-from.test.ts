import { posix, win32 } from 'node:path';
import { expect, it } from 'vitest';
import { pathFrom } from '../../src/ingest/path-from.js';

it.each([
  ['in the root', 'D:\\a\\repo\\exports', 'D:\\a\\repo\\exports\\keys.csv', 'exports/keys.csv'],
  ['beside the root', 'D:\\a\\exports', 'D:\\a\\exports\\vault\\keys.csv', 'exports/vault/keys.csv'],
  ['on another drive', 'C:\\exports', 'C:\\exports\\vault\\keys.csv', 'exports/vault/keys.csv'],
  ['on another drive, the file', 'C:\\exports\\keys.csv', 'C:\\exports\\keys.csv', 'keys.csv'],
  ['another drive', 'C:\\', 'C:\\vault\\keys.csv', 'vault/keys.csv'],
  [
    'on a server',
    '\\\\files\\evidence\\exports',
    '\\\\files\\evidence\\exports\\keys.csv',
    'exports/keys.csv',
  ],
])('on Windows, %s', (_where, anchor, file, path) =>
  expect(pathFrom('D:\\a\\repo', anchor, file, win32)).toBe(path),
);

it.each([
  ['/work/repo/exports', '/work/repo/exports/keys.csv', 'exports/keys.csv'],
  ['/srv/exports', '/srv/exports/vault/keys.csv', 'exports/vault/keys.csv'],
  ['/', '/srv/keys.csv', 'srv/keys.csv'],
])('elsewhere, of %s and %s: %s', (anchor, file, path) =>
  expect(pathFrom('/work/repo', anchor, file, posix)).toBe(path),
);
