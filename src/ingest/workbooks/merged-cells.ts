/** Cells that are merged into one over several rows. */
export type Merge = {
  /** Index of the first column. */
  column: number;
  /** First row. */
  from: number;
  /** Last row. */
  to: number;
};

/** An element of a sheet; text that looks like one has its `<` escaped. */
const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"/g;
const LONGEST = 200;
const MOST = 100_000;

/**
 * Reads which cells of a sheet are merged over several rows. A sheet states it after all rows, so that it is looked through
 * once before it is read.
 */
export async function readMerges(bytes: AsyncIterable<Buffer>): Promise<Merge[]> {
  const found: Merge[] = [];
  let kept = '';
  for await (const chunk of bytes) {
    const text = kept + chunk.toString('latin1');
    let read = 0;
    for (const match of text.matchAll(MERGE)) {
      read = match.index + match[0].length;
      const [from, to] = [Number(match[2]), Number(match[3])];
      const column = columnOf(match[1] ?? '');
      if (column !== null && to > from && found.length < MOST) found.push({ column, from, to });
    }
    kept = text.slice(Math.max(read, text.length - LONGEST));
  }
  return found.sort((a, b) => a.from - b.from);
}

/** Returns the index of the column that an address names: 0 for `A1`; null if it names none. */
export function columnOf(address: string): number | null {
  const letters = /^\$?([A-Z]{1,4})/.exec(address)?.[1];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Returns what gives the rows below the first of merged cells its text, as a reader of the sheet sees it. */
export function mergeFiller(merged: readonly Merge[]): (row: number, cells: readonly string[]) => string[] {
  let next = 0;
  let open: (Merge & { text: string })[] = [];
  return (row, cells) => {
    open = open.filter(({ to }) => to >= row);
    const filled = cells.every((cell) => cell === '') ? [...cells] : withMerged(cells, open);
    for (let merge = merged[next]; merge && merge.from <= row; merge = merged[next]) {
      next += 1;
      if (merge.from === row) open.push({ ...merge, text: cells[merge.column] ?? '' });
    }
    return filled;
  };
}

function withMerged(cells: readonly string[], open: readonly (Merge & { text: string })[]): string[] {
  const texts = [...cells];
  for (const { column, text } of open) {
    while (texts.length <= column) texts.push('');
    if (texts[column] === '') texts[column] = text;
  }
  return texts;
}
