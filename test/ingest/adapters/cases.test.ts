import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ADAPTERS } from '../../../src/ingest/adapters/index.js';
import { claimsOn } from '../../../src/ingest/detect.js';
import { openInput } from '../../../src/ingest/reading/open-input.js';
import { sampleFile } from '../../../src/ingest/reading/sample.js';
import { allCases, type Case, readInput } from './cases.js';

// UPDATE_CASES=1 writes every expected.json again: read the difference before you commit it.
const CASES = allCases();
const SAMPLES = fileURLToPath(new URL('../../../../shared/samples', import.meta.url));

describe('every case', () => {
  it.each(CASES)('$name is read as expected', async (given) => {
    const file = join(given.folder, 'expected.json');
    const outcome = await outcomeOf(given);
    if (process.env['UPDATE_CASES']) writeFileSync(file, `${JSON.stringify(outcome, null, 2)}\n`);
    expect(outcome).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it.each(CASES.filter(({ spec }) => spec === null))(
    '$name is recognised by its adapter alone',
    async (given) => {
      const { file } = await readInput(given.input, given.path);
      expect(await recognisedBy(given.input, given.path)).toEqual([file.adapter]);
    },
  );
});

it('every adapter has a case, and an id of its own', () => {
  expect([...new Set(CASES.map(({ format }) => format))]).toHaveLength(ADAPTERS.length);
  expect(new Set(ADAPTERS.map(({ id }) => id)).size).toBe(ADAPTERS.length);
});

it('no case goes into the package, which has what tsc makes of src', () => {
  expect(CASES.filter(({ input }) => /\.[cm]?[jt]sx?$/.test(input))).toEqual([]);
  const { files } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  expect(files.filter((path: string) => path === 'src' || path.startsWith('src/ingest'))).toEqual([]);
});

describe.skipIf(!existsSync(SAMPLES))(
  'every real export in shared/samples (skipped if the folder is absent)',
  () => {
    const files = (existsSync(SAMPLES) ? readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }) : [])
      .filter((path) => /\.\w+$/.test(path) && !path.endsWith('SOURCE.txt'))
      .sort();

    it.each(files)('%s is recognised by one adapter at most', async (path) => {
      const found = await recognisedBy(join(SAMPLES, path), path);
      expect(found.length, found.join(', ')).toBeLessThanOrEqual(1);
    });
  },
);

async function recognisedBy(absolute: string, path: string): Promise<string[]> {
  const input = await openInput(absolute);
  const sampled = sampleFile(path, input);
  await input.finish();
  return claimsOn(sampled).claims.map(({ adapter }) => adapter.id);
}

/** All that a case shows; size, hash and lines say nothing about the adapter, and coverage.test.ts has what files speak for. Decisions and fields not read stand there if there are any. */
async function outcomeOf({ input, path, spec }: Case): Promise<object> {
  const { file, records } = await readInput(input, path, spec);
  const { bytes: _bytes, sha256: _sha256, path: _path, lineOffset: _lineOffset, ...said } = file;
  const { decisions, unreadable, unreadableFields, coverage: _coverage, ...always } = said;
  const decided = decisions.length > 0 ? { decisions } : {};
  const unread = unreadableFields > 0 ? { unreadableFields, unreadable } : {};
  return { ...always, ...decided, ...unread, records_by_kind: records };
}
