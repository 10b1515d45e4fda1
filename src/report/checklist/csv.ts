import type { Assessment } from '../../model/index.js';
import { csvOf } from '../table/table.js';
import { printable } from '../text/printable.js';
import { QUESTION_COLUMNS, questionsOf } from './questions.js';
import { CHECKLIST_COLUMNS, gapRows } from './row.js';

/** Longest text in one cell: Excel holds 32,767 characters. */
const LONGEST_CELL = 8000;

/**
 * Returns gap-checklist.csv: one line for each control with a failure, worst first, and one for each thing that other controls wait
 * for (UTF-8 with BOM, CRLF).
 */
export function renderChecklistCsv(assessment: Assessment): string {
  return csvOf(CHECKLIST_COLUMNS, printable(gapRows(assessment), LONGEST_CELL));
}

/** Returns questions.csv: one line for each thing that is missing and for each question to a person (UTF-8 with BOM, CRLF). */
export function renderQuestionsCsv(assessment: Assessment): string {
  return csvOf(QUESTION_COLUMNS, printable(questionsOf(assessment), LONGEST_CELL));
}
