import writeExcelFile from 'write-excel-file/node';
import type { Table } from '../../table/table.js';
import { filtersAndLists } from './filters-and-lists.js';
import { fitted, sheetOf } from './sheet.js';
import { withoutZipTimes } from './zip-times.js';

/**
 * Returns a workbook with a sheet for each table (Office Open XML); the same tables give the same bytes.
 * @param tables with valid and unique names
 * @param classification printed at the foot of each page
 */
export async function writeWorkbook(tables: readonly Table[], classification: string): Promise<Buffer> {
  const filters = tables.map((table) => ({
    columns: table.columns,
    frozen: table.frozen,
    sheet: table.name,
    rows: fitted(table).rows.length,
  }));
  const options = {
    fontFamily: 'Calibri',
    fontSize: 11,
    features: [filtersAndLists(filters, classification)],
  };
  const workbook = writeExcelFile(
    tables.map((table) => sheetOf(table)),
    options,
  );
  return withoutZipTimes(await workbook.toBuffer());
}
