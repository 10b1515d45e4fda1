import type { Renderer } from '../renderer.js';
import { renderChecklistCsv, renderQuestionsCsv } from './csv.js';
import { renderChecklistMarkdown } from './markdown.js';
import { workbookTables } from './workbook/workbook-tables.js';

/** Writes gap-checklist.xlsx, gap-checklist.csv, gap-checklist.md and questions.csv. */
export const checklistRenderer: Renderer = {
  format: 'checklist',
  files: ['gap-checklist.xlsx', 'gap-checklist.csv', 'gap-checklist.md', 'questions.csv'],
  render: async (pack, out) => {
    const { writeWorkbook } = await import('./workbook/write-workbook.js');
    const { classification } = pack.assessment.plan;
    await out.write('gap-checklist.xlsx', await writeWorkbook(await workbookTables(pack), classification));
    await out.write('gap-checklist.csv', renderChecklistCsv(pack.assessment));
    await out.write('gap-checklist.md', renderChecklistMarkdown(pack.assessment));
    await out.write('questions.csv', renderQuestionsCsv(pack.assessment));
    return [];
  },
};
