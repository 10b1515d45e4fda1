import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINE_ENDS, sniffCsv } from '../../src/ingest/reading/csv-dialect.js';
import { csvRows, type RowBatch } from '../../src/ingest/reading/csv-rows.js';
import { readCsv } from '../../src/ingest/reading/read-csv.js';
import { readJson } from '../../src/ingest/reading/read-json.js';
import { readNdjson } from '../../src/ingest/reading/read-ndjson.js';
import { readFolder } from './folder.js';

const HEADER = 'key_id,name,environment,owner';
const ROWS = ['k1,Card gateway,prod,payments@northbridge.example', 'k2,Statements,test,"Moss, Ada"'];
const CSV = [HEADER, ...ROWS].join('\n');
const utf16 = (text: string, mark = true): Buffer => Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');

async function keysOf(bytes: string | Buffer, name = 'inventory.csv') {
  const { file, records } = await readFolder({ [name]: bytes });
  return { file, keys: records.keys ?? [] };
}

describe('encodings and separators', () => {
  it.each([
    ['comma', CSV],
    ['CRLF and no final newline', CSV.replaceAll('\n', '\r\n')],
    ['semicolon', CSV.replaceAll(',', ';').replace('Moss; Ada', 'Moss, Ada')],
    ['tab', CSV.replaceAll(',', '\t').replace('Moss\t Ada', 'Moss, Ada')],
    ['pipe', CSV.replaceAll(',', '|').replace('Moss| Ada', 'Moss, Ada')],
    ['sep= line', `sep=;\r\n${CSV.replaceAll(',', ';').replace('Moss; Ada', 'Moss, Ada')}`],
    ['UTF-8 with BOM', `\ufeff${CSV}`],
    ['UTF-16 LE with BOM', utf16(CSV)],
    ['UTF-16 LE without BOM', utf16(CSV, false)],
    ['UTF-16 BE with BOM', utf16(CSV).swap16()],
    ['gzip', gzipSync(CSV)],
  ])('reads a CSV file with %s', async (_, bytes) => {
    const { file, keys } = await keysOf(bytes);
    expect(file).toMatchObject({ state: 'used', adapter: 'canonical', records: 2, rejected: 0 });
    expect(keys.map((key) => [key['key_id'], key['owner'], key.source.record])).toEqual([
      ['k1', 'payments@northbridge.example', 'row 2'],
      ['k2', 'Moss, Ada', 'row 3'],
    ]);
  });

  it('reads Windows-1252 with a warning', async () => {
    const { file, keys } = await keysOf(Buffer.from(`${HEADER}\nk1,Überweisung,prod,Zoë`, 'latin1'));
    expect(keys[0]).toMatchObject({ name: 'Überweisung', owner: 'Zoë' });
    expect(file.warnings.join()).toContain('Windows-1252');
  });

  it('tells UTF-8 from Windows-1252 by the whole file, across chunk borders', async () => {
    const filler = Array.from({ length: 40_000 }, (_, index) => `k${index},Grüße,prod,Zoë`).join('\n');
    const { file, keys } = await keysOf(`${HEADER}\n${filler}`);
    expect(file.warnings).toEqual([]);
    expect(keys.length).toBe(40_000);
    expect(keys.every((key) => key['name'] === 'Grüße' && key['owner'] === 'Zoë')).toBe(true);
  });

  it('gives the hash of the file as it lies on disk', async () => {
    const bytes = gzipSync(CSV);
    const { file } = await keysOf(bytes);
    expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(file.bytes).toBe(bytes.length);
  });
});

describe('CSV', () => {
  it('numbers rows as a spreadsheet does: a quoted line break is no row, an empty line is', async () => {
    const { keys } = await keysOf(`${HEADER}\nk1,"two\nlines",prod,a\n\nk2,x,test,b\n`);
    expect(keys.map((key) => key.source.record)).toEqual(['row 2', 'row 4']);
    expect(keys[0]?.['name']).toBe('two\nlines');
  });

  it('keeps a row that lacks only cells at its end that a record can do without', async () => {
    const { file, keys } = await keysOf(`${HEADER}\nk1,a,prod\nk3,c,prod,o,,\nk4,d,prod,o`);
    expect(file).toMatchObject({ state: 'used', records: 3, rejected: 0, unreadableFields: 0 });
    expect(file.decisions).toContain(
      'cells that rows lack at their end are read as empty, as Excel leaves them out',
    );
    expect(keys.map((key) => [key['key_id'], key['owner']])).toEqual([
      ['k1', undefined],
      ['k3', 'o'],
      ['k4', 'o'],
    ]);
  });

  it('rejects a row with too many cells, or without its id, and reads the rest', async () => {
    const header = 'name,environment,owner,key_id';
    const { file, keys } = await keysOf(`${header}\na,prod,o\nb,prod,o,k2,extra\nc,prod,o,k3\nd`);
    expect(file).toMatchObject({ state: 'used', records: 3, rejected: 2 });
    expect(file.rejects.map(({ record, reason }) => `${record}: ${reason}`)).toEqual([
      'row 2: the row has 3 cells, the header has 4',
      'row 3: the row has 5 cells, the header has 4',
    ]);
    expect(keys.map((key) => key['key_id'])).toEqual(['k3']);
  });

  it('rejects a row whose quote is closed rows later, and finds its way back', async () => {
    const { file, keys } = await keysOf(
      `${HEADER}\nk1,"open,prod,o\nk2,b,prod,o\nk3,c",prod,o\nk4,"it""s",prod,o`,
    );
    expect(keys.map((key) => key['name'])).toContain('it"s');
    expect(file.rejected + keys.length).toBe(file.records);
  });

  it('says that rows are lost where a quote is never closed, and keeps those before it', async () => {
    const { file, keys } = await keysOf(`${HEADER}\nk1,a,prod,o\nk2,"b,prod,o\nk3,c,prod,o\n`);
    expect(file.state).toBe('unreadable');
    expect(file.warnings.join()).toContain('row 3 is never closed');
    expect(keys.map((key) => key['key_id'])).toEqual(['k1']);
  });

  it('tells the separator of any even table', () => {
    const cell = fc.stringMatching(/^[a-z0-9 .:@/-]{1,12}$/);
    fc.assert(
      fc.property(
        fc.constantFrom(',', ';', '\t', '|'),
        fc
          .integer({ min: 2, max: 8 })
          .chain((width) =>
            fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2 }),
          ),
        (delimiter, rows) => {
          const table = rows.map((row) => row.map((text) => `c${text}`).join(delimiter)).join('\n');
          expect(sniffCsv(table, true)?.delimiter).toBe(delimiter);
        },
      ),
    );
  });

  it('tells the separator of a table whose cells hold lists', () => {
    const text = 'key_id,scopes\nk1,read;write;admin\nk2,read;list;admin\n';
    expect(sniffCsv(text, true)).toMatchObject({
      delimiter: ',',
      headerRow: 1,
      header: ['key_id', 'scopes'],
    });
  });

  it('gives every cell back, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }),
        async (cells) => {
          const row = cells.map((text) => `"c${text.replaceAll('"', '""')}"`).join(',');
          const header = cells.map((_, index) => `h${index}`);
          const events = await collect(
            readCsv(chunked(`${header.join(',')}\n${row}\n`), {
              delimiter: ',',
              separatorLine: false,
              headerRow: 1,
              titles: false,
              header,
              consistency: 1,
            }),
          );
          expect(events).toMatchObject([
            {
              type: 'record',
              raw: { value: Object.fromEntries(cells.map((text, index) => [`h${index}`, `c${text}`])) },
            },
          ]);
        },
      ),
    );
  });
});

describe('CSV of any make', () => {
  const cell = fc.stringMatching(/^[a-z0-9 .,;:"\r\n-]{0,8}$/);
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

  it('numbers rows as they are written, under any mix of line ends and quotes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, lineEnd), { maxLength: 12 }),
        lineEnd,
        fc.integer({ min: 1, max: 7 }),
        async (table, headerEnd, size) => {
          const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const body = table.map(
            ([a, b, end], index) => `"k${index}",${quoted(`x${a}`)},${quoted(`y${b}`)}${end}`,
          );
          const text = `id,a,b${headerEnd}${body.join('')}`;
          const dialect = sniffCsv(text, true);
          const events = dialect ? await collect(readCsv(chunked(text, size), dialect)) : [];
          expect(events.filter(({ type }) => type !== 'lines-differ')).toEqual(
            table.map(([a, b], index) => ({
              type: 'record',
              raw: {
                record: `row ${index + 2}`,
                list: '',
                value: { id: `k${index}`, a: `x${a}`, b: `y${b}` },
              },
            })),
          );
        },
      ),
    );
  });

  it('reads every row as csv-parse does, wherever quotes stand and however the text is cut', async () => {
    const piece = fc.constantFrom('a', 'b c', ',', ',', '"', '""', '",', ',"', '\n', '\n', '\r\n', '\r');
    const sizes = fc.integer({ min: 1, max: 9 });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), sizes, async (pieces, size) => {
        const text = pieces.join('');
        const rows: string[][] = [];
        const failed = await collectRows(csvRows(chunked(text, size), ','), rows);
        const expected = csvParseRows(text);
        expect({ rows, failed }).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never throws anything but a sentence, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', '1', ',', ';', '"', '\r', '\n', '=', '#') }),
        async (text) => {
          const dialect = sniffCsv(text, true);
          if (!dialect) return;
          const failure = await collect(readCsv(chunked(text, 3), dialect)).catch((error) => error);
          if (!Array.isArray(failure)) expect(failure.message).toContain('is never closed');
        },
      ),
    );
  });
});

describe('JSON', () => {
  it('names the byte at which a record is no JSON, whatever stands before it', async () => {
    const before = '{"note":"é 🔑","SecretList":[{"n":"ü"} , {"n":2},';
    const text = `${before}{"n":?}]}`;
    const failure = await collect(readJson(chunked(text, 7), items)).catch((error) => error);
    expect(failure.message).toContain(`at byte ${Buffer.byteLength(before) + 5};`);
  });

  it('refuses what stands between records, or after a comma', async () => {
    for (const list of ['{"n":1}{"n":2}', '{"n":1} x', '{"n":1},', ',{"n":1}', '{"n":1},,{"n":2}', '1"']) {
      for (const text of [`[${list}]`, `{"SecretList":[${list}]}`]) {
        const failure = await collect(readJson(chunked(text, 3), items)).catch((error) => error);
        expect(String(failure), text).toContain('not valid JSON');
      }
    }
  });

  const items = ['$.SecretList', '$', ''];
  const records = async (text: string, lists = items) =>
    (await collect(readJson(chunked(text), lists))).map((event) =>
      event.type === 'record'
        ? `${event.raw.record} ${event.raw.list} ${JSON.stringify(event.raw.value)}`
        : event.type,
    );

  it('finds records in a list, a bare array, one object, pages and documents one after the other', async () => {
    expect(await records('{"a":1,"SecretList":[{"n":1},{"n":2}],"NextToken":"x"}')).toEqual([
      '/SecretList/0 $.SecretList {"n":1}',
      '/SecretList/1 $.SecretList {"n":2}',
      'envelope',
    ]);
    expect(await records('[{"n":1}]')).toEqual(['/0 $ {"n":1}']);
    expect(await records('{"n":1}')).toEqual(['doc 1  {"n":1}']);
    expect(await records('[{"SecretList":[{"n":1}]},{"SecretList":[]}]')).toEqual([
      '/0/SecretList/0 $.SecretList {"n":1}',
      'envelope',
      'envelope',
    ]);
    expect(await records('{"n":1}\n{"SecretList":[{"n":2}]}')).toEqual([
      'doc 1  {"n":1}',
      'doc 2 /SecretList/0 $.SecretList {"n":2}',
      'envelope',
    ]);
    expect(await records('null')).toEqual([]);
    expect(await records('[]')).toEqual([]);
  });

  it('calls what is no object malformed', async () => {
    expect(await records('[1,{"n":1},"x"]')).toEqual(['malformed', '/1 $ {"n":1}', 'malformed']);
    expect(await records('{"other":1}', ['$.SecretList'])).toEqual(['malformed']);
  });

  it('finds lists below lists and below any member, with the objects that they lie in', async () => {
    const log = '{"v":1,"runs":[{"tool":"a","results":[{"n":1},{"n":2}]},{"results":null},{"results":[3]}]}';
    expect(await records(log, ['$.runs.*.results'])).toEqual([
      '/runs/0/results/0 $.runs.*.results {"n":1}',
      '/runs/0/results/1 $.runs.*.results {"n":2}',
      'malformed',
      'envelope',
    ]);
    expect(await records(`[${log}]`, ['$.runs.*.results'])).toHaveLength(4);
    expect(await records('{"runs":[]}', ['$.runs.*.results'])).toEqual(['envelope']);
    expect(await records('{"results":{"a/b":[{"n":1}],"c":[]}}', ['$.results.*'])).toEqual([
      '/results/a~1b/0 $.results.* {"n":1}',
      'envelope',
    ]);
    const [first] = await collect(readJson(chunked(log, 5), ['$.runs.*.results']));
    expect(first).toMatchObject({ raw: { within: [{ v: 1 }, { tool: 'a' }] } });
  });

  it('finds in a stream what it finds in a value as a whole', async () => {
    const run = fc.record({
      tool: fc.string(),
      results: fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.record({ runs: fc.array(run, { maxLength: 3 }) }),
        fc.integer({ min: 1, max: 9 }),
        async (log, size) => {
          const text = JSON.stringify(log);
          const lists = ['$.runs.*.results'];
          const streamed = await collect(readJson(chunked(text, size), lists));
          const whole = await collect(readNdjson(chunked(text, size), lists));
          const seen = (events: typeof whole) =>
            events.flatMap((event) =>
              event.type === 'record' ? [{ ...event.raw, within: event.raw.within?.at(-1)?.['tool'] }] : [],
            );
          expect(seen(streamed)).toEqual(
            seen(whole).map((raw) => ({ ...raw, record: raw.record.replace('line 1 ', '') })),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('reads the same records as JSON.parse, however the text is cut', async () => {
    const members = fc.dictionary(fc.string(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(
        fc.array(members, { maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        async (list, size) => {
          const text = JSON.stringify(list);
          const events = await collect(readJson(chunked(text, size), ['$']));
          const values = events.map((event) => (event.type === 'record' ? event.raw.value : null));
          expect(JSON.stringify(values)).toBe(text);
        },
      ),
    );
  });

  it('keeps the records before the place where a file was cut off', async () => {
    const whole = JSON.stringify(
      Array.from({ length: 50 }, (_, n) => ({ key_id: `k${n}`, name: 'n', owner: 'o', environment: 'prod' })),
    );
    const { file, keys } = await keysOf(whole.slice(0, -200), 'keys.json');
    expect(file.state).toBe('unreadable');
    expect(file.warnings).toEqual([
      'the file ends in the middle of its JSON: it was cut off; export it again',
    ]);
    expect(keys.length).toBeGreaterThan(40);
  });

  it('keeps the records before the place where gzip data was cut off', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, n) => `k${n},${createHash('md5').update(String(n)).digest('hex')},prod,o`,
    );
    const bytes = gzipSync([HEADER, ...rows].join('\n'));
    const { file, keys } = await keysOf(bytes.subarray(0, bytes.length / 2), 'inventory.csv.gz');
    expect(file.state).toBe('unreadable');
    expect(file.warnings.join()).toContain('gzip data ends early');
    expect(keys.length).toBeGreaterThan(1_000);
  });

  it('says where a file stops being JSON', async () => {
    const { file, keys } = await keysOf(
      '[{"key_id":"k1","name":"a","owner":"b"},{"key_id" "k2"}]',
      'keys.json',
    );
    expect(file.state).toBe('unreadable');
    expect(file.warnings.join()).toContain('not valid JSON');
    expect(keys.length).toBe(1);
  });
});

describe('NDJSON', () => {
  it('rejects a bad line and goes on, with line numbers', async () => {
    const lines = [
      '{"key_id":"k1","name":"a","owner":"o"}',
      '',
      '{"key_id":',
      '[1]',
      '{"key_id":"k2","name":"b","owner":"o"}',
    ];
    const { file, keys } = await keysOf(lines.join('\n'), 'keys.ndjson');
    expect(keys.map((key) => key.source.record)).toEqual(['line 1', 'line 5']);
    expect(file.rejects.map(({ record }) => record)).toEqual(['line 3', 'line 4 /0']);
  });

  it('reads every line, however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 1, max: 9 }),
        async (list, size) => {
          const text = list.map((value) => JSON.stringify(value)).join('\r\n');
          const events = await collect(readNdjson(chunked(text, size), ['']));
          expect(events.map((event) => event.type === 'record' && JSON.stringify(event.raw.value))).toEqual(
            list.map((value) => JSON.stringify(value)),
          );
        },
      ),
    );
  });
});

describe('YAML', () => {
  it('reads a long list with line ends of Windows', async () => {
    const items = Array.from({ length: 300 }, (_, n) => `  - key_id: k${n}\r\n    owner: o\r\n`);
    const { keys, file } = await keysOf(`keys:\r\n${items.join('')}`, 'keys.yaml');
    expect(file.warnings).toEqual([]);
    expect(keys).toHaveLength(300);
  });

  it('reads documents and lists, and leaves digits as they were written', async () => {
    const yaml =
      'keys:\n  - key_id: 0042\n    name: a\n    owner: o\n    token_ttl_s: 900\nroutes:\n  - route_id: r1\n    url: https://api\n    min_tls: 1.2\n';
    const { file, records } = await readFolder({ 'evidence.yaml': yaml });
    expect(file).toMatchObject({ state: 'used', produced: { keys: 1, routes: 1 } });
    expect(records.keys?.[0]).toMatchObject({
      key_id: '0042',
      token_ttl_s: 900,
      source: { record: 'doc 1 /keys/0' },
    });
    expect(records.routes?.[0]).toMatchObject({ min_tls: '1.2' });
  });

  it('reads one record a document', async () => {
    const yaml = '---\nkey_id: k1\nname: a\nowner: o\n---\nkey_id: k2\nname: b\nowner: o\n';
    const { keys } = await keysOf(yaml, 'keys.yml');
    expect(keys.map((key) => key.source.record)).toEqual(['doc 1', 'doc 2']);
  });

  it('does not expand an alias bomb', async () => {
    const bomb = Array.from(
      { length: 9 },
      (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(',')}]`,
    ).join('\n');
    const { file } = await keysOf(`key_id: k1\nname: a\nowner: o\na0: &a0 [x]\n${bomb}`, 'keys.yaml');
    expect(file.state).toBe('unreadable');
  });

  it('says at which line it is broken', async () => {
    const { file } = await keysOf('keys:\n  - key_id: k1\n   name: [a\n', 'keys.yaml');
    expect(file.state).toBe('unreadable');
    expect(file.warnings.join()).toMatch(/not valid YAML at line \d/);
  });
});

async function* chunked(text: string, size = 1 << 16): AsyncGenerator<string> {
  const points = [...text];
  for (let at = 0; at < points.length; at += size) yield points.slice(at, at + size).join('');
}

async function collect<T>(batches: AsyncIterable<T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

/** Collects rows, and returns whether they broke off. */
async function collectRows(batches: AsyncIterable<RowBatch>, rows: string[][]): Promise<boolean> {
  for await (const { rows: some, error } of batches) {
    rows.push(...some);
    if (error) return true;
  }
  return false;
}

/** Rows of csv-parse alone, until it fails. */
function csvParseRows(text: string): { rows: string[][]; failed: boolean } {
  const rows: string[][] = [];
  const keep = (row: string[]): null => {
    rows.push(row);
    return null;
  };
  const options = {
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: LINE_ENDS,
    on_record: keep,
  };
  try {
    parse(text, options);
    return { rows, failed: false };
  } catch {
    return { rows, failed: true };
  }
}

describe('a place that should lead to a list of records below others', () => {
  const report = (repositories: unknown) =>
    JSON.stringify({ format: 'keyproof-scan/1', scannedAt: '2026-09-30T10:00:00Z', repositories });
  const whole = { repository: 'northbridge/cards', scope: 'history', findings: [], coverage: { unread: [] } };

  it.each([
    ['holds a number', report([whole, 5]), '/repositories/1', 'expected an object, found a number'],
    [
      'holds an object with a text for its list',
      report([{ ...whole, findings: 'none' }]),
      '/repositories/0/findings',
      'expected a list of records, found a text',
    ],
  ])('is rejected if it %s', async (_, text, record, reason) => {
    const { file } = await readFolder({ 'scan.json': text });
    expect(file.rejects).toContainEqual({ record, field: null, reason });
    expect(file.rejected).toBe(1);
  });

  it('may be absent or null', async () => {
    const { file } = await readFolder({ 'scan.json': report([{ ...whole, findings: null }]) });
    expect(file.rejected).toBe(0);
  });
});
