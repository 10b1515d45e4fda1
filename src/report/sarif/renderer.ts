import type { Renderer } from '../renderer.js';
import { sarifLog } from './sarif.js';

/** Writes results.sarif. */
export const sarifRenderer: Renderer = {
  format: 'sarif',
  files: ['results.sarif'],
  render: async (pack, out) => {
    await out.write('results.sarif', sarifLog(pack));
    return [];
  },
};
