import { replaceEmails } from './emails.js';
import type { People } from './people.js';
import { foldName, type Word, wordsOf } from './words-of.js';

/** Replaces names in texts. */
export type NameFinder = {
  /** Replaces every name. */
  inText(text: string): string;
  /** Replaces e-mail addresses, and names of two words and more in capitals: for texts of rules and frameworks, whose words are words. */
  inOwnText(text: string): string;
};

/** Longest run of characters between two words of one name: `Berg, Anna`, `anna.berg`, `AnnaBerg` has none. */
const LONGEST_GAP = 3;

/** Shortest name of one word that is replaced inside a text; `7` or `qa` says too little where it stands among others. */
const SHORTEST = 3;

type Names = {
  byFirst: ReadonlyMap<string, string[][]>;
  shown: ReadonlyMap<string, string>;
  /** Whether a name may stand at these words. */
  fits(words: readonly Word[], text: string): boolean;
};

/** Returns a finder of the names of people, and of whatever looks like an e-mail address. */
export function nameFinder(people: People): NameFinder {
  const shown = people.shown();
  const byFirst = byFirstWord([...shown.keys()]);
  const replaced = (text: string, fits: Names['fits']) => {
    const between = (part: string) => replaceNames(part, { byFirst, shown, fits });
    return replaceEmails(text, (address) => shownEmail(address, between(address)), between);
  };
  // An address may be a known one after other words of a path or an id: these stay.
  const shownEmail = (address: string, known: string) => (known.includes('@') ? people.show(address) : known);
  return {
    inText: (text) => shown.get(foldName(text)) ?? replaced(text, () => true),
    inOwnText: (text) => replaced(text, isWrittenAsName),
  };
}

function byFirstWord(names: readonly string[]): Map<string, string[][]> {
  const byFirst = new Map<string, string[][]>();
  for (const words of names.map((name) => name.split(' '))) {
    const [first = ''] = words;
    byFirst.set(first, [...(byFirst.get(first) ?? []), words]);
  }
  for (const candidates of byFirst.values()) candidates.sort((a, b) => b.length - a.length);
  return byFirst;
}

function replaceNames(text: string, names: Names): string {
  const words = wordsOf(text);
  let result = '';
  let done = 0;
  for (let index = 0; index < words.length; ) {
    const found = nameAt(text, words, index, names);
    const [first, last] = [words[index], words[index + Math.max(found, 1) - 1]];
    if (found > 0 && first && last) {
      const folded = words.slice(index, index + found).map((word) => word.text);
      result += text.slice(done, first.start) + (names.shown.get(folded.join(' ')) ?? '');
      done = last.end;
    }
    index += Math.max(found, 1);
  }
  return result + text.slice(done);
}

/** Returns the number of words of the longest name that begins at a word; 0 if none does. */
function nameAt(text: string, words: readonly Word[], at: number, { byFirst, fits }: Names): number {
  const candidates = byFirst.get(words[at]?.text ?? '') ?? [];
  const name = candidates.find(
    (each) => standsAt(text, words, at, each) && fits(words.slice(at, at + each.length), text),
  );
  return name?.length ?? 0;
}

function standsAt(text: string, words: readonly Word[], at: number, name: readonly string[]): boolean {
  if (name.length === 1) return !isTooShort(name[0] ?? '');
  return name.every((word, offset) => {
    const [here, before] = [words[at + offset], words[at + offset - 1]];
    if (here?.text !== word) return false;
    return offset === 0 || (before !== undefined && isGap(text.slice(before.end, here.start)));
  });
}

/** A sentence that ends between two words parts them; so does a line. */
function isGap(between: string): boolean {
  return between.length <= LONGEST_GAP && !between.includes('\n');
}

function isTooShort(word: string): boolean {
  return word.length < SHORTEST || /^\p{N}{1,4}$/u.test(word);
}

function isWrittenAsName(words: readonly Word[], text: string): boolean {
  return (
    words.length > 1 && words.every(({ start }) => text.charAt(start) === text.charAt(start).toUpperCase())
  );
}
