import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packageRoot } from '../../src/assets/package-root.js';
import { openStore } from '../../src/store/index.js';
import { csvLine } from '../../src/text/csv.js';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { dossiersOf, PLAN, partsOf, storeOf, workFolder } from './evidence.js';

/** Any text without NUL, biased to what breaks quoting. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.constantFrom(`'`, `"`, `\n`, `\r\n`, ';--', '\\', '🔑', '`', '$1', '\u2028', ','),
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.join('').replaceAll('\0', ''))
  .filter((text) => text !== '');

describeUnlessProved('hostile text', import.meta.url, STORE_FILES, () => {
  it('comes back from the evidence as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(hostile, hostile), { selector: ([id]) => id, minLength: 1, maxLength: 20 }),
        hostile,
        hostile,
        async (texts, organisation, file) => {
          const keys = texts.map(([key_id, text]) => ({
            key_id,
            purpose: text,
            scopes: [text, ''],
            owner: text,
          }));
          const store = await storeOf({ [file]: { keys } }, { organisation });
          const { of } = await dossiersOf(store, { organisation });
          await store.close();
          const found = new Map(of('key').map(({ key }) => [key.key_id, key]));
          expect(found.size).toBe(keys.length);
          for (const { key_id, purpose, scopes, owner } of keys) {
            expect(found.get(key_id)).toMatchObject({ key_id, purpose, scopes, owner, source: { file } });
          }
          expect(of('organisation')[0]).toMatchObject({
            subject: { id: organisation },
            organisation: { name: organisation },
          });
        },
      ),
      { numRuns: 15 },
    );
  });

  it('sorts subjects by their bytes', async () => {
    const store = await storeOf({
      'keys.csv': { keys: ['b', 'Z', 'ä', 'a', '🔑', '_'].map((key_id) => ({ key_id })) },
    });
    const ids = (await dossiersOf(store)).of('key').map((dossier) => dossier.subject.id);
    expect(ids).toEqual(['Z', '_', 'a', 'b', 'ä', '🔑']);
  });

  it('survives CSV', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 2, maxLength: 5 }), (cells) => {
        const [row] = parse(csvLine(cells), { record_delimiter: '\r\n' });
        expect(row).toEqual(cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)));
      }),
    );
  });
});

describeUnlessProved('loading', import.meta.url, STORE_FILES, () => {
  it('reads a work folder whose name looks like a pattern', async () => {
    const dir = join(await workFolder(), `it's [ab]*`);
    const parts = await partsOf(dir, 'keys.csv', { keys: [{ key_id: 'k1' }] });
    const store = await openStore(dir);
    onTestFinished(() => store.close());
    await store.load(parts);
    await store.resolve(PLAN);
    const buckets = await store.writeBuckets(dir, PLAN);
    expect(buckets.map(({ kind, subjects }) => [kind, subjects])).toEqual([
      ['key', 1],
      ['organisation', 1],
    ]);
    await expect(readFile(buckets[0]?.path ?? '', 'utf8')).resolves.toContain('"key_id":"k1"');
  });

  it('names the input file whose records cannot be loaded', async () => {
    const dir = await workFolder();
    const [part] = await partsOf(dir, 'exports/keys.csv', { keys: [{ key_id: 'k1' }] });
    if (!part) throw new Error('no part');
    await writeFile(part.path, '{"key_id": \n');
    const store = await openStore(dir);
    onTestFinished(() => store.close());
    await expect(store.load([part])).rejects.toThrow('The keys read from exports/keys.csv cannot be loaded.');
  });
});

/** Where an aggregate with ORDER BY makes few groups: those of one bucket, of documents, logs or controls, or of one item. */
const FEW_GROUPS = [
  'dossiers/contradictions.ts',
  'dossiers/documents.ts',
  'dossiers/organisation.ts',
  'dossiers/recurring-controls.ts',
  'dossiers/training.ts',
];

async function sqlOfStore(): Promise<[file: string, text: string][]> {
  const folder = new URL('src/store/', packageRoot);
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(20);
  return await Promise.all(
    files
      .sort()
      .map(
        async (file) =>
          [file.replaceAll('\\', '/'), await readFile(new URL(file, folder), 'utf8')] as [string, string],
      ),
  );
}

describe('the SQL of the store', () => {
  it('compares no column with a constant by IS DISTINCT FROM, which loses rows in DuckDB 1.5.6', async () => {
    for (const [file, text] of await sqlOfStore())
      expect(text, file).not.toMatch(/DISTINCT FROM (?!k\.environment)|[\w"] IS NOT (TRUE|FALSE)/i);
  });

  it('sorts what it collects afterwards: an aggregate with ORDER BY holds some 30 KB a group, which no disk relieves', async () => {
    const ordered = (await sqlOfStore())
      .filter(([, text]) =>
        /\b(list|string_agg|array_agg|first|last|arg_min|arg_max)\((?:[^()`]|\([^()]*\))* ORDER BY/.test(
          text,
        ),
      )
      .map(([file]) => file);
    expect(ordered).toEqual(FEW_GROUPS);
  });
});
