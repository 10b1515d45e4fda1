import { BOUNDS, passed } from '../bounds.js';
import { UnreadableError } from '../unreadable-error.js';
import { readAllXml } from './read-xml.js';
import type { WorkbookParts } from './workbook-parts.js';

const PART = 'xl/sharedStrings.xml';

/**
 * Reads the texts that cells name by number. They stay in memory, so that they are bounded.
 * @throws UnreadableError if they are more than a text that cannot be read in parts may be
 */
export async function readSharedTexts(parts: WorkbookParts): Promise<string[]> {
  const texts: string[] = [];
  if (!parts.has(PART)) return texts;
  const collect = textCollector();
  let size = 0;
  await readAllXml(parts.bytes(PART), {
    open: collect.open,
    text(text) {
      size += collect.text(text);
      if (size > BOUNDS.sheetTexts.limit) throw new UnreadableError(passed(BOUNDS.sheetTexts));
    },
    close(name) {
      collect.close(name);
      if (name === 'si') texts.push(collect.take());
    },
  });
  return texts;
}

/** Collects the text of a cell from its runs, without what is only a reading aid (`rPh`). */
export function textCollector() {
  let text = '';
  let inText = false;
  let inAid = false;
  return {
    open(name: string): void {
      if (name === 'rPh') inAid = true;
      if (name === 't') inText = true;
    },
    /** Returns how many characters were added. */
    text(part: string): number {
      if (!inText || inAid) return 0;
      text += part;
      return part.length;
    },
    close(name: string): void {
      if (name === 'rPh') inAid = false;
      if (name === 't') inText = false;
    },
    take(): string {
      const whole = text;
      text = '';
      return unescaped(whole);
    },
  };
}

/** Replaces `_x000D_`, by which a workbook writes characters that XML cannot hold. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
