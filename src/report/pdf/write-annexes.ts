import type { Assessment, Sink } from '../../model/index.js';
import { annexFile } from './annex-file.js';
import { paperPage } from './page.js';
import { type Print, withPrinter } from './print.js';
import { type PrintResult, printDocument } from './print-document.js';
import { annexView } from './view/annex-view.js';
import { bookmarksOf } from './view/contents.js';

/**
 * Prints the annexes of frameworks, by their ids, and writes all of them once each is printed.
 * @throws PdfNotWrittenError if one cannot be printed; none is written then
 */
export function writeAnnexes(ids: readonly string[], assessment: Assessment, out: Sink): Promise<void> {
  return withPrinter({ env: out.env }, (print) => printAll(ids, assessment, print, out));
}

async function printAll(
  ids: readonly string[],
  assessment: Assessment,
  print: Print,
  out: Sink,
): Promise<void> {
  const printed: [file: string, bytes: Uint8Array][] = [];
  let done = 0;
  for (const id of ids) {
    out.onProgress({ stage: 'print', done, total: null, detail: annexFile(id) });
    const { bytes, pages } = await printAnnex(id, assessment, print);
    printed.push([annexFile(id), bytes]);
    done += pages;
  }
  out.onProgress({ stage: 'print', done, total: done });
  for (const [file, bytes] of printed) await out.write(file, bytes);
}

function printAnnex(id: string, assessment: Assessment, print: Print): Promise<PrintResult> {
  const view = annexView(assessment, id);
  return printDocument(print, {
    title: view.title,
    html: (printed) => paperPage('annex.hbs', view, printed),
    bookmarks: bookmarksOf(view.contents),
  });
}
