import { wrap } from '../../text/wrap.js';
import type { Block, Page, Span } from './page.js';

/** Columns of a text, unless the terminal has fewer. */
const WIDEST = 100;

/**
 * Returns a page as text for a terminal: the same sections in the same order as in the documentation.
 * @param columns width of the terminal; left out, it is no terminal.
 */
export function pageText({ title, blocks, sections }: Page, columns = WIDEST): string {
  const width = Math.min(columns, WIDEST);
  const parts = [
    ...wrap(title, width),
    ...blocks.map((block) => blockText(block, '', width)),
    ...sections.flatMap((section) => [
      '',
      `${section.title}:`,
      ...section.blocks.map((block) => blockText(block, '  ', width)),
    ]),
  ];
  return parts.join('\n');
}

/** Returns blocks as text, without a page. */
export function blocksText(blocks: readonly Block[], columns = WIDEST): string {
  return blocks.map((block) => blockText(block, '', Math.min(columns, WIDEST))).join('\n');
}

function blockText(block: Block, indent: string, width: number): string {
  switch (block.kind) {
    case 'text':
      return wrapped(plain(block.spans), { first: indent, next: indent, width });
    case 'heading':
      return `\n${wrapped(block.text, { first: indent, next: indent, width })}`;
    case 'terms':
      return block.rows.map(([name, spans]) => item(`${name}: ${plain(spans)}`, indent, width)).join('\n');
    case 'table':
      return block.rows.map((cells) => item(rowText(cells), indent, width)).join('\n');
  }
}

function item(words: string, indent: string, width: number): string {
  return wrapped(words, { first: indent, next: `${indent}    `, width });
}

/** Returns a row as a sentence: its cells and, after a colon, the last cell. */
function rowText(cells: readonly Span[][]): string {
  const words = cells.map(plain);
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1).filter((cell) => cell !== '');
  return last === '' ? before.join(', ') : `${before.join(', ')}: ${last}`;
}

function plain(spans: readonly Span[]): string {
  return spans.map((span) => (typeof span === 'string' ? span : span.text)).join('');
}

type Lines = { first: string; next: string; width: number };

function wrapped(words: string, { first, next, width }: Lines): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of words.split(/\s+/).filter(Boolean)) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = next;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}
