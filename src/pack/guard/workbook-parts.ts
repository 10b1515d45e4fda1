import { openPromise } from 'yauzl';

/** Yields what a workbook holds compressed: the XML of each of its parts. */
export async function* workbookParts(path: string): AsyncGenerator<string> {
  const zip = await openPromise(path, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const pieces: Buffer[] = [];
      for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
      yield Buffer.concat(pieces).toString('utf8');
    }
  } finally {
    zip.close();
  }
}
