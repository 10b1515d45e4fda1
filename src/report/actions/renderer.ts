import type { Renderer } from '../renderer.js';
import { csvOf } from '../table/table.js';
import { printable } from '../text/printable.js';
import { actionColumns } from './columns.js';
import { renderActionsMarkdown } from './markdown.js';

/** Writes the plan of work: actions.csv and actions.md. */
export const actionsRenderer: Renderer = {
  format: 'actions',
  files: ['actions.csv', 'actions.md'],
  render: async ({ assessment }, out) => {
    await out.write('actions.csv', csvOf(actionColumns(assessment), printable(assessment.actions)));
    await out.write('actions.md', renderActionsMarkdown(assessment));
    return [];
  },
};
