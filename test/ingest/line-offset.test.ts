import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ingestFile } from '../../src/ingest/ingest-file.js';

const folder = mkdtempSync(join(tmpdir(), 'keyproof-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

async function offsetOf(content: string | Uint8Array, extension = 'csv'): Promise<number | null> {
  files += 1;
  const absolute = join(folder, `keys-${files}.${extension}`);
  writeFileSync(absolute, content);
  const spec = { path: 'keys', as: 'canonical', kind: 'keys' as const };
  const { file } = await ingestFile({ absolute, path: `keys.${extension}`, spec, named: true, parts: null });
  return file.lineOffset;
}

const HEADER = 'key_id,name,environment';

describe('lineOffset', () => {
  it.each([
    ['rows that are lines', `${HEADER}\nk1,a,production\n\nk2,b,production\n`, 0],
    ['rows that end as Windows has it', `${HEADER}\r\nk1,a,production\r\nk2,b,production\r\n`, 0],
    ['a separator line, which is no row', `sep=,\n${HEADER}\nk1,a,production\n`, 1],
    ['a byte order mark', `\ufeff${HEADER}\nk1,a,production\n`, 0],
    ['a cell with a line break', `${HEADER}\nk1,"a\nb",production\nk2,b,production\n`, null],
    ['rows that end with a carriage return alone', `${HEADER}\rk1,a,production\rk2,b,production\r`, null],
    ['one carriage return alone', `${HEADER}\nk1,a,production\rk2,b,production\n`, null],
  ])('of %s', async (_name, text, offset) => {
    expect(await offsetOf(text)).toBe(offset);
  });

  it('of lines of JSON is 0; of a list of JSON, YAML and a compressed file it is not known', async () => {
    const record = { key_id: 'k1', name: 'a', environment: 'production' };
    expect(await offsetOf(`${JSON.stringify(record)}\n${JSON.stringify(record)}\n`, 'ndjson')).toBe(0);
    expect(await offsetOf(JSON.stringify([record]), 'json')).toBeNull();
    expect(await offsetOf('- key_id: k1\n  name: a\n', 'yaml')).toBeNull();
    expect(await offsetOf(gzipSync(`${HEADER}\nk1,a,production\n`), 'csv.gz')).toBeNull();
  });

  it('leads from a row to the line that holds it, or is not known', async () => {
    const cell = fc.constantFrom('plain', 'with "quote"', 'line\nbreak', 'line\r\nbreak', 'a, b', '');
    const rows = fc.array(cell, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n'), fc.boolean(), async (names, end, separator) => {
        const quoted = names.map((name, index) => `k-${index},"${name.replaceAll('"', '""')}",production`);
        const text = [...(separator ? ['sep=,'] : []), HEADER, ...quoted, ''].join(end);
        const offset = await offsetOf(text);
        const lines = text.split('\n');
        if (names.some((name) => name.includes('\n'))) expect(offset).toBeNull();
        else
          for (const index of names.keys())
            expect(lines[index + 2 + (offset ?? -99) - 1]).toContain(`k-${index},`);
      }),
      { numRuns: 60 },
    );
  });
});
