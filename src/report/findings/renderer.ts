import type { Renderer } from '../renderer.js';
import { findingsCsv } from './findings-csv.js';

/** Writes findings.csv. */
export const findingsRenderer: Renderer = {
  format: 'findings',
  files: ['findings.csv'],
  render: async (pack, out) => {
    await out.write('findings.csv', findingsCsv(pack));
    return [];
  },
};
