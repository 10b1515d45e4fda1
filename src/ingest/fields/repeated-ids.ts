/** Tells whether an id came before; what has no id never did. */
export type IsRepeated = (id: string | null) => boolean;

/** A UUID as logs write it; one with capital letters is another text, and is kept as one. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NIL = '00000000-0000-0000-0000-000000000000';

/**
 * Returns what tells whether an id came before in a file, of the ids that it is asked about. Millions of UUIDs take 16 bytes
 * each in a table of numbers, not a text and an entry of a set.
 */
export function repeatedIds(): IsRepeated {
  const texts = new Set<string>();
  const uuids = uuidTable();
  return (id) => {
    if (id === null) return false;
    if (id !== NIL && UUID.test(id)) return uuids.holds(id);
    const before = texts.has(id);
    texts.add(id);
    return before;
  };
}

/** Words of 32 bits of a UUID. */
const WORDS = 4;
const FIRST_SLOTS = 1024;

/** Returns a table of UUIDs by open addressing: four words a slot, all of them 0 in an empty one. */
function uuidTable() {
  let table = new Uint32Array(FIRST_SLOTS * WORDS);
  let size = 0;

  return {
    /** Returns whether a UUID is in the table, and puts it there. */
    holds(uuid: string): boolean {
      const words = wordsOf(uuid);
      const at = slotOf(table, words);
      if (!isEmpty(table, at)) return true;
      table.set(words, at);
      size += 1;
      if (size * WORDS * 4 > table.length * 3) table = grown(table);
      return false;
    },
  };
}

function wordsOf(uuid: string): [number, number, number, number] {
  const hex = uuid.replaceAll('-', '');
  const word = (from: number): number => Number.parseInt(hex.slice(from, from + 8), 16);
  return [word(0), word(8), word(16), word(24)];
}

type Words = { readonly [index: number]: number };

/** Returns where the words are, or the empty slot where they belong. */
function slotOf(table: Uint32Array, words: Words): number {
  const slots = table.length / WORDS;
  let slot = hashOf(words) & (slots - 1);
  while (!isEmpty(table, slot * WORDS) && !isSame(table, slot * WORDS, words))
    slot = (slot + 1) & (slots - 1);
  return slot * WORDS;
}

function hashOf(words: Words): number {
  let hash = 0;
  for (let index = 0; index < WORDS; index += 1) {
    hash = Math.imul(hash ^ (words[index] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

function isEmpty(table: Uint32Array, at: number): boolean {
  return table[at] === 0 && table[at + 1] === 0 && table[at + 2] === 0 && table[at + 3] === 0;
}

function isSame(table: Uint32Array, at: number, words: Words): boolean {
  return (
    table[at] === words[0] &&
    table[at + 1] === words[1] &&
    table[at + 2] === words[2] &&
    table[at + 3] === words[3]
  );
}

function grown(table: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(table.length * 2);
  for (let at = 0; at < table.length; at += WORDS)
    if (!isEmpty(table, at)) {
      const words = table.subarray(at, at + WORDS);
      larger.set(words, slotOf(larger, words));
    }
  return larger;
}
