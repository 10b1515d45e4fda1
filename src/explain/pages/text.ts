import type { Block, Page, Span } from './page.js';

const WIDTH = 100;

/** Returns a page as text for a terminal: the same sections in the same order as in the documentation. */
export function pageText({ title, blocks, sections }: Page): string {
  const parts = [
    title,
    ...blocks.map((block) => blockText(block, '')),
    ...sections.flatMap((section) => [
      '',
      `${section.title}:`,
      ...section.blocks.map((block) => blockText(block, '  ')),
    ]),
  ];
  return parts.join('\n');
}

/** Returns blocks as text, without a page. */
export function blocksText(blocks: readonly Block[]): string {
  return blocks.map((block) => blockText(block, '')).join('\n');
}

function blockText(block: Block, indent: string): string {
  switch (block.kind) {
    case 'text':
      return wrapped(plain(block.spans), indent, indent);
    case 'heading':
      return `\n${wrapped(block.text, indent, indent)}`;
    case 'terms':
      return block.rows.map(([name, spans]) => item(`${name}: ${plain(spans)}`, indent)).join('\n');
    case 'table':
      return block.rows.map((cells) => item(rowText(cells), indent)).join('\n');
  }
}

function item(words: string, indent: string): string {
  return wrapped(words, indent, `${indent}    `);
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

function wrapped(words: string, first: string, next: string): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of words.split(/\s+/).filter(Boolean)) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = next;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}
