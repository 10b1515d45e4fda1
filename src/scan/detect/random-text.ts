import { entropyOf } from './entropy.js';

const CHARACTERS = /^[A-Za-z0-9][A-Za-z0-9+/=_.~-]*$/;
const HEX = /^(?:[0-9a-f]+|[0-9A-F]+)$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Least number of times that digits and letters follow each other in what a machine made. */
const LEAST_TURNS = 3;

/** Returns whether a text of one word was made by a machine: digits among its letters, uneven, no path, version or file name. */
export function isMachineMade(text: string, leastLength: number): boolean {
  if (text.length < leastLength || text.length > 400 || !CHARACTERS.test(text)) return false;
  if (UUID.test(text)) return true;
  if (HEX.test(text)) return text.length >= 24 && turnsOf(text) >= LEAST_TURNS && entropyOf(text) >= 2.8;
  return turnsOf(text) >= LEAST_TURNS && entropyOf(text) >= 3.2 && !hasWords(text);
}

/** Returns how often a digit follows a letter or a letter a digit. */
function turnsOf(text: string): number {
  return text.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0;
}

/** Returns whether most of a text is words: letters of one case in rows of five and more, as `us-east-1-database-2-replica` has. */
function hasWords(text: string): boolean {
  const words = text.match(/(?:[A-Z]?[a-z]{4,}|[A-Z]{5,})(?![a-z])/g) ?? [];
  return words.join('').length * 2 > text.length;
}
