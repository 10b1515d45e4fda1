import type { Feature, Image } from 'write-excel-file/node';
import { getCellAddress, sanitizeAttributeValue, sanitizeTextContent } from 'write-excel-file/utility';
import { STATUSES } from '../../table/column.js';
import type { Table } from '../../table/table.js';
import { pageFoot, pagesWide, repeatedRange } from './paper.js';

/** Serial number of 1 January 2000 in Excel's calendar: no due date lies before it. */
const FIRST_DUE = 36_526;

/** What a sheet needs for its filters, its lists to choose from, and its pages. */
export type Filtered = Pick<Table, 'columns' | 'frozen'> & {
  /** Name of the sheet. */
  sheet: string;
  /** Rows below the head. */
  rows: number;
};

/**
 * Returns the part of a workbook that write-excel-file has no option for: a filter on the head of each sheet, lists and dates
 * for what people fill in, and pages that can be read, with the head and a foot on each.
 */
export function filtersAndLists(
  sheets: readonly Filtered[],
  classification: string,
): Feature<Image['content']> {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, _, { sheetIndex }) =>
            withPages(withFilter(xml, sheets[sheetIndex]), classification),
          transformElementAttributes: (tag, attributes, _index, _options, { sheetIndex }) => {
            if (tag === 'row') return fittedLater(attributes);
            return tag === 'pageSetup' ? { ...attributes, ...pageSetup(sheets[sheetIndex]) } : attributes;
          },
        },
        'xl/workbook.xml': {
          transform: (xml) => replaceOnce(xml, '<definedNames/>', definedNames(sheets)),
        },
      },
    },
  };
}

/** Puts a filter and validations behind the rows, in the order that ECMA-376 gives the parts of a sheet. */
function withFilter(xml: string, sheet: Filtered | undefined): string {
  if (sheet === undefined) return xml;
  const filtered = replaceOnce(
    xml,
    '</sheetData>',
    `</sheetData><autoFilter ref="${rangeOf(sheet)}"/>${validations(sheet)}`,
  );
  return replaceOnce(filtered, '<sheetViews>', '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>');
}

/** Leaves out that a height is set by hand: a row then grows with what people write into it. */
function fittedLater<T extends Record<string, unknown>>(attributes: T): T {
  const { customHeight: _, ...others } = attributes;
  return others as unknown as T;
}

/** Puts the foot of the pages at the end, where ECMA-376 has it. */
function withPages(xml: string, classification: string): string {
  return replaceOnce(xml, '</worksheet>', `${pageFoot(classification)}</worksheet>`);
}

function pageSetup(sheet: Filtered | undefined): { fitToWidth?: number; fitToHeight: number } {
  return { ...(sheet ? { fitToWidth: pagesWide(sheet) } : {}), fitToHeight: 0 };
}

/** @throws Error if the text is not there: the library writes it otherwise than it did. */
function replaceOnce(xml: string, text: string, by: string): string {
  if (!xml.includes(text)) throw new Error(`write-excel-file writes no ${text}.`);
  return xml.replace(text, () => by);
}

function validations({ columns, rows }: Filtered): string {
  if (rows === 0) return '';
  const all = columns.flatMap(({ kind }, place) => {
    const range = `${getCellAddress(1, place)}:${getCellAddress(rows, place)}`;
    if (kind === 'entry-status') return [statusList(range)];
    return kind === 'entry-day' ? [dueDate(range)] : [];
  });
  return all.length === 0 ? '' : `<dataValidations count="${all.length}">${all.join('')}</dataValidations>`;
}

function statusList(range: string): string {
  return validation(
    range,
    `type="list"`,
    `"${STATUSES.join(',')}"`,
    `Choose one of: ${STATUSES.join(', ')}.`,
  );
}

function dueDate(range: string): string {
  return validation(
    range,
    'type="date" operator="greaterThanOrEqual"',
    String(FIRST_DUE),
    'Write a date from 2000-01-01 on, such as 2026-12-31.',
  );
}

function validation(range: string, type: string, formula: string, error: string): string {
  return `<dataValidation ${type} allowBlank="1" showErrorMessage="1" errorTitle="Not taken" error="${sanitizeAttributeValue(error)}" sqref="${range}"><formula1>${sanitizeTextContent(formula)}</formula1></dataValidation>`;
}

function definedNames(sheets: readonly Filtered[]): string {
  const filters = sheets.map((sheet, place) =>
    definedName(
      '_xlnm._FilterDatabase',
      place,
      `${quoted(sheet)}!${absolute(rangeOf(sheet))}`,
      ' hidden="1"',
    ),
  );
  const titles = sheets.map((sheet, place) =>
    definedName(
      '_xlnm.Print_Titles',
      place,
      repeatedRange(sheet)
        .map((range) => `${quoted(sheet)}!${range}`)
        .join(','),
    ),
  );
  return `<definedNames>${[...filters, ...titles].join('')}</definedNames>`;
}

function definedName(name: string, place: number, value: string, attributes = ''): string {
  return `<definedName name="${name}" localSheetId="${place}"${attributes}>${sanitizeTextContent(value)}</definedName>`;
}

function quoted({ sheet }: Filtered): string {
  return `'${sheet.replaceAll("'", "''")}'`;
}

function rangeOf({ columns, rows }: Filtered): string {
  return `A1:${getCellAddress(rows, columns.length - 1)}`;
}

function absolute(range: string): string {
  return range.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
}
