import type { Renderer } from '../renderer.js';
import { renderChecklistCsv } from './csv.js';
import { renderChecklistMarkdown } from './markdown.js';

/** Writes gap-checklist.csv and gap-checklist.md. */
export const checklistRenderer: Renderer = {
  format: 'checklist',
  files: ['gap-checklist.csv', 'gap-checklist.md'],
  render: async ({ assessment }, out) => {
    await out.write('gap-checklist.csv', renderChecklistCsv(assessment));
    await out.write('gap-checklist.md', renderChecklistMarkdown(assessment));
    return [];
  },
};
