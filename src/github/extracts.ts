import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolVersion } from '../assets/tool-version.js';
import type { FetchedFile } from '../model/index.js';
import { csvFile } from '../text/csv.js';

/** How one file was taken. */
export type Extract = {
  /** Name of the file. */
  file: string;
  /** Address of the API. */
  address: string;
  /** The request. */
  query: string;
  /** Items in the file. */
  records: number;
  /** SHA-256 of the file, lower-case hex. */
  sha256: string;
  /** When it was taken, epoch ms. */
  takenMs: number;
  /** What a log covers, epoch ms; null for what is no log. */
  covers: { fromMs: number; toMs: number } | null;
};

const FILE = 'github-extracts.csv';

const COLUMNS = [
  'file',
  'system',
  'query',
  'extracted_at',
  'extractor',
  'record_count',
  'sha256',
  'covers_from',
  'covers_to',
];

/** Writes the register of how files were taken, which is evidence like any other. @returns it. */
export async function writeExtracts(folder: string, extracts: readonly Extract[]): Promise<FetchedFile> {
  const absolute = join(folder, FILE);
  const iso = (ms: number | undefined) => (ms === undefined ? '' : new Date(ms).toISOString());
  const rows = extracts.map(({ file, address, query, records, sha256, takenMs, covers }) => [
    file,
    `GitHub (${address})`,
    query,
    iso(takenMs),
    `keyproof ${toolVersion()}`,
    records,
    sha256,
    iso(covers?.fromMs),
    iso(covers?.toMs),
  ]);
  await writeFile(absolute, csvFile(COLUMNS, rows));
  return { absolute, path: FILE, spec: { path: FILE, as: 'canonical', kind: 'extracts' }, problem: null };
}
