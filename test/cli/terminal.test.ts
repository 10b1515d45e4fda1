import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columns, columnsOf, fitLines, table } from '../../src/cli/terminal.js';
import { keyproof } from '../support/cli.js';

const ROWS = [
  ['POLICY', 'SEVERITY', 'TITLE'],
  ['rotation-max-age', 'critical', 'Keys are rotated within the age limit of their risk tier'],
];

test.each([
  ['states its width', { columns: 72 }, 72],
  ['states none, as a pipe', {}, 100],
  ['states 0, as a terminal without a size', { columns: 0 }, 100],
])('a stream that %s', (_, stream, width) => {
  expect(columnsOf(stream)).toBe(width);
});

test('a table is as wide as its words where nothing limits it', () => {
  expect(columns(ROWS).split('\n')).toEqual([
    'POLICY            SEVERITY  TITLE',
    'rotation-max-age  critical  Keys are rotated within the age limit of their risk tier',
  ]);
});

test('the widest column goes on under itself, broken between words', () => {
  expect(columns(ROWS, 50).split('\n')).toEqual([
    'POLICY            SEVERITY  TITLE',
    'rotation-max-age  critical  Keys are rotated',
    '                            within the age limit',
    '                            of their risk tier',
  ]);
});

test('no word is lost, and no line is wider than the terminal', () => {
  const cell = fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { maxLength: 8 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 40, max: 90 }),
      (rows, width) => {
        const text = columns(rows, width);
        expect(text.split('\n').filter((line) => line.length > width)).toEqual([]);
        const letters = (one: string) => [...one.replaceAll(/\s/g, '')].sort().join('');
        expect(letters(text)).toBe(letters(rows.flat().join('')));
      },
    ),
  );
});

const HEAD = ['FILE', 'FORMAT', 'RECORDS', 'GIVES'];
const FILE = ['aws/credential-report.csv', 'aws-iam/credential-report', '24', '24 keys, 12 principals'];

test('a table under a head cuts no word: if it does not fit, a row is its first cell and, below it, the others by name', () => {
  expect(table(HEAD, [FILE], 80).split('\n')).toEqual([
    'FILE                       FORMAT                     RECORDS  GIVES',
    'aws/credential-report.csv  aws-iam/credential-report  24       24 keys,',
    '                                                               12 principals',
  ]);
  expect(table(HEAD, [FILE], 40).split('\n')).toEqual([
    'aws/credential-report.csv',
    '  format: aws-iam/credential-report;',
    '    records: 24; gives: 24 keys,',
    '    12 principals',
  ]);
});

test('a longer line is broken between words and goes on under its first word; a path keeps its line', () => {
  const path = `exports/${'a'.repeat(60)}.csv`;
  expect(
    fitLines(`keys.csv\n  - no column was read as the owner of the key\n${path}`, 30).split('\n'),
  ).toEqual(['keys.csv', '  - no column was read as the', '    owner of the key', path]);
});

test('a broken text has the words of the whole one, and no wider line unless a word is wider', () => {
  const text = fc.array(fc.stringMatching(/^( {0,4})(- )?[a-z0-9 .,]{0,90}$/), { maxLength: 5 });
  fc.assert(
    fc.property(text, fc.integer({ min: 30, max: 100 }), (lines, width) => {
      const broken = fitLines(lines.join('\n'), width);
      expect(broken.split(/\s+/).filter(Boolean)).toEqual(lines.join('\n').split(/\s+/).filter(Boolean));
      for (const line of broken.split('\n'))
        expect(line.length <= width || !line.trim().includes(' ')).toBe(true);
    }),
  );
});

test.each([['--help'], ['audit', '--help'], ['report', '--help'], ['policy', 'test', '--help'], ['schema']])(
  '%s %s is as wide as the terminal, whatever its width',
  async (...args) => {
    for (const width of [40, 60, 80, 120]) {
      const { stdout } = await keyproof(args, { columns: width });
      expect(stdout.length).toBeGreaterThan(200);
      const [usage, ...lines] = stdout.split('\n');
      expect(usage).toMatch(/^(Usage:|NAME|assessment)/);
      const wide = lines.filter((line) => line.length > width && /\S \S/.test(line));
      expect(wide).toEqual([]);
    }
  },
);

test('what stands below an option in a narrow terminal is what stands beside it in a wide one', async () => {
  const words = async (width: number) =>
    (await keyproof(['--help'], { columns: width })).stdout.split(/\s+/).filter((word) => word !== '');
  expect(await words(40)).toEqual(await words(200));
});

test('each schema is listed with what it describes', async () => {
  const { stdout } = await keyproof(['schema']);
  expect(stdout).toMatch(/^NAME +DESCRIBES\n/);
  expect(stdout).toMatch(/^waivers +A file of accepted exceptions/m);
  for (const line of stdout.trimEnd().split('\n')) expect(line).toMatch(/^\S+ {2,}\S/);
});
