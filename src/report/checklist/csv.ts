import type { Assessment } from '../../model/index.js';
import { csvFile } from '../../text/csv.js';
import { CHECKLIST_COLUMNS, checklistItems } from './row.js';

/**
 * Returns gap-checklist.csv: one line for each control that the evidence does not support, worst first (UTF-8 with
 * BOM, CRLF).
 */
export function renderChecklistCsv(assessment: Assessment): string {
  return csvFile(
    CHECKLIST_COLUMNS.map((column) => column.name),
    checklistItems(assessment).map((item) => CHECKLIST_COLUMNS.map((column) => column.value(item))),
  );
}
