import { posix, win32 } from 'node:path';
import { expect, it } from 'vitest';
import { pathIn } from '../../src/text/path-in.js';

it.each([
  ['D:\\a\\repo', 'D:\\a\\repo\\exports\\keys one.csv', 'exports/keys one.csv'],
  ['D:\\a\\repo', 'd:\\A\\Repo\\exports', 'exports'],
  ['D:\\a\\repo\\', 'D:/a/repo/exports/keys.csv', 'exports/keys.csv'],
  ['D:\\a\\repo', 'D:\\a\\repo', ''],
  ['D:\\a\\repo', 'D:\\a\\repo\\..exports', '..exports'],
  ['D:\\a\\repo', 'D:\\a\\repo-2\\exports', null],
  ['D:\\a\\repo', 'C:\\exports', null],
  ['D:\\a\\repo', '\\\\files\\evidence\\exports', null],
  ['D:\\a\\repo', '\\\\?\\D:\\a\\repo\\exports', null],
])('on Windows, of %s and %s: %j', (folder, file, path) => expect(pathIn(folder, file, win32)).toBe(path));

it.each([
  ['/work/repo', '/work/repo/exports/a\\b.csv', 'exports/a\\b.csv'],
  ['/work/repo', '/work/repo', ''],
  ['/work/repo', '/work/repo/..exports', '..exports'],
  ['/work/repo', '/work/exports', null],
  ['/work/repo', '/work', null],
])('elsewhere, of %s and %s: %j', (folder, file, path) => expect(pathIn(folder, file, posix)).toBe(path));
