import type { Assessment } from '../../model/index.js';
import type { Renderer } from '../renderer.js';
import { annexFile } from './annex-file.js';
import { PdfNotWrittenError } from './errors.js';

/**
 * Writes an annex for each framework asked for: every control with its tests, and nothing of another framework. All of them or
 * none.
 */
export const annexRenderer: Renderer = {
  format: 'pdf-annex',
  files: [],
  filesFor: (assessment, frameworks) => annexIds(assessment, frameworks).map(annexFile),
  render: async ({ assessment }, out) => {
    const ids = annexIds(assessment, out.frameworks);
    if (ids.length === 0) return [];
    const { writeAnnexes } = await import('./write-annexes.js');
    try {
      await writeAnnexes(ids, assessment, out);
      return [];
    } catch (error) {
      if (!(error instanceof PdfNotWrittenError)) throw error;
      return [{ kind: 'report-not-written', message: `${ids.map(annexFile).join(', ')}: ${error.message}` }];
    }
  },
};

function annexIds({ frameworks }: Assessment, asked?: readonly string[]): string[] {
  const ids = frameworks.map(({ id }) => id);
  return asked === undefined ? ids : ids.filter((id) => asked.includes(id));
}
