/** A line in the Common Event Format, taken apart. */
export type CefLine = {
  /** Vendor of the device. */
  vendor: string;
  /** Product. */
  product: string;
  /** Name of the event. */
  name: string;
  /** Severity as written, a number or a word. */
  severity: string;
  /** What stands before `CEF:`, such as the head of syslog. */
  before: string;
  /** Members of the extension by name. */
  extension: { readonly [name: string]: string };
  /** Names that the extension has twice with different values: a text with `name=` in it may have made one of them. */
  twice: readonly string[];
};

const HEAD = /^([^{]*?)\bCEF:\d+\|/;
const BAR = /(?<!\\)\|/;
const NAME = /(?:^|\s)([A-Za-z]\w*)=/g;

/**
 * Returns a line in the Common Event Format; null if a text is none. A value ends where the next ` name=` begins; some products put
 * values of several words in quotation marks, in which ` name=` begins none.
 */
export function cefIn(text: string): CefLine | null {
  const [head, before = ''] = HEAD.exec(text) ?? [];
  if (head === undefined) return null;
  const [vendor, product, , , name, severity, ...rest] = text.slice(head.length).split(BAR);
  if (!vendor || !product || name === undefined || severity === undefined || rest.length === 0) return null;
  return { vendor, product, name, severity, before: before.trim(), ...extensionIn(rest.join('|')) };
}

function extensionIn(text: string): Pick<CefLine, 'extension' | 'twice'> {
  const extension: Record<string, string> = {};
  const twice = new Set<string>();
  for (const { name, value } of pairsIn(text)) {
    if (Object.hasOwn(extension, name) && extension[name] !== value) twice.add(name);
    else extension[name] = value;
  }
  return { extension, twice: [...twice] };
}

/** A name of the extension: where it begins, and where its value does. */
type Named = { name: string; index: number; start: number };

function pairsIn(text: string): { name: string; value: string }[] {
  const names = [...text.matchAll(NAME)].map(
    ({ 0: whole, 1: name = '', index }): Named => ({ name, index, start: index + whole.length }),
  );
  const ends = [...names.map(({ index }) => index), text.length];
  const closing = closingEnds(text, ends);
  const pairs: { name: string; value: string }[] = [];
  for (let at = 0; at < names.length; ) {
    const { name, start } = names[at] as Named;
    const next = text[start] === '"' ? closingAfter(ends, closing, at + 1, start) : at + 1;
    pairs.push({ name, value: writtenValue(text.slice(start, ends[next])) });
    at = next;
  }
  return pairs;
}

/** Returns for each end the first one from there on that a quotation mark stands before; the number of ends if there is none. */
function closingEnds(text: string, ends: readonly number[]): number[] {
  const closing: number[] = [];
  for (let at = ends.length - 1; at >= 0; at -= 1) {
    const closes = /"\s?$/.test(text.slice(Math.max(0, (ends[at] ?? 0) - 2), ends[at]));
    closing[at] = closes ? at : (closing[at + 1] ?? ends.length);
  }
  return closing;
}

/** Returns the end of a quoted value; the next one if nothing closes it. */
function closingAfter(
  ends: readonly number[],
  closing: readonly number[],
  at: number,
  start: number,
): number {
  const found = closing[at] ?? ends.length;
  const end = (ends[found] ?? 0) - start < 2 ? (closing[found + 1] ?? ends.length) : found;
  return end < ends.length ? end : at;
}

function writtenValue(written: string): string {
  const text = written.trim();
  const bare = text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  return bare.replace(/\\([=|])/g, '$1');
}
