/** What a text states instead of a value. */
export type Absence =
  /** It states nothing: `n/a`, `unknown`. */
  | 'not-stated'
  /** It states that there is none: `-`, `none`. */
  | 'none'
  /** It stands for a value that is still missing: `TBD`, `???`. */
  | 'placeholder';

const NOT_STATED = new Set([
  '',
  'n/a',
  'na',
  'n.a.',
  'n.a',
  'n. a.',
  'not tracked',
  'not available',
  'not stated',
  'unknown',
  '<nil>',
  'null',
  '?',
  'k.a.',
  'k. a.',
  'k.a',
  'keine angabe',
  'unbekannt',
  'nicht bekannt',
  'inconnu',
  'non renseigné',
  'desconocido',
  'sconosciuto',
  'desconhecido',
  'onbekend',
  'nieznany',
  'nieznane',
  'b.d.',
]);

const NONE = new Set([
  'none',
  'nil',
  '[]',
  '{}',
  'keine',
  'keiner',
  'kein',
  'keines',
  'aucun',
  'aucune',
  'ninguno',
  'ninguna',
  'nessuno',
  'nessuna',
  'nenhum',
  'nenhuma',
  'geen',
  'brak',
]);

const PLACEHOLDER = new Set([
  'tbd',
  't.b.d.',
  'tbc',
  't.b.c.',
  'tba',
  'todo',
  'to be defined',
  'to be determined',
  'to be decided',
  'to be confirmed',
  'unassigned',
  'not assigned',
  'placeholder',
  'noch offen',
  'wird nachgereicht',
  'nicht zugewiesen',
  'à définir',
  'a définir',
  'non attribué',
  'por definir',
  'da definire',
  'a definir',
  'nader te bepalen',
  'n.t.b.',
  'do ustalenia',
]);

const DASHES = /^[-\u2012-\u2015\u2212]+$/;
/** Dots, question marks or crosses in place of a value. */
const FILLER = /^(?:\.+|\u2026+|\?{2,}|x{3,})$/;

/** What no such word holds. */
const OF_VALUES = /[\d@:=#+&]/;

/** Returns whether a text is nothing but dashes. */
export function isDash(text: string): boolean {
  return DASHES.test(text.trim());
}

/**
 * Returns what a text states instead of a value; null if it is a value. A word counts also if it is repeated (`n/a
 * n/a`).
 */
export function absenceOf(text: string): Absence | null {
  if (OF_VALUES.test(text)) return null;
  const words = text.trim().toLowerCase().replaceAll('_', ' ').trim();
  if (words === '' && text.trim() !== '') return 'placeholder';
  const whole = oneWord(words);
  if (whole !== null || words.length > 60) return whole;
  const parts = words.split(/[\s,;|]+/).filter((part) => part !== '' && part !== '/');
  const meanings = new Set(parts.map(oneWord));
  const [meaning = null] = meanings;
  return parts.length > 1 && meanings.size === 1 ? meaning : null;
}

function oneWord(word: string): Absence | null {
  if (NOT_STATED.has(word)) return 'not-stated';
  if (NONE.has(word) || DASHES.test(word)) return 'none';
  return PLACEHOLDER.has(word) || FILLER.test(word) ? 'placeholder' : null;
}
