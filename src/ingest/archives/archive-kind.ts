import { open } from 'node:fs/promises';

/** Kinds of archive that are read. */
export type ArchiveKind = 'zip' | 'tar' | 'tar.gz';

/** Names of files that are no archives, also if they begin as one: texts, and documents that are zip files inside. */
const NO_ARCHIVE = /\.(json|ndjson|jsonl|csv|tsv|txt|ya?ml|log|xls[xmb]|docx|pptx|od[tsp]|jar|parquet|pdf)$/i;
const HEAD_BYTES = 512;
/** First bytes of a zip archive, and of one that holds nothing. */
const ZIP_MARKS = ['PK\u0003\u0004', 'PK\u0005\u0006'];
const GZIP_MARK = '\u001f\u008b';

/** Returns what kind of archive a file is, by its beginning; null if it is none or cannot be opened. */
export async function archiveKind(path: string, name: string): Promise<ArchiveKind | null> {
  if (NO_ARCHIVE.test(name) || /\.(json|ndjson|jsonl|csv|log)\.gz$/i.test(name)) return null;
  const head = await headOf(path);
  if (ZIP_MARKS.some((mark) => head.startsWith(mark))) return 'zip';
  if (head.startsWith(GZIP_MARK)) return /\.(tgz|tar\.gz)$/i.test(name) ? 'tar.gz' : null;
  return head.slice(257, 262) === 'ustar' ? 'tar' : null;
}

async function headOf(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (file === null) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } catch {
    return '';
  } finally {
    await file.close();
  }
}
