import type { Renderer } from '../renderer.js';
import { exceptionsCsv } from './exceptions-csv.js';
import { findingsCsv } from './findings-csv.js';

/** Writes findings.csv, and beside it the register of accepted exceptions. */
export const findingsRenderer: Renderer = {
  format: 'findings',
  files: ['findings.csv', 'exceptions.csv'],
  render: async (pack, out) => {
    await out.write('findings.csv', findingsCsv(pack));
    await out.write('exceptions.csv', exceptionsCsv(pack.assessment));
    return [];
  },
};
