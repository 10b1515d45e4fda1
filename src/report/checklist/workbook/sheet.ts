import type { CellObject, Image, Row, Sheet } from 'write-excel-file/node';
import { formatCount } from '../../../text/format.js';
import type { ColumnKind } from '../../table/column.js';
import type { Cell, Table } from '../../table/table.js';
import { SEVERITY_WORDS } from '../../text/words.js';
import { cellText } from './cell-text.js';
import { rowHeight } from './row-height.js';

/** Most rows that Excel holds in a sheet, its head included. */
const MOST_ROWS = 1_048_576;

const HEAD: CellObject = {
  fontWeight: 'bold',
  textColor: '#FFFFFF',
  backgroundColor: '#1F3A5F',
  wrap: true,
  alignVertical: 'center',
};
const ENTRY_HEAD: CellObject = { ...HEAD, textColor: '#1F3A5F', backgroundColor: '#FFE699' };
const BODY: CellObject = { wrap: true, alignVertical: 'top' };

/** A count keeps a bracket's width from the text of the next column; a day stands at the left for the same reason. */
const COUNT = '#,##0_)';
const DAY: CellObject = { ...BODY, align: 'left' };

/** Colours beside the words, dark enough for white text or light enough for black. */
const SEVERITY_STYLES: ReadonlyMap<string, CellObject> = new Map([
  [SEVERITY_WORDS.critical, { textColor: '#FFFFFF', backgroundColor: '#8B1A1A', fontWeight: 'bold' }],
  [SEVERITY_WORDS.high, { textColor: '#000000', backgroundColor: '#F4B183', fontWeight: 'bold' }],
  [SEVERITY_WORDS.medium, { textColor: '#000000', backgroundColor: '#FFE699' }],
  [SEVERITY_WORDS.low, { textColor: '#000000', backgroundColor: '#DDEBF7' }],
]);

/** A sheet as the library takes it. */
export type WorkbookSheet = Sheet<Image['content']>;

/** Returns the sheet of a table: its head in the first row, then its rows, then the note on what is left out. */
export function sheetOf(table: Table, mostRows = MOST_ROWS): WorkbookSheet {
  const { name, columns, frozen } = table;
  const { rows, note } = fitted(table, mostRows);
  return {
    sheet: name,
    data: [head(table), ...rows.map((row) => bodyRow(row, columns)), ...noteRows(note)],
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    stickyColumnsCount: frozen,
    orientation: 'landscape',
  };
}

/** Returns the rows that a sheet shows, and what it leaves out. */
export function fitted({ rows, note }: Table, mostRows = MOST_ROWS): Pick<Table, 'rows' | 'note'> {
  const most = mostRows - 2;
  if (rows.length <= most) return { rows, note };
  const cut = `First ${formatCount(most)} of ${formatCount(rows.length)} rows: a sheet holds no more.`;
  return { rows: rows.slice(0, most), note: note === null ? cut : `${cut} ${note}` };
}

function head({ columns }: Table): Row {
  const names = columns.map(({ name }) => name);
  const height = rowHeight(names, columns);
  return columns.map(({ name, kind }) => ({ ...(isEntry(kind) ? ENTRY_HEAD : HEAD), value: name, height }));
}

/** Tells whether people fill the column in. */
export function isEntry(kind: ColumnKind): boolean {
  return kind.startsWith('entry');
}

function bodyRow(cells: readonly Cell[], columns: Table['columns']): Row {
  const height = rowHeight(cells, columns);
  return cells.map((cell, place) => {
    const shown = bodyCell(cell, columns[place]?.kind ?? 'text');
    return shown === null ? null : { ...shown, height };
  });
}

function bodyCell(cell: Cell, kind: ColumnKind): CellObject | null {
  if (kind === 'day' || kind === 'entry-day') return dayCell(cell);
  if (cell === null || cell === '') return isEntry(kind) ? BODY : null;
  if (typeof cell === 'number') return { ...BODY, value: cell, type: Number, format: COUNT };
  const style = kind === 'severity' ? SEVERITY_STYLES.get(cell) : undefined;
  return { ...BODY, ...style, ...textCell(cell) };
}

/** Returns a cell of text. It is no formula; `@` keeps it text when somebody edits it. */
function textCell(text: string): CellObject {
  const value = cellText(text);
  return { value, type: String, ...(/^[=+\-@]/.test(value) ? { format: '@' } : {}) };
}

/** Returns a cell that shows a day; a text that is none stays text. */
function dayCell(cell: Cell): CellObject {
  const format = 'yyyy-mm-dd';
  if (cell === null) return { ...DAY, type: Date, format };
  const date = new Date(`${cell}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return { ...BODY, ...textCell(String(cell)) };
  return { ...DAY, value: date, type: Date, format };
}

function noteRows(note: string | null): Row[] {
  return note === null ? [] : [[{ ...textCell(note), fontStyle: 'italic' }]];
}
