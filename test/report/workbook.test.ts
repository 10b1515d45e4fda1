import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import readExcelFile, { type Sheet } from 'read-excel-file/node';
import { describe, expect, it, vi } from 'vitest';
import { fromBuffer } from 'yauzl';
import type { CorePack, JudgedObservation, Subject } from '../../src/model/index.js';
import { cellText, MOST_CHARACTERS } from '../../src/report/checklist/workbook/cell-text.js';
import { fitted } from '../../src/report/checklist/workbook/sheet.js';
import { sheetNames } from '../../src/report/checklist/workbook/sheet-names.js';
import { renderFormats } from '../../src/report/index.js';
import { STATUSES } from '../../src/report/table/column.js';
import { makeAssessment } from './fixture.js';
import { anyAssessment, HOSTILE, withTexts } from './hostile.js';
import { memorySink, packOf } from './pack-of.js';

const assessment = makeAssessment({ findings: 60 });

const OWNERS = ['Farid Mansouri', 'Agnes Tolland', 'agnes tolland', 'Ida [Thorsen]/x', null];

/** The subjects of an assessment's findings, each with one of some owners. */
function subjectsOf(
  observations: readonly JudgedObservation[],
  owners: readonly (string | null)[] = OWNERS,
): Subject[] {
  const byName = new Map(observations.map(({ subject }) => [`${subject.kind} ${subject.id}`, subject]));
  return [...byName.values()].map(({ kind, id }, place) => ({
    kind,
    id,
    label: null,
    owner: owners[place % owners.length] ?? null,
    status: null,
    facts: {},
    life: null,
    source: null,
  }));
}

const pack = packOf(assessment, assessment.observations, subjectsOf(assessment.observations));

function withClassification(classification: string): typeof assessment {
  return { ...assessment, plan: { ...assessment.plan, classification } };
}

async function bytesOf(of: CorePack): Promise<Buffer> {
  const sink = memorySink();
  expect(await renderFormats(of, ['checklist'], sink)).toEqual([]);
  return Buffer.from(sink.files.get('gap-checklist.xlsx') ?? '', 'latin1');
}

const sheetsOf = async (of: CorePack): Promise<Sheet[]> => readExcelFile(await bytesOf(of));

type Cells = (string | number | boolean | Date | null)[][];

function rowsOf(sheets: readonly Sheet[], name: string): Record<string, Cells[number][number]>[] {
  const [head = [], ...rows] = (sheets.find(({ sheet }) => sheet === name)?.data ?? []) as Cells;
  return rows.map((row) =>
    Object.fromEntries(head.map((column, place) => [String(column), row[place] ?? null])),
  );
}

/** The files of a workbook as text, with the time of each. */
async function filesOf(workbook: Buffer): Promise<Map<string, { text: string; time: number }>> {
  const files = new Map<string, { text: string; time: number }>();
  await new Promise<void>((resolve, reject) => {
    fromBuffer(workbook, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, async (problem, stream) => {
          if (problem) return reject(problem);
          const pieces: Buffer[] = [];
          for await (const piece of stream) pieces.push(piece as Buffer);
          const time = entry.lastModFileDate * 65_536 + entry.lastModFileTime;
          files.set(entry.fileName, { text: Buffer.concat(pieces).toString('utf8'), time });
          zip.readEntry();
        });
      });
      zip.on('end', resolve);
      zip.on('error', reject);
      zip.readEntry();
    });
  });
  return files;
}

describe('gap-checklist.xlsx', () => {
  it('begins with the actions, then questions, frameworks and owners, and ends with what to know', async () => {
    const names = (await sheetsOf(pack)).map(({ sheet }) => sheet);
    expect(names).toEqual([
      'Actions',
      'Questions',
      ...assessment.frameworks.map(({ title }) => title),
      ...names.slice(2 + assessment.frameworks.length, -2),
      'No owner stated',
      'About',
    ]);
    expect(names).toContain('Owner Farid Mansouri');
    expect(names).toContain('Owner Ida Thorsen x');
    expect(names.filter((name) => name.toLowerCase().startsWith('owner agnes tolland')).sort()).toEqual([
      'Owner Agnes Tolland',
      expect.stringMatching(/^Owner agnes tolland \(2\)$/i),
    ]);
  });

  it('has the actions with counts as numbers, dates as dates, and nothing filled in', async () => {
    const rows = rowsOf(await sheetsOf(pack), 'Actions');
    expect(rows.map((row) => row['ID'])).toEqual(assessment.actions.map(({ ruleId }) => ruleId));
    expect(rows[0]).toMatchObject({
      Priority: 1,
      Failed: assessment.actions[0]?.failed,
      'Suggested due date': new Date(`${assessment.actions[0]?.due.date}T00:00:00Z`),
      Owner: null,
      'Due date': null,
      Status: null,
      Notes: null,
    });
  });

  it('lists every failure once among the owners, by the priority of its action', async () => {
    const sheets = await sheetsOf(pack);
    const owned = sheets.filter(({ sheet }) => sheet.startsWith('Owner ') || sheet === 'No owner stated');
    const all = owned.flatMap(({ sheet }) => rowsOf(sheets, sheet));
    const failed = assessment.observations.filter(({ outcome }) => outcome === 'fail');
    expect(all.map((row) => row['ID']).sort()).toEqual(failed.map(({ id }) => id).sort());
    for (const { sheet } of owned) {
      const priorities = rowsOf(sheets, sheet).map((row) => Number(row['Priority']));
      expect(priorities).toEqual(priorities.toSorted((a, b) => a - b));
    }
  });

  it('keeps sheets for the 20 owners with most failures and puts the others into one', async () => {
    const owners = Array.from({ length: 30 }, (_, n) => `team-${String(n).padStart(2, '0')}`);
    const large = makeAssessment({ findings: 600 });
    const subjects = subjectsOf(large.observations, owners);
    const sheets = await sheetsOf(packOf(large, large.observations, subjects));
    const names = sheets.map(({ sheet }) => sheet);
    expect(names.filter((name) => name.startsWith('Owner team-'))).toHaveLength(20);
    const others = new Set(rowsOf(sheets, 'Other owners').map((row) => row['Owner in the exports']));
    expect(others.size).toBe(10);
    const about = rowsOf(sheets, 'About').find((row) => row['Topic'] === 'Sheet Other owners');
    expect(about?.['What to know']).toMatch(/^Failures of what 10 other owners own/);
  });

  it('cuts the list of an owner with thousands of failures and says so there and in About', async () => {
    const [one] = assessment.observations.filter(({ outcome }) => outcome === 'fail');
    if (one === undefined) throw new Error('The fixture has no failure.');
    const many = Array.from({ length: 1200 }, (_, n) => ({ ...one, id: `f${n}` }));
    const sheets = await sheetsOf(packOf(assessment, many, subjectsOf(many, ['Ida Thorsen'])));
    const rows = rowsOf(sheets, 'Owner Ida Thorsen');
    const note = 'First 1,000 of 1,200 failures; all of them are in findings.csv.';
    expect(rows).toHaveLength(1001);
    expect(rows.at(-1)?.['ID']).toBe(note);
    const about = rowsOf(sheets, 'About').find((row) => row['Topic'] === 'Sheet Owner Ida Thorsen');
    expect(about?.['What to know']).toContain(note);
  });

  it('has every control of each framework with its state, and the conclusion left to the assessor', async () => {
    const sheets = await sheetsOf(pack);
    for (const { id, title, controls } of assessment.frameworks) {
      const rows = rowsOf(sheets, title);
      expect(rows.map((row) => row['ID'])).toEqual(controls.map((control) => `${id}/${control.id}`));
      expect(rows.map((row) => row['State'])).toEqual(controls.map(({ verdictText }) => verdictText));
      expect(rows.every((row) => row["Assessor's conclusion"] === null)).toBe(true);
    }
  });

  it('filters and freezes each head, and offers lists of states and dates', async () => {
    const files = await filesOf(await bytesOf(pack));
    const sheet = files.get('xl/worksheets/sheet1.xml')?.text ?? '';
    const rows = assessment.actions.length + 1;
    expect(sheet).toContain(`<autoFilter ref="A1:V${rows}"/>`);
    expect(sheet).toMatch(/<pane ySplit="1" [^>]*state="frozen"/);
    expect(sheet).toContain(
      `sqref="Q2:Q${rows}"><formula1>&quot;${STATUSES.join(',')}&quot;</formula1>`.replaceAll('&quot;', '"'),
    );
    expect(sheet).toContain(`sqref="P2:P${rows}"><formula1>36526</formula1>`);
    const order = [
      '<sheetPr',
      '<sheetViews',
      '<cols',
      '<sheetData',
      '<autoFilter',
      '<dataValidations',
      '<pageMargins',
    ];
    expect(order.map((tag) => sheet.indexOf(tag))).toEqual(
      order.map((tag) => sheet.indexOf(tag)).toSorted((a, b) => a - b),
    );
    expect(files.get('xl/workbook.xml')?.text).toContain(
      `<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'Actions'!$A$1:$V$${rows}</definedName>`,
    );
  });

  it('is tall enough in each row for its longest text, and grows with what people write', async () => {
    const files = await filesOf(await bytesOf(pack));
    const xml = files.get('xl/worksheets/sheet1.xml')?.text ?? '';
    const widths = [...xml.matchAll(/<col [^>]*width="(\d+)"/g)].map(([, width]) => Number(width));
    const heights = [...xml.matchAll(/<row [^>]*>/g)].map(([row]) => Number(/ ht="(\d+)"/.exec(row)?.[1]));
    const [actions] = await sheetsOf(pack);
    const rows = (actions?.data ?? []) as Cells;
    expect(heights).toHaveLength(rows.length);
    for (const [place, row] of rows.entries()) {
      const lines = row.map((cell, at) =>
        typeof cell === 'string' ? Math.ceil(cell.length / (widths[at] ?? 1)) : 1,
      );
      expect(heights[place]).toBeGreaterThanOrEqual(Math.min(409, 15 * Math.max(1, ...lines)));
    }
    expect(Math.max(...heights)).toBeGreaterThan(60);
    expect(xml).not.toContain('customHeight');
  });

  it('prints each sheet so that it can be read, with its head, its first columns and a foot on each page', async () => {
    const files = await filesOf(await bytesOf(packOf(withClassification('Secret & internal'), [], [])));
    const sheets = [...files].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    expect(sheets.length).toBeGreaterThan(3);
    for (const [, { text }] of sheets) {
      const width = [...text.matchAll(/<col [^>]*width="(\d+)"/g)].reduce(
        (sum, [, own]) => sum + Number(own),
        0,
      );
      const pages = Number(/<pageSetup [^>]*fitToWidth="(\d+)"/.exec(text)?.[1]);
      expect(text).toMatch(/<pageSetup paperSize="9" orientation="landscape"[^>]* fitToHeight="0"/);
      expect(width / pages).toBeLessThanOrEqual(210);
      expect(text).toContain(
        '<oddFooter>&amp;LSecret &amp;&amp; internal&amp;C&amp;A&amp;RPage &amp;P of &amp;N</oddFooter>',
      );
    }
    const book = files.get('xl/workbook.xml')?.text;
    expect(book).toContain(`localSheetId="0">'Actions'!$A:$C,'Actions'!$1:$1</definedName>`);
    expect(book).toContain(`'About'!$1:$1</definedName>`);
  });

  it('has the same bytes in another zone and at another time, and no time of its own', async () => {
    const before = process.env['TZ'];
    const first = await bytesOf(pack);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2031, 5, 7, 8, 9, 10) });
    try {
      process.env['TZ'] = 'Pacific/Auckland';
      expect((await bytesOf(pack)).equals(first)).toBe(true);
    } finally {
      vi.useRealTimers();
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
    expect(new Set([...(await filesOf(first)).values()].map(({ time }) => time))).toEqual(
      new Set([0x0021_0000]),
    );
  });

  it('holds no formula, and opens, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(anyAssessment, async (any) => {
        const of = packOf(any, any.observations, subjectsOf(any.observations, [...HOSTILE, null]));
        const bytes = await bytesOf(of);
        const sheets = await readExcelFile(bytes);
        expect(new Set(sheets.map(({ sheet }) => sheet.toLowerCase())).size).toBe(sheets.length);
        expect(rowsOf(sheets, 'Actions')).toHaveLength(any.actions.length);
        for (const [name, { text }] of await filesOf(bytes)) {
          if (name.startsWith('xl/worksheets/sheet')) expect(text).not.toMatch(/<f[ >]/);
          expect(text).not.toMatch(/function |\u202e/);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('is read by openpyxl as it is meant', async ({ skip }) => {
    const python = spawnSync('python3', ['-c', 'import openpyxl'], { encoding: 'utf8' });
    skip(python.status !== 0, 'python3 has no openpyxl here');
    const folder = mkdtempSync(join(tmpdir(), 'keyproof-workbook-'));
    try {
      const file = join(folder, 'gap-checklist.xlsx');
      writeFileSync(file, await bytesOf(packOf(withTexts(assessment, HOSTILE))));
      const script = `
import json, sys, warnings, openpyxl
warnings.simplefilter('ignore')
book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps([[s.title, s.auto_filter.ref, s.freeze_panes, s.max_row,
  [v.type for v in s.data_validations.dataValidation],
  sum(c.data_type == 'f' for r in s for c in r)] for s in book]))`;
      const run = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
      expect(run.stderr).toBe('');
      const sheets = JSON.parse(run.stdout) as [string, string, string, number, string[], number][];
      const rows = assessment.actions.length + 1;
      expect(sheets[0]).toEqual(['Actions', `A1:V${rows}`, 'D2', rows, ['date', 'list'], 0]);
      expect(sheets.every(([, , , , , formulas]) => formulas === 0)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('questions.csv', () => {
  it('has a row for each missing thing by what it decides, then the questions only a person can answer', async () => {
    const sink = memorySink();
    await renderFormats(pack, ['checklist'], sink);
    const rows: Record<string, string>[] = parse(sink.files.get('questions.csv') ?? '', {
      columns: true,
      bom: true,
    });
    const missing = rows.slice(0, assessment.missingEvidence.length);
    expect(missing.map((row) => row['ID'])).toEqual(
      assessment.missingEvidence.map(({ path }) => `missing/${path}`),
    );
    const sheet = rowsOf(await sheetsOf(pack), 'Questions');
    expect(sheet.map((row) => row['ID'])).toEqual(rows.map((row) => row['ID']));
    const asks = new Set(assessment.frameworks.flatMap(({ controls }) => controls.map(({ ask }) => ask)));
    expect(rows.slice(missing.length).every((row) => asks.has(row['Missing, or to ask'] ?? ''))).toBe(true);
  });
});

describe('a cell', () => {
  it('stays within what Excel holds, readable and no escape, whatever the text', () => {
    const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string());
    fc.assert(
      fc.property(fc.array(text, { maxLength: 400 }), (pieces) => {
        const cell = cellText(pieces.join(''));
        expect(cell.length).toBeLessThanOrEqual(MOST_CHARACTERS);
        expect(cell).not.toMatch(/(?<!_x005F)_x(?!005F)[\da-f]{4}_/i);
      }),
    );
    expect(cellText('_x202E_drowssap')).toBe('_x005F_x202E_drowssap');
    expect(cellText('\u202e'.repeat(40_000))).toMatch(/characters more\)$/);
    expect(['constructor', '__proto__', 'toString'].map((name) => cellText(name) in {})).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('the names of sheets', () => {
  it('are valid and differ in more than case', () => {
    const name = fc.oneof(fc.constantFrom(...HOSTILE, 'History', "'", '[]'), fc.string({ maxLength: 60 }));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 30 }), (wanted) => {
        const names = sheetNames(wanted);
        expect(new Set(names.map((one) => one.toLowerCase())).size).toBe(wanted.length);
        for (const one of names) {
          expect(one).toMatch(/^[^[\]/\\:*?']{1,31}$/u);
          expect(one.toLowerCase()).not.toBe('history');
        }
      }),
    );
  });
});

describe('a sheet', () => {
  it('leaves out the rows that Excel does not hold, and says so', () => {
    const rows = Array.from({ length: 10 }, (_, n) => [n]);
    const table = { name: 'x', about: '', columns: [], frozen: 0, rows, note: null };
    expect(fitted(table, 12)).toEqual({ rows, note: null });
    expect(fitted(table, 8)).toEqual({
      rows: rows.slice(0, 6),
      note: 'First 6 of 10 rows: a sheet holds no more.',
    });
  });
});
