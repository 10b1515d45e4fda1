/** A text as the page holds it: the place of its template, then the values that stand in its gaps. */
export type HeldText = (string | number)[];

/** Texts of the page, those that differ in numbers and names only held as one template. */
export type TextTable = {
  /** Templates; each gap is a U+0000, which no printable text contains. */
  readonly templates: string[];
  /** Returns a printable text as the page holds it. */
  hold(text: string): HeldText;
};

/** Stands for a value in a template. */
export const GAP = '\u0000';

/** A word; one that contains a digit, @ or / is what differs between sentences of one rule: an amount, date, id, address or path. */
const WORD = /[^\s,;:"“”()]+/g;
const isValue = (word: string) => /[\d@/]/.test(word);

/** Returns an empty table; the empty text is its first template. */
export function makeTextTable(): TextTable {
  const templates = [''];
  const places = new Map([['', 0]]);
  const place = (template: string): number => {
    const known = places.get(template);
    if (known !== undefined) return known;
    places.set(template, templates.length);
    return templates.push(template) - 1;
  };
  return {
    templates,
    hold: (text) => {
      const values = (text.match(WORD) ?? []).filter(isValue).map(heldValue);
      return [place(text.replace(WORD, (word) => (isValue(word) ? GAP : word))), ...values];
    },
  };
}

/** Returns a whole number as such, which is shorter; every other value as text. */
function heldValue(value: string): string | number {
  return /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
}
