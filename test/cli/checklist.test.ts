import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import readExcelFile from 'read-excel-file/node';
import { afterAll, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { loadChecklist } from '../../src/config/checklist.js';
import { loadChecklistWorkbook } from '../../src/config/checklist-workbook.js';
import type { Assessment } from '../../src/model/index.js';
import { csvFile } from '../../src/text/csv.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { packOfQuarter } from '../support/small-bank-packs.js';
import { describeUnlessProved } from '../support/verdict.js';

const folders: string[] = [];
describeUnlessProved('a checklist that was filled in', import.meta.url, PROGRAM_FILES, () => {
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const keys = [{ key_id: 'k-1', last_rotated: '2026-01-10T08:00:00Z' }];
  const COLUMNS = ['ID', 'Owner', 'Due date', 'Status', 'Notes'];

  async function audited(files: { [name: string]: string } = {}, more: readonly string[] = []) {
    const args = ['--framework', 'soc2', '--format', 'checklist,actions,html', ...more];
    const { pack, folder, run } = await packOfQuarter({ asOf: '2026-09-30', keys, files, args });
    folders.push(folder);
    const csv = run.code === 0 ? readFileSync(join(pack, 'gap-checklist.csv'), 'utf8') : '';
    const rows = parse(csv, { bom: true, columns: true }) as { [column: string]: string }[];
    const assessment =
      run.code === 0 ? (JSON.parse(readFileSync(join(pack, 'assessment.json'), 'utf8')) as Assessment) : null;
    return {
      run,
      pack,
      folder,
      rows,
      assessment,
      stated: rows.map((row) => COLUMNS.map((column) => row[column] ?? '')),
    };
  }

  /** Writes a checklist as a spreadsheet saves it: other columns in other places, semicolons. */
  const saved = (rows: string[][], separator: string) =>
    `\ufeff${[
      ['Status', 'Gap', ...COLUMNS.filter((name) => name !== 'Status')],
      ...rows.map(([id, owner, due, status, notes]) => [status, 'a; b', id, owner, due, notes]),
    ]
      .map((cells) => cells.map((cell) => `"${(cell ?? '').replaceAll('"', '""')}"`).join(separator))
      .join('\r\n')}\r\n`;

  /** The IDs of all rows of a workbook that a person may write beside. */
  const idsOf = (sheets: { data: unknown[][] }[]): string[] => {
    const ids = sheets.flatMap(({ data: [head = [], ...rows] }) => {
      const place = head.indexOf('ID');
      return head.includes('Notes') ? rows.map((row) => String(row[place])) : [];
    });
    return [...new Set(ids)];
  };

  test('what was written into the gap checklist comes back in the next one, by id', async () => {
    const first = await audited();
    const ids = first.rows.map((row) => row['ID'] ?? '');
    expect(ids.length).toBeGreaterThan(3);
    const [one = '', two = '', three = ''] = ids;
    const edits = [
      [two, 'Ines Okafor', '2026-12-31', 'in progress', 'waits for "CHG-20417"; see minutes'],
      [one, '=cmd()', '31.12.2026', '', ''],
      ['soc2-2017/CC99.9', 'Tomas Lind', '', 'done', ''],
      ['rotation-max-age', 'Noor Haddad', '2026-10-31', 'open', ''],
    ];
    const next = await audited({ 'exports/edited.csv': saved(edits, ';') }, [
      '--checklist',
      'exports/edited.csv',
    ]);
    expect(next.run.code).toBe(0);
    const of = (id: string) => next.stated.find(([own]) => own === id);
    expect(of(two)).toEqual(edits[0]);
    expect(of(one)).toEqual([one, "'=cmd()", '', '', '']);
    expect(of(three)).toEqual([three, '', '', '', '']);
    expect(next.run.stderr).toContain(
      'exports/edited.csv, row 3, Due date: "31.12.2026" is no day such as 2026-12-31, so that it is not used.',
    );
    const quiet = await audited({ 'exports/edited.csv': saved(edits, ';') }, [
      '--checklist',
      'exports/edited.csv',
      '--quiet',
    ]);
    expect(quiet.run.stderr).toBe(
      'keyproof: exports/edited.csv, row 3, Due date: "31.12.2026" is no day such as 2026-12-31, so that it is not used.\n',
    );
    expect(next.run.stderr).toContain(
      'on no list any more: soc2-2017/CC99.9; what they state is kept in assessment.json',
    );
    expect(
      next.assessment?.actions.find(({ ruleId }) => ruleId === 'rotation-max-age')?.followUp,
    ).toMatchObject({
      owner: 'Noor Haddad',
      due: '2026-10-31',
    });
    const words = 'Noor Haddad; due 31 October 2026; open';
    expect(next.run.stderr.replace(/\s+/g, ' ')).toContain(`in the checklist: ${words}`);
    const read = (name: string) => readFileSync(join(next.pack, name), 'utf8');
    expect(read('actions.md')).toContain(`Stated in the checklist: ${words}<br>`);
    expect(read('index.html')).toContain(`<dt>Stated in the checklist</dt><dd>${words}</dd>`);
    expect(next.assessment?.inputs.map(({ path }) => path)).not.toContain('edited.csv');

    const files = {
      'edited.csv': csvFile(
        COLUMNS,
        next.stated.filter(([id]) => id !== three),
      ),
    };
    const third = await audited(files, ['--checklist', 'edited.csv']);
    expect(third.stated).toEqual(next.stated);
  });

  test('a file that is no checklist is refused', async () => {
    const none = await audited({ 'other.csv': 'key,owner\nk-1,Ines\n' }, ['--checklist', 'other.csv']);
    expect(none.run).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('other.csv: has no column ID'),
    });
    const missing = await audited({}, ['--checklist', 'nowhere.csv']);
    expect(missing.run).toMatchObject({ code: 2, stderr: expect.stringContaining('no such file') });
  });

  test('whatever people write is read as it was written, with commas, semicolons or tabs', () => {
    const file = join(folders[0] ?? '', 'any.csv');
    const text = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((value) => value.trim().replace(/^'+/, '').trim());
    const row = fc.tuple(fc.stringMatching(/^[a-z0-9]{1,8}$/), text, text, text);
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ([id]) => id, maxLength: 8 }), (rows) => {
        writeFileSync(file, csvFile(['ID', 'Owner', 'Status', 'Notes'], rows));
        const expected = rows
          .filter(([, ...stated]) => stated.some((one) => one !== ''))
          .map(([id, owner, status, notes]) => ({
            id,
            owner: owner || null,
            due: null,
            status: status || null,
            notes: notes || null,
          }));
        const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
        expect(loadChecklist(file, 'any.csv')).toEqual({ followUps: expected.sort(byId), notes: [] });
      }),
    );
  });

  test.each([
    ['CSV (semicolons, Windows-1252)', 'latin1', ';', ''],
    ['Unicode text (tabs, UTF-16)', 'utf16le', '\t', '\ufeff'],
    ['CSV UTF-8', 'utf8', ',', '\ufeff'],
  ] as const)('what Excel saves as %s keeps the names of people', async (_, encoding, separator, mark) => {
    const { pack, rows, folder } = await audited();
    const id = rows[0]?.['ID'] ?? '';
    const stated = [id, 'Inès Müller', '2026-12-31', 'in progress', 'für René: siehe Beschluß'];
    const text = saved([stated], separator).replace(/^\ufeff/, '');
    writeFileSync(join(folder, 'edited.csv'), Buffer.from(mark + text, encoding));
    const args = [
      'audit',
      'exports',
      '--as-of',
      '2026-09-30',
      '--framework',
      'soc2',
      '--quiet',
      '--output',
      pack,
    ];
    const options = ['--format', 'checklist', '--fail-on', 'none', '--checklist', 'edited.csv'];
    expect((await keyproof([...args, ...options], { cwd: folder })).stderr).not.toContain('edited.csv');
    const csv = readFileSync(join(pack, 'gap-checklist.csv'), 'utf8');
    const next = parse(csv, { bom: true, columns: true }) as { [column: string]: string }[];
    const row = next.find((one) => one['ID'] === id) ?? {};
    expect(COLUMNS.map((column) => row[column])).toEqual(stated);
  });

  test('what was written into any sheet of the workbook comes back: on an action, on one finding, on a question', async () => {
    const first = await audited();
    const sheets = await readExcelFile(readFileSync(join(first.pack, 'gap-checklist.xlsx')));
    const finding =
      first.assessment?.actions.find(({ ruleId }) => ruleId === 'rotation-max-age')?.findings[0] ?? '';
    const question = `missing/${first.assessment?.missingEvidence[0]?.path}`;
    const edits = new Map<unknown, [string, Date | string, string, string]>([
      ['rotation-max-age', ['Noor Haddad', new Date('2026-10-31'), 'open', '']],
      [finding, ['Ines Okafor', '2026-11-30', 'in progress', 'rotated in CHG-20417']],
      [question, ['Tomas Lind', '', 'open', 'asked for']],
    ]);
    const edited = sheets.map(({ sheet, data }) => ({
      sheet,
      data: data.map((row, _, [head = []]) => entered(row, head, edits)),
    }));
    const file = join(first.pack, '../edited.xlsx');
    await writeExcelFile(edited).toFile(file);
    const next = await audited({}, ['--checklist', file]);
    expect(next.run.code, next.run.stderr).toBe(0);
    expect(next.run.stderr).not.toContain('on no list any more');
    const carried = new Map(next.assessment?.followUps?.map((one) => [one.id, one]));
    expect(carried.get('rotation-max-age')).toMatchObject({
      owner: 'Noor Haddad',
      due: '2026-10-31',
      status: 'open',
    });
    expect(carried.get(question)).toMatchObject({ owner: 'Tomas Lind', notes: 'asked for' });
    expect(carried.get(finding)).toMatchObject({ owner: 'Ines Okafor', due: '2026-11-30', listed: true });
    const again = await readExcelFile(readFileSync(join(next.pack, 'gap-checklist.xlsx')));
    const rows = again.flatMap(({ data }) => data).filter(([id]) => id === finding);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('rotated in CHG-20417');
  });

  test('what was written beside each row of each sheet of the workbook stands there in the next one', async () => {
    const first = await audited();
    const sheets = await readExcelFile(readFileSync(join(first.pack, 'gap-checklist.xlsx')));
    const ids = idsOf(sheets);
    const edits = new Map(
      ids.map((id, n): [string, [string, string, string, string, string]] => [
        id,
        [`Owner ${n}`, '2026-12-01', 'in progress', `note ${n}`, `conclusion ${n}`],
      ]),
    );
    const edited = sheets.map(({ sheet, data }) => ({
      sheet,
      data: data.map((row, _, [head = []]) => entered(row, head, edits)),
    }));
    const file = join(first.pack, '../edited.xlsx');
    await writeExcelFile(edited).toFile(file);
    const next = await audited({}, ['--checklist', file]);
    expect(next.run.stderr).not.toContain('on no list any more');
    const again = await readExcelFile(readFileSync(join(next.pack, 'gap-checklist.xlsx')));
    expect(idsOf(again)).toEqual(ids);
    const concluded: unknown[] = [];
    for (const { sheet, data } of again) {
      const [head = [], ...rows] = data;
      const [place, notes] = [head.indexOf('ID'), head.indexOf('Notes')];
      if (place < 0 || notes < 0) continue;
      for (const row of rows)
        expect([sheet, row[place], row[notes]]).toEqual([
          sheet,
          row[place],
          edits.get(String(row[place]))?.[3],
        ]);
      const conclusion = head.indexOf("Assessor's conclusion");
      if (conclusion < 0) continue;
      concluded.push(...rows.map((row) => row[conclusion]));
      for (const row of rows) expect(row[conclusion]).toBe(edits.get(String(row[place]))?.[4]);
    }
    expect(concluded.length).toBeGreaterThan(10);
    const questions = readFileSync(join(next.pack, 'questions.csv'), 'utf8');
    const asked = parse(questions, { bom: true, columns: true }) as { [column: string]: string }[];
    for (const row of asked) expect(row['Notes']).toBe(edits.get(row['ID'] ?? '')?.[3]);
  });

  test('a formula whose result no program stored is named, and read as empty', async () => {
    const file = join(folders[0] ?? '', 'formulas.xlsx');
    const formula = { value: 'CONCATENATE("asked ","again")', type: 'Formula' } as const;
    const rows = [
      ['ID', 'Owner', 'Notes'],
      ['rotation-max-age', 'Noor Haddad', formula],
      ['inv-owner-assigned', formula, 'as agreed'],
    ];
    await writeExcelFile([{ sheet: 'Actions', data: rows }]).toFile(file);
    const { followUps, notes } = await loadChecklistWorkbook(file, 'formulas.xlsx');
    expect(followUps.map(({ id, owner, notes: said }) => [id, owner, said])).toEqual([
      ['inv-owner-assigned', null, 'as agreed'],
      ['rotation-max-age', 'Noor Haddad', null],
    ]);
    expect(notes).toEqual([
      'formulas.xlsx: 2 formulas without a stored result, read as empty: sheet1 C2, sheet1 B3; open the workbook in a spreadsheet program and save it.',
    ]);
  });

  test('a workbook that is none gets one sentence, and no audit', async () => {
    const { run } = await audited({ 'broken.xlsx': 'no workbook' }, ['--checklist', 'broken.xlsx']);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(
      /broken\.xlsx: cannot be read as a workbook \(\.xlsx\): .+; check the path given/,
    );
  });
});

/** Returns a row with what a person entered in its columns for entries, dates as a spreadsheet keeps them. */
function entered(
  row: readonly unknown[],
  head: readonly unknown[],
  edits: ReadonlyMap<unknown, readonly [string, Date | string, string, string, string?]>,
) {
  const edit = edits.get(row[head.indexOf('ID')]);
  const names = ['Owner', 'Due date', 'Status', 'Notes', "Assessor's conclusion"];
  return head.map((name, place) => {
    const value = edit?.[names.indexOf(String(name))] ?? row[place] ?? null;
    if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd' };
    return value === null || typeof value === 'number' ? value : String(value);
  });
}
