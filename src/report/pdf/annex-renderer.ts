import type { Assessment, Sink } from '../../model/index.js';
import type { Renderer } from '../renderer.js';
import { PdfNotWrittenError } from './errors.js';
import { paperPage } from './page.js';
import { type Print, withPrinter } from './print.js';
import { printDocument } from './print-document.js';
import { annexView } from './view/annex-view.js';
import { bookmarksOf } from './view/contents.js';

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
    try {
      await withPrinter({ env: out.env }, (print) => writeAnnexes(ids, assessment, print, out));
      return [];
    } catch (error) {
      if (!(error instanceof PdfNotWrittenError)) throw error;
      return [{ kind: 'report-not-written', message: `${ids.map(annexFile).join(', ')}: ${error.message}` }];
    }
  },
};

const annexFile = (framework: string): string => `annex-${framework}.pdf`;

function annexIds({ frameworks }: Assessment, asked?: readonly string[]): string[] {
  const ids = frameworks.map(({ id }) => id);
  return asked === undefined ? ids : ids.filter((id) => asked.includes(id));
}

async function writeAnnexes(
  ids: readonly string[],
  assessment: Assessment,
  print: Print,
  out: Sink,
): Promise<void> {
  const printed: [file: string, bytes: Uint8Array][] = [];
  for (const [index, id] of ids.entries()) {
    out.onProgress({ stage: 'print', done: index, total: ids.length, detail: annexFile(id) });
    printed.push([annexFile(id), await printAnnex(id, assessment, print)]);
  }
  for (const [file, bytes] of printed) await out.write(file, bytes);
}

async function printAnnex(id: string, assessment: Assessment, print: Print): Promise<Uint8Array> {
  const view = annexView(assessment, id);
  const { bytes } = await printDocument(print, {
    title: view.title,
    html: (numbers) => paperPage('annex.hbs', view, numbers),
    bookmarks: bookmarksOf(view.contents),
  });
  return bytes;
}
