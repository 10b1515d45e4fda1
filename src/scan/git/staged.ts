import { gitRecords, gitText } from './git.js';
import type { GitRepository } from './repository.js';

/** A file as it would be committed. */
export type StagedFile = {
  /** Path. */
  path: string;
  /** Blob. */
  id: string;
  /** Lines that the commit would add, first and last, counted from 1. */
  added: [number, number][];
};

/** Returns the files that a commit would add or change, with the lines that it would add. */
export async function stagedFiles({ folder }: GitRepository): Promise<StagedFile[]> {
  const diff = ['diff', '--cached', '--no-renames', '--no-ext-diff', '--no-textconv', '--diff-filter=d'];
  const files: StagedFile[] = [];
  let facts: string | null = null;
  for await (const record of gitRecords(folder, [...diff, '--raw', '-z', '--no-abbrev'])) {
    // Facts and a path in turn: a path may begin as facts do.
    if (facts === null) facts = record;
    else {
      const [, mode = '', , id = ''] = facts.split(' ');
      if (mode.startsWith('100'))
        files.push({ path: record, id, added: await addedLines(folder, diff, record) });
      facts = null;
    }
  }
  return files;
}

async function addedLines(
  folder: string,
  diff: readonly string[],
  path: string,
): Promise<[number, number][]> {
  const text = await gitText(folder, [...diff, '--text', '-U0', '--', `:(literal)${path}`]);
  return [...text.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)]
    .map(([, first, count]): [number, number] => [Number(first), Number(first) + Number(count ?? 1) - 1])
    .filter(([first, last]) => last >= first);
}
