import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { didYouMean, KeyproofError, type PackTrend } from '../model/index.js';
import type { Comparison } from './compare-packs.js';
import { diffCsv } from './csv.js';
import { diffJson } from './json.js';
import { trendCsv, trendJson } from './trend.js';

/** Files that a comparison can be written to. */
export const DIFF_FORMATS = ['html', 'csv', 'json'] as const;

/** A file that a comparison can be written to. */
export type DiffFormat = (typeof DIFF_FORMATS)[number];

type Content = string | AsyncIterable<string>;

/** Reads names of formats. @throws KeyproofError for a name that is none. */
export function diffFormatsOf(names: readonly string[]): DiffFormat[] {
  const isFormat = (name: string): name is DiffFormat => DIFF_FORMATS.some((format) => format === name);
  const wrong = names.find((name) => !isFormat(name));
  if (wrong !== undefined)
    throw new KeyproofError(
      `--format: "${wrong}" is not a format of diff${didYouMean(wrong, DIFF_FORMATS)} Formats: ${DIFF_FORMATS.join(', ')}.`,
    );
  return DIFF_FORMATS.filter((format) => names.includes(format));
}

/** Writes diff.html, diff.csv and diff.json, as asked, into a folder. @returns the names of the files. */
export async function writeDiff(
  folder: string,
  comparison: Comparison,
  formats: readonly DiffFormat[],
): Promise<string[]> {
  const contents: { [F in DiffFormat]: () => Content | Promise<Content> } = {
    html: async () => (await import('./html/diff-page.js')).diffHtml(comparison),
    csv: () => diffCsv(comparison),
    json: () => diffJson(comparison),
  };
  return writeAll(folder, 'diff', formats, contents);
}

/** Writes trend.html, trend.csv and trend.json, as asked, into a folder. @returns the names of the files. */
export async function writeTrend(
  folder: string,
  trend: PackTrend,
  formats: readonly DiffFormat[],
): Promise<string[]> {
  const contents = {
    html: async () => (await import('./html/trend-page.js')).trendHtml(trend),
    csv: () => trendCsv(trend),
    json: () => trendJson(trend),
  };
  return writeAll(folder, 'trend', formats, contents);
}

async function writeAll(
  folder: string,
  name: string,
  formats: readonly DiffFormat[],
  contents: { [F in DiffFormat]: () => Content | Promise<Content> },
): Promise<string[]> {
  const files = formats.map((format) => `${name}.${format}`);
  try {
    await mkdir(folder, { recursive: true });
    for (const format of formats) {
      const content = await contents[format]();
      const pieces = typeof content === 'string' ? [content] : content;
      await pipeline(Readable.from(pieces), createWriteStream(join(folder, `${name}.${format}`)));
    }
  } catch (cause) {
    if (isSystemError(cause))
      throw new KeyproofError(
        `${basename(folder)}: cannot be written (${cause.code}); name another folder with --output.`,
        undefined,
        { cause },
      );
    throw cause;
  }
  return files;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
