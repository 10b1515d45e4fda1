import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { proposeSources } from '../../src/ingest/proposal/propose-source.js';
import { CONTENT_BOUNDS } from '../../src/ingest/reading/bounded-bytes.js';
import { openSheet } from '../../src/ingest/workbooks/open-sheet.js';
import type { AuditPlan, SourceSpec } from '../../src/model/index.js';
import { zipOf } from '../support/zip.js';
import { readFolder, type Written } from './folder.js';

const folder = mkdtempSync(join(tmpdir(), 'workbooks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const source = (path: string, spec: Partial<SourceSpec>): Partial<AuditPlan> => ({
  sources: [{ path, ...spec }],
});
const plain = (records: Written[] = []) =>
  records.map(({ source: _, stated_by: __, unclear: ___, ...record }) => record);
const day = (date: string) => ({
  state: 'known',
  ms: Date.parse(`${date}T00:00:00Z`),
  tolerance_ms: 86_399_999,
});

/** A workbook by hand: XML of its sheets, by name; `^` before a name hides it. */
function workbookOf(sheets: { [name: string]: string }, more: { [part: string]: string } = {}): Buffer {
  const names = Object.keys(sheets);
  const tabs = names.map(
    (name, index) =>
      `<sheet name="${name.replace('^', '')}" sheetId="${index + 1}" ${name.startsWith('^') ? 'state="hidden" ' : ''}r:id="rId${index + 1}"/>`,
  );
  const links = names.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="http://x/relationships/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  const parts: { [part: string]: string } = {
    'xl/workbook.xml': `<workbook xmlns:r="r"><workbookPr ${more['epoch'] ?? ''}/><sheets>${tabs.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${links.join('')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': `<sst>${more['texts'] ?? ''}</sst>`,
    ...Object.fromEntries(
      Object.values(sheets).map((xml, index) => [`xl/worksheets/sheet${index + 1}.xml`, xml]),
    ),
  };
  return zipOf(Object.entries(parts).map(([name, text]) => ({ name, content: Buffer.from(text) })));
}

const text = (value: string): string => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const row = (number: number, ...cells: string[]): string => `<row r="${number}">${cells.join('')}</row>`;
const sheet = (rows: string, after = ''): string =>
  `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`;
const HEADER = row(1, ...['key_id', 'owner', 'created', 'environment', 'name'].map(text));

describe('a workbook that a library wrote', () => {
  it('is read as the CSV of its sheet: header below titles, dates, numbers, yes and no', async () => {
    const bytes = await writeExcelFile([
      [{ value: 'Northbridge Bank - credential register' }],
      [],
      ['key_id', 'owner', 'created', 'overlap_days', 'icfr_relevant'].map((value) => ({ value })),
      [
        { value: 'gate-1' },
        { value: 'Moss; "Cards"' },
        { value: new Date(Date.UTC(2026, 8, 15)), type: Date, format: 'dd/mm/yyyy' },
        { value: 14, type: Number },
        { value: true, type: Boolean },
      ],
    ]).toBuffer();
    const { file, records } = await readFolder(
      { 'register.xlsx': bytes },
      source('register.xlsx', { kind: 'keys' }),
    );
    expect(plain(records.keys)).toMatchObject([
      { key_id: 'gate-1', owner: 'Moss; "Cards"', created: day('2026-09-15') },
    ]);
    expect(records.keys?.[0]?.source).toEqual({ file: 'register.xlsx', record: 'row 4' });
    expect(file.decisions).toContain('row 3 holds the column names');
    expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('with several sheets gives a file for each, or the one that keyproof.yaml names', async () => {
    const table = (id: string) =>
      [
        ['key_id', 'owner'],
        [id, 'Moss'],
      ].map((cells) => cells.map((value) => ({ value })));
    const bytes = await writeExcelFile([
      { data: table('gate-1'), sheet: 'Production' },
      { data: table('gate-2'), sheet: 'Test' },
    ]).toBuffer();
    const all = await readFolder({ 'register.xlsx': bytes }, source('register.xlsx', { kind: 'keys' }));
    expect(all.files.map(({ path, state }) => [path, state])).toEqual([
      ['register.xlsx/Production', 'used'],
      ['register.xlsx/Test', 'used'],
    ]);
    expect(all.records.keys).toHaveLength(2);
    const one = await readFolder(
      { 'register.xlsx': bytes },
      source('register.xlsx', { kind: 'keys', sheet: 'Test' }),
    );
    expect(one.files.map(({ path, state }) => [path, state])).toEqual([
      ['register.xlsx', 'used'],
      ['register.xlsx/Production', 'not-used'],
    ]);
    expect(plain(one.records.keys)).toEqual([{ key_id: 'gate-2', owner: 'Moss' }]);
    const none = await readFolder(
      { 'register.xlsx': bytes },
      source('register.xlsx', { kind: 'keys', sheet: 'Tset' }),
    );
    expect(none.file).toMatchObject({
      state: 'unreadable',
      warnings: [
        'keyproof.yaml names the sheet "Tset", which the workbook lacks; did you mean "Test"? Its sheets are Production, Test',
      ],
    });
  });

  it('is proposed by init --from as a CSV is', async () => {
    const path = join(folder, 'register.xlsx');
    const rows = [
      ['Kennung', 'Verantwortlich'],
      ['gate-1', 'Moss'],
    ];
    writeFileSync(
      path,
      await writeExcelFile(rows.map((cells) => cells.map((value) => ({ value })))).toBuffer(),
    );
    const [proposal] = await proposeSources({ absolute: path, path: 'register.xlsx' });
    expect(proposal?.spec).toMatchObject({
      kind: 'keys',
      columns: { key_id: 'Kennung', owner: 'Verantwortlich' },
    });
  });
});

describe('entries of keyproof.yaml for what is inside of a file', () => {
  const rows = (...cells: string[][]): string =>
    sheet(cells.map((names, index) => row(index + 1, ...names.map(text))).join(''));
  const workbook = workbookOf({
    Klucze: rows(['Klucz', 'Kto'], ['k-1', 'Ines']),
    Rotacje: rows(['Klucz', 'Co'], ['k-1', 'Rotacja']),
  });
  const keys: SourceSpec = {
    path: 'r.xlsx/Klucze',
    kind: 'keys',
    columns: { key_id: 'Klucz', owner: 'Kto' },
  };
  const steps: SourceSpec = {
    path: 'r.xlsx/Rotacje',
    kind: 'rotations',
    columns: { key_id: 'Klucz', step: 'Co' },
  };
  const read = { keys: [{ key_id: 'k-1', owner: 'Ines' }], rotations: [{ key_id: 'k-1', step: 'rotated' }] };

  it('read each sheet of a workbook by its own', async () => {
    const { records, notFound } = await readFolder({ 'r.xlsx': workbook }, { sources: [keys, steps] });
    expect(notFound).toEqual([]);
    expect(records).toMatchObject(read);
  });

  it('read each sheet by its own if they name the workbook and the sheet', async () => {
    const sources = [keys, steps].map((spec) => ({
      ...spec,
      path: 'r.xlsx',
      sheet: spec.path.slice('r.xlsx/'.length),
    }));
    const { records, files } = await readFolder({ 'r.xlsx': workbook }, { sources });
    expect(files.map(({ state }) => state)).toEqual(['used', 'used']);
    expect(records).toMatchObject(read);
  });

  it('read a file of an archive, and a sheet in it; what is not there is missing', async () => {
    const packed = zipOf([
      { name: 'q3/r.xlsx', content: workbook },
      { name: 'q3/steps.csv', content: Buffer.from('Klucz;Co\nk-1;Rotacja\n') },
    ]);
    const sources = [
      { ...keys, path: 'all.zip/q3/r.xlsx/Klucze' },
      { ...steps, path: 'all.zip/q3/steps.csv' },
      { ...steps, path: 'all.zip/gone.csv' },
    ];
    const { records, notFound } = await readFolder({ 'all.zip': packed }, { sources });
    expect(notFound).toEqual(['all.zip/gone.csv']);
    expect(records).toMatchObject(read);
  });

  it('are proposed, one for each sheet', async () => {
    const path = join(folder, 'two.xlsx');
    const bytes = await writeExcelFile([
      {
        data: [
          ['Kennung', 'Letzte Rotation'],
          ['k-1', '2026-07-01'],
        ].map((cells) => cells.map((value) => ({ value }))),
        sheet: 'A',
      },
      {
        data: [
          ['Kennung', 'Gültig bis'],
          ['k-2', '2026-12-01'],
        ].map((cells) => cells.map((value) => ({ value }))),
        sheet: 'B',
      },
    ]).toBuffer();
    writeFileSync(path, bytes);
    const all = await proposeSources({ absolute: path, path: 'two.xlsx' });
    expect(all.map(({ spec }) => spec?.path)).toEqual(['two.xlsx/A', 'two.xlsx/B']);
    const [only, ...others] = await proposeSources({ absolute: path, path: 'two.xlsx', inside: 'B' });
    expect([only?.spec?.columns, others]).toEqual([{ key_id: 'Kennung', expires: 'Gültig bis' }, []]);
    await expect(proposeSources({ absolute: path, path: 'two.xlsx', inside: 'C' })).rejects.toThrow(
      'two.xlsx: it holds no "C" that can be read; it holds two.xlsx/A, two.xlsx/B.',
    );
  });
});

describe('a workbook as Excel saves it', () => {
  const spec = source('register.xlsx', { kind: 'keys' });
  const read = (bytes: Buffer, plan = spec) => readFolder({ 'register.xlsx': bytes }, plan);

  it('keeps shared and rich texts, counts merged cells for each row, reads hidden rows and says both', async () => {
    const texts =
      '<si><r><t>gate</t></r><r><t>-1</t></r><rPh><t>x</t></rPh></si><si><t>Moss &amp; Fern_x000A_Cards</t></si>';
    const xml = sheet(
      `${HEADER}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>` +
        `<row r="3" hidden="1">${text('gate-2')}</row><row r="6"><c r="A6" t="str"><f>"gate"&amp;"-3"</f><v>gate-3</v></c><c r="D6" t="inlineStr"><is><t>Prod</t></is></c></row>`,
      '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>',
    );
    const { file, records } = await read(workbookOf({ Keys: xml }, { texts }));
    expect(plain(records.keys)).toEqual([
      { key_id: 'gate-1', owner: 'Moss & Fern\nCards' },
      { key_id: 'gate-2', owner: 'Moss & Fern\nCards' },
      { key_id: 'gate-3', environment: 'production' },
    ]);
    expect(records.keys?.map((key) => key.source.record)).toEqual(['row 2', 'row 3', 'row 6']);
    expect(file.decisions).toEqual(
      expect.arrayContaining([
        'sheet "Keys" of the workbook is read',
        'hidden rows are read as the others: 3',
        'merged cells count for each of their rows: rows 2 to 3',
      ]),
    );
  });

  it.each([
    ['1900', '', 46_280],
    ['1904', 'date1904="1"', 44_818],
  ])('reads the day numbers of date cells, counted from %s', async (_, epoch, serial) => {
    const cells = `<c r="A2" t="inlineStr"><is><t>gate-1</t></is></c><c r="C2" s="2"><v>${serial}</v></c>`;
    const { records } = await read(
      workbookOf({ Keys: sheet(`${HEADER}<row r="2">${cells}</row>`) }, { epoch }),
    );
    expect(plain(records.keys)).toEqual([{ key_id: 'gate-1', created: day('2026-09-15') }]);
  });

  it('loses the field of an error or of a formula without a result, and keeps the record', async () => {
    const cells = '<c r="B2" t="e"><v>#N/A</v></c><c r="C2" s="1"><v>0</v></c><c r="E2"><f>A1</f></c>';
    const { file, records } = await read(
      workbookOf({ Keys: sheet(`${HEADER}<row r="2">${text('gate-1')}${cells}</row>`) }),
    );
    expect(plain(records.keys)).toEqual([{ key_id: 'gate-1' }]);
    expect(file.unreadable.map(({ field }) => field).sort()).toEqual(['created', 'name', 'owner']);
    expect(file.warnings).toContain(
      'formulas without a stored result are read as #N/A: E2; open the workbook in a spreadsheet program and save it',
    );
  });

  it('keeps the zeros that a format shows, and refuses an id with more digits than a spreadsheet keeps', async () => {
    const ids =
      '<row r="2"><c r="A2" s="3"><v>42</v></c></row><row r="3"><c r="A3"><v>1.23E+15</v></c></row>';
    const { file, records } = await read(workbookOf({ Keys: sheet(HEADER + ids) }));
    expect(plain(records.keys)).toEqual([{ key_id: '000042' }]);
    expect(file.rejects).toMatchObject([{ record: 'row 3', field: 'key_id' }]);
    expect(file.rejects[0]?.reason).toContain('1.23E+15');
  });

  it('does not read a hidden sheet, and says so; empty sheets are nothing', async () => {
    const { files } = await read(
      workbookOf({
        Keys: sheet(HEADER + row(2, text('gate-1'))),
        '^Old': sheet(row(1, text('x'))),
        Empty: sheet(''),
      }),
      {},
    );
    expect(files.map(({ path, state, warnings }) => [path, state, ...warnings.slice(0, 1)])).toEqual([
      ['register.xlsx', 'used'],
      [
        'register.xlsx/Old',
        'not-used',
        'a hidden sheet: name it in keyproof.yaml (sources, sheet) if it should be read',
      ],
    ]);
  });

  it.each([
    [
      'is cut off',
      workbookOf({ Keys: sheet(HEADER) }).subarray(0, 400),
      'the workbook is damaged or was cut off',
    ],
    ['is damaged inside', workbookOf({ Keys: `${sheet(HEADER)}</x>` }), 'the workbook is damaged: open it'],
    ['is another archive', zipOf([{ name: 'a.txt', content: Buffer.from('x') }]), 'it is no workbook'],
    [
      'has a row beyond the last',
      workbookOf({ Keys: sheet(HEADER + row(2_000_000, text('x'))) }),
      'the number of rows of a sheet is more than 1,048,576',
    ],
    [
      'has a column beyond the last',
      workbookOf({ Keys: sheet(`${HEADER}<row r="2"><c r="ZZZZ2"><v>1</v></c></row>`) }),
      'the number of columns of a sheet is more than 16,384',
    ],
  ])('that %s is unreadable, in one sentence', async (_, bytes, sentence) => {
    const { files } = await read(bytes);
    expect(files).toHaveLength(1);
    expect(files[0]?.state).toBe('unreadable');
    expect(files[0]?.warnings.join()).toContain(sentence);
  });

  it('that expands beyond its bound is left at that', async () => {
    const path = join(folder, 'bomb.xlsx');
    const rows = Array.from({ length: 5_000 }, (_, index) => row(index + 2, text('aaaaaaaaaaaaaaaa')));
    writeFileSync(path, workbookOf({ Keys: sheet(HEADER + rows.join('')) }));
    const small = { ...CONTENT_BOUNDS, freeBytes: 1_000, ratio: 2 };
    await expect(openSheet(path, 'Keys', small)).rejects.toThrow('times its compressed size');
  });

  it('with sheet: for a file that is none is unreadable', async () => {
    const { file } = await readFolder(
      { 'keys.csv': 'key_id,owner\na,b\n' },
      source('keys.csv', { sheet: 'Keys' }),
    );
    expect(file).toMatchObject({
      state: 'unreadable',
      warnings: ['keyproof.yaml names a sheet of it, but it is no workbook (.xlsx)'],
    });
  });
});
