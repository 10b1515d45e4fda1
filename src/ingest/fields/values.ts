import { nearest } from '../../model/index.js';
import { cleanText } from './clean-text.js';
import { type Decimals, type DurationUnit, isNumberFault, readDuration, readNumber } from './numbers.js';
import { type Parsed, parsed, unparsable } from './parsed.js';
import { absenceOf } from './placeholders.js';
import { quote } from './quote.js';
import { foldWord, meaningsOf } from './register-words.js';
import { VALUE_SYNONYMS } from './synonyms.js';
import { isTypeName } from './type-names.js';

const YES = new Set(
  'true yes y 1 on enabled ja j wahr oui vrai si verdadero vero sim verdadeiro waar tak prawda'.split(' '),
);
const NO = new Set(
  'false no n 0 off disabled nein falsch non faux falso nao nee onwaar nie falsz'.split(' '),
);

/** Returns whether a text states nothing: empty, `n/a`, `not tracked`, `unknown`, `<nil>`, `k.A.`. */
export function isNotStated(text: string): boolean {
  return absenceOf(text) === 'not-stated';
}

/** Returns whether a text states that there is none: `-`, `none`, `[]`, `keine`. */
export function isKnownNone(text: string): boolean {
  return absenceOf(text) === 'none';
}

/**
 * Returns the text of a cell or member; null if nothing is stated, `""` if it is known to be none or a placeholder
 * (`TBD`) stands for a missing value. Cleans as `cleanText`; never rounds a number.
 */
export function parseText(value: unknown): Parsed<string | null> {
  if (value === null || value === undefined) return parsed(null);
  if (typeof value === 'boolean') return parsed(String(value));
  if (typeof value === 'number') return numberAsText(value);
  if (typeof value !== 'string') return unparsable(`${quote(value)} is not a text`);
  const text = cleanText(value);
  const damage = spreadsheetDamage(text);
  if (damage) return unparsable(damage);
  const absence = absenceOf(text);
  if (absence === null) return parsed(text);
  return parsed(absence === 'not-stated' ? null : '');
}

/**
 * Returns a text as a machine wrote it: only trimmed, so that a key called `none` keeps its name. Null if it is empty.
 */
export function parseMember(value: unknown): Parsed<string | null> {
  if (value === null || value === undefined) return parsed(null);
  if (typeof value === 'number') return numberAsText(value);
  if (typeof value !== 'string') return unparsable(`${quote(value)} is not a text`);
  return parsed(value.trim() || null);
}

/** Returns a text as `parseText` reads it, but a placeholder as it is written, for fields whose rules quote it. */
export function parseQuotedText(value: unknown): Parsed<string | null> {
  const text = typeof value === 'string' ? cleanText(value) : '';
  return absenceOf(text) === 'placeholder' ? parsed(text) : parseText(value);
}

/**
 * Returns a list of texts: an array, or one text split on `;` and `|`, and on `,` if it has neither (so that
 * `Doe, John; Roe, Jane` are two people). `separators` are further ones for a field that has its own (`:` in cipher
 * lists, a space in OAuth scopes). Null if nothing is stated, `[]` if it is known to be none. No duplicates.
 */
export function parseList(value: unknown, separators: readonly string[] = []): Parsed<string[] | null> {
  if (value === null || value === undefined) return parsed(null);
  if (Array.isArray(value)) return listOf(value);
  const text = parseText(value);
  if (!text.ok || text.value === null) return text.ok ? parsed(null) : text;
  if (text.value === '') return parsed(isKnownNone(String(value)) ? [] : null);
  const separator = [/[;|]/, /,/, ...separators].find((candidate) => text.value?.search(candidate) !== -1);
  return listOf(separator === undefined ? [text.value] : text.value.split(separator));
}

/** Yes or no in the forms seen (`true`, `yes`, `1`, `enabled`, `ja`); null if nothing is stated. */
export function parseBoolean(value: unknown): Parsed<boolean | null> {
  if (typeof value === 'boolean') return parsed(value);
  if (value === null || value === undefined) return parsed(null);
  const text = scalarText(value);
  if (text === null) return unparsable(`${quote(value)} is neither yes nor no: expected true or false`);
  const word = foldWord(text);
  if (YES.has(word)) return parsed(true);
  if (NO.has(word)) return parsed(false);
  const absence = absenceOf(text);
  if (absence === 'not-stated' || absence === 'placeholder') return parsed(null);
  return unparsable(`${quote(value)} is neither yes nor no: expected true or false`);
}

/**
 * Returns a number; with a `unit`, a duration (`90 days`, `P90D`, `7776000s`, `1h`) is converted to it. Null if nothing
 * is stated.
 * @param decimals sign before decimals as keyproof.yaml states it; null refuses what two countries read differently
 */
export function parseNumber(
  value: unknown,
  unit: DurationUnit | null = null,
  decimals: Decimals = null,
): Parsed<number | null> {
  if (value === null || value === undefined) return parsed(null);
  if (typeof value === 'number')
    return Number.isFinite(value) ? parsed(value) : unparsable(`${value} is not a number`);
  if (typeof value !== 'string') return unparsable(`${quote(value)} is not a number`);
  const text = cleanText(value);
  if (absenceOf(text) !== null) return parsed(null);
  const number = readNumber(text, decimals);
  if (number.ok || isNumberFault(number.reason)) return number;
  const duration = unit === null ? null : readDuration(text, unit, decimals);
  return (
    duration ??
    unparsable(
      `${quote(value)} is not a number: expected digits with a point before decimals${unit ? `, in ${unit}` : ''}`,
    )
  );
}

/**
 * Returns one of a field's values, or a word known for it (`prd`, `Produktion` for production). Null if nothing is
 * stated.
 */
export function parseEnum<T extends string>(value: unknown, values: readonly T[]): Parsed<T | null> {
  if (value === null || value === undefined) return parsed(null);
  const text = scalarText(value);
  if (text === null) return unparsable(`${quote(value)} is not one of ${values.join(', ')}`);
  const key = word(text);
  const exact = values.find((candidate) => candidate === key);
  if (exact !== undefined) return parsed(exact);
  const meanings = [...(own(VALUE_SYNONYMS, key) ?? []), ...meaningsOf(text)];
  const meant = meanings.find((candidate) => values.some((known) => known === candidate));
  const known = values.find((candidate) => candidate === meant);
  if (known !== undefined) return parsed(known);
  if (absenceOf(text) !== null) return parsed(null);
  const general = values.some((each) => each === 'production') ? OF_REGION.exec(text)?.[1] : undefined;
  const ofRegion = general === undefined ? null : parseEnum(general, values);
  if (ofRegion?.ok) return ofRegion;
  const guess = nearest(key, values);
  return unparsable(
    `${quote(value)} is not one of ${values.join(', ')}${guess ? `; nearest: ${guess}` : ''}`,
  );
}

/** Words for places that stand alone, and those of regions of cloud providers, which mean something else without the direction after them. */
const PLACE = 'eu|emea|apac|us|uk|de|at|ch|fr|es|it|pl|pt|nl|be|lu|ie|west|east|north|south|central';
const CLOUD_REGION =
  '(?:us[-_]gov|ap|ca|sa|me|af|il|mx|cn|asia|europe|australia)[-_](?:(?:north|south)(?:east|west)?|east|west|central)';

/** An environment with its region or number after it: `PROD-EU`, `prod us-gov-west-1`, `Produktion (DE)`, `prd 2`. Other words may change what it is. */
const OF_REGION = new RegExp(
  `^(\\p{L}{3,})[\\s_/-]*(?:\\(\\s*)?(?:[\\s_/-]?(?:${CLOUD_REGION}|${PLACE})(?:[-_]?\\d{1,2})?(?![\\p{L}\\d])|[\\s_-]\\d{1,2})+\\s*\\)?$`,
  'iu',
);

const PLAIN_WORD = /^[a-z\d-]+$/;

/** Returns a text in lower case, spaces and underscores as hyphens. */
function word(text: string): string {
  if (PLAIN_WORD.test(text)) return text;
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_/]+/g, '-');
}

/** Returns the clean text of a cell or member; null if it is an object or a list. */
function scalarText(value: unknown): string | null {
  return typeof value === 'object' ? null : cleanText(String(value));
}

function own<T>(table: { [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function listOf(items: readonly unknown[]): Parsed<string[]> {
  const texts: string[] = [];
  for (const item of items) {
    const text = parseText(item);
    if (!text.ok) return text;
    if (text.value && !texts.includes(text.value)) texts.push(text.value);
  }
  return parsed(texts);
}

function numberAsText(value: number): Parsed<string> {
  if (Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value)))
    return parsed(String(value));
  return unparsable(`${value} is too large to be read exactly as a number; export it as text`);
}

function spreadsheetDamage(text: string): string | null {
  if (/^\d([.,]\d+)?E\+\d+$/i.test(text))
    return `${quote(text)} was rounded by a spreadsheet; format the column as text and export again`;
  if (/^#(N\/A|NV|REF!|VALUE!|WERT!|BEZUG!|NAME\?|DIV\/0!|NULL!|NUM!)$/.test(text))
    return `${quote(text)} is a spreadsheet's error value`;
  if (isTypeName(text))
    return `${quote(text)} is the name of a .NET type, which PowerShell writes in place of a list; export it as JSON (ConvertTo-Json)`;
  return null;
}
