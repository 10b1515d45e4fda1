import { parse } from 'csv-parse/sync';
import { type Checklist, type FollowUp, KeyproofError } from '../model/index.js';
import { byText } from '../text/compare-text.js';
import { formatCount } from '../text/format.js';
import { readSmallText } from '../text/small-file.js';
import { startOfDay } from '../text/start-of-day.js';

type Row = { [column: string]: string };

/** Columns that are read, each with the headers that name it, in lower case. */
const COLUMNS = {
  id: ['id', 'rule', 'rule id', 'rule_id'],
  owner: ['owner'],
  due: ['due date', 'due', 'due_date'],
  status: ['status'],
  notes: ['notes', 'note', 'comment'],
  conclusion: ["assessor's conclusion", 'assessor’s conclusion', 'conclusion'],
} as const;

/** Longest text of a cell that is kept. */
const LONGEST = 2000;

/**
 * Reads what people wrote in a gap checklist or a plan of work, as keyproof wrote it or as a spreadsheet saved it again: UTF-8,
 * commas, semicolons or tabs.
 * @param shown the path to name in messages.
 * @throws KeyproofError if it cannot be read, or has no column of ids.
 */
export function loadChecklist(file: string, shown: string): Checklist {
  const rows = statedRows(
    cellsOf(readSmallText({ path: file, shown, option: '--checklist' }).text, shown),
    shown,
  );
  if (rows === null) throw withoutIds(shown);
  return checklistOf(rows);
}

/** A row of a checklist, and where it stands for messages. */
export type StatedRow = { cells: Row; place: string };

/** Returns the rows of a table whose first row is its header; null if it has no column of ids. */
export function statedRows([header = [], ...rows]: string[][], shown: string): StatedRow[] | null {
  const names = header.map((name) => name.trim().toLowerCase());
  const places = Object.entries(COLUMNS).map(([column, known]) => [
    column,
    names.findIndex((name) => (known as readonly string[]).includes(name)),
  ]);
  const placeOf = Object.fromEntries(places) as { [C in keyof typeof COLUMNS]: number };
  if (placeOf.id === -1) return null;
  return rows.map((cells, index) => ({
    place: `${shown}, row ${formatCount(index + 2)}`,
    cells: Object.fromEntries(
      Object.entries(placeOf).map(([column, place]) => [column, textOf(cells[place] ?? '')]),
    ),
  }));
}

/** Returns the error of a checklist without ids. */
export function withoutIds(shown: string): KeyproofError {
  return new KeyproofError(
    `${shown}: has no column ID; give the gap-checklist.csv or gap-checklist.xlsx of a pack, with the columns that were filled in.`,
  );
}

function cellsOf(text: string, shown: string): string[][] {
  const header = text.slice(0, text.indexOf('\n') + 1);
  const count = (delimiter: string) => header.split(delimiter).length;
  const [delimiter] = [',', ';', '\t'].sort((a, b) => count(b) - count(a));
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiter ?? ',',
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KeyproofError(`${shown}: is no CSV: ${reason}; save the checklist as CSV (UTF-8).`, undefined, {
      cause,
    });
  }
}

/** Returns a cell without the apostrophe that keeps a spreadsheet from running it. */
function textOf(cell: string): string {
  return cell
    .replace(/^'(?=[=+\-@\t\r])/, '')
    .trim()
    .slice(0, LONGEST);
}

/** Returns what people wrote in the rows of a checklist, by id. */
export function checklistOf(rows: readonly StatedRow[]): Checklist {
  const followUps = new Map<string, FollowUp>();
  const notes: string[] = [];
  for (const { cells, place } of rows) {
    const { followUp, problem } = followUpOf(cells, place);
    if (problem !== null) notes.push(problem);
    if (followUp === null) continue;
    if (followUps.has(followUp.id))
      notes.push(`${place}: ${followUp.id} stands there twice; the last row is used.`);
    followUps.set(followUp.id, followUp);
  }
  return { followUps: [...followUps.values()].sort(byText(({ id }) => id)), notes };
}

/** Returns what a row states; null if nobody wrote anything in it. */
function followUpOf(row: Row, place: string): { followUp: FollowUp | null; problem: string | null } {
  const { id = '', owner, due, status, notes, conclusion } = row;
  const stated = [owner, due, status, notes, conclusion].some((text) => text !== undefined && text !== '');
  if (!stated) return { followUp: null, problem: null };
  if (id === '')
    return { followUp: null, problem: `${place}: has no ID, so that what it states is not used.` };
  const isDay = due === undefined || due === '' || startOfDay(due) !== null;
  const problem = isDay
    ? null
    : `${place}, Due date: "${due}" is no day such as 2026-12-31, so that it is not used.`;
  const orNull = (text: string | undefined) => (text === undefined || text === '' ? null : text);
  return {
    followUp: {
      id,
      owner: orNull(owner),
      due: isDay ? orNull(due) : null,
      status: orNull(status),
      notes: orNull(notes),
      ...(conclusion ? { conclusion } : {}),
    },
    problem,
  };
}
