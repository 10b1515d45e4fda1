import type { Renderer } from '../renderer.js';
import { effectiveAccessCsv } from './effective-access-csv.js';

/** Writes effective-access.csv: who may do what with each key. */
export const accessRenderer: Renderer = {
  format: 'access',
  files: ['effective-access.csv'],
  render: async (pack, out) => {
    await out.write('effective-access.csv', effectiveAccessCsv(pack));
    return [];
  },
};
