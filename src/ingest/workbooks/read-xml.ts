import { Parser } from 'saxen';
import { BOUNDS, passed } from '../bounds.js';
import { UnreadableError } from '../unreadable-error.js';

/** What hears the elements of an XML file. Names are without their prefix. */
export type XmlListener = {
  /** An element begins. */
  open?(name: string, attribute: (name: string) => string | null): void;
  /** An element ends. */
  close?(name: string): void;
  /** Text inside the element that began last, perhaps in parts. */
  text?(text: string): void;
};

const DAMAGED = 'the workbook is damaged: open it in a spreadsheet program and save it again';

/**
 * Reads XML as its bytes come, and yields after every piece, so that the caller can hand on what it heard.
 * @throws UnreadableError if it is no well-formed XML, or one text in it is longer than a record may be
 */
export async function* readXml(bytes: AsyncIterable<Buffer>, listener: XmlListener): AsyncGenerator<void> {
  const decoder = new TextDecoder('utf-8');
  let heard = true;
  let waiting = 0;
  const parser = parserFor(listener, () => {
    heard = true;
  });
  for await (const chunk of bytes) {
    heard = false;
    parser.write(decoder.decode(chunk, { stream: true }));
    waiting = heard ? 0 : waiting + chunk.length;
    if (waiting > BOUNDS.sheetCell.limit) throw new UnreadableError(passed(BOUNDS.sheetCell));
    yield;
  }
  parser.write(decoder.decode());
  parser.end();
  yield;
}

function parserFor(listener: XmlListener, hear: () => void): Parser {
  return new Parser()
    .on('openTag', (name, attributes, decode) => {
      hear();
      listener.open?.(local(name), (wanted) => attributeOf(attributes(), wanted, decode));
    })
    .on('closeTag', (name) => {
      hear();
      listener.close?.(local(name));
    })
    .on('text', (text, decode) => listener.text?.(decode(text)))
    .on('cdata', (text) => listener.text?.(text))
    .on('error', (cause) => {
      throw new UnreadableError(DAMAGED, { cause });
    });
}

function attributeOf(
  attributes: Record<string, string>,
  wanted: string,
  decode: (text: string) => string,
): string | null {
  const name = Object.keys(attributes).find((candidate) => local(candidate) === wanted);
  const value = name === undefined ? undefined : attributes[name];
  return value === undefined ? null : decode(value);
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Reads XML to its end. @throws UnreadableError as `readXml` */
export async function readAllXml(bytes: AsyncIterable<Buffer>, listener: XmlListener): Promise<void> {
  for await (const _ of readXml(bytes, listener));
}
