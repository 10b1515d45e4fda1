import { openPromise } from 'yauzl';

/** A cell with a formula and no result, which programs that write workbooks without a spreadsheet leave. */
const CELL = /<c r="([A-Z]+\d+)"[^>]*>\s*<f[^>]*(?:\/>|>[^<]*<\/f>)\s*(?:<v\s*\/>|<v><\/v>)?\s*<\/c>/g;
const SHEET = /^xl\/worksheets\/([^/]+)\.xml$/;

/** Returns the cells of a workbook with a formula whose result is not stored, each as `sheet2 B3`. Throws if it is no zip file. */
export async function formulasWithoutResult(file: string): Promise<string[]> {
  const zip = await openPromise(file, { autoClose: false });
  try {
    const found: string[] = [];
    for await (const entry of zip.eachEntry()) {
      const [, sheet] = SHEET.exec(entry.fileName) ?? [];
      if (sheet === undefined) continue;
      const text = await textOf(await zip.openReadStreamPromise(entry));
      found.push(...[...text.matchAll(CELL)].map(([, address]) => `${sheet} ${address}`));
    }
    return found;
  } finally {
    zip.close();
  }
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
