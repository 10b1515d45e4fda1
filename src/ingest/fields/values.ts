import { nearest } from '../../model/index.js';
import { type Parsed, parsed, unparsable } from './parsed.js';
import { quote } from './quote.js';
import { VALUE_SYNONYMS } from './synonyms.js';

const YES = new Set(['true', 'yes', 'y', '1', 'on', 'enabled', 'ja', 'wahr']);
const NO = new Set(['false', 'no', 'n', '0', 'off', 'disabled', 'nein', 'falsch']);
const NOT_STATED = new Set([
  '',
  'n/a',
  'na',
  'not tracked',
  'not available',
  'not stated',
  'unknown',
  '<nil>',
  'null',
  '?',
]);
const KNOWN_NONE = new Set(['-', 'none', 'nil', '[]', '{}']);

/** Whether a text says nothing: empty, `n/a`, `not tracked`, `unknown`, `<nil>`. */
export function isNotStated(text: string): boolean {
  return NOT_STATED.has(text.trim().toLowerCase().replaceAll('_', ' '));
}

/** Whether a text says that there is none: `-`, `none`, `[]`. */
export function isKnownNone(text: string): boolean {
  return KNOWN_NONE.has(text.trim().toLowerCase());
}

/** Text of a cell or member; null if nothing is stated, `""` if it is known to be none. Trims; never rounds a number. */
export function parseText(value: unknown): Parsed<string | null> {
  if (value === null || value === undefined) return parsed(null);
  if (typeof value === 'boolean') return parsed(String(value));
  if (typeof value === 'number') return numberAsText(value);
  if (typeof value !== 'string') return unparsable(`${quote(value)} is not a text`);
  const text = value.trim();
  const damage = spreadsheetDamage(text);
  if (damage) return unparsable(damage);
  if (isNotStated(text)) return parsed(null);
  return parsed(isKnownNone(text) ? '' : text);
}

/** Text as a machine wrote it: only trimmed, so that a key called `none` keeps its name. Null if it is empty. */
export function parseMember(value: unknown): Parsed<string | null> {
  if (value === null || value === undefined) return parsed(null);
  if (typeof value === 'number') return numberAsText(value);
  if (typeof value !== 'string') return unparsable(`${quote(value)} is not a text`);
  return parsed(value.trim() || null);
}

/**
 * List of texts: an array, or one text split on `;` and `|`, and on `,` if it has neither (so that
 * `Doe, John; Roe, Jane` are two people). `separators` are further ones for a field that has its own (`:` in cipher
 * lists, a space in OAuth scopes). Null if nothing is stated, `[]` if it is known to be none. No duplicates.
 */
export function parseList(value: unknown, separators: readonly string[] = []): Parsed<string[] | null> {
  if (value === null || value === undefined) return parsed(null);
  if (Array.isArray(value)) return listOf(value);
  const text = parseText(value);
  if (!text.ok || text.value === null) return text.ok ? parsed(null) : text;
  if (text.value === '') return parsed([]);
  const separator = [/[;|]/, /,/, ...separators].find((candidate) => text.value?.search(candidate) !== -1);
  return listOf(separator === undefined ? [text.value] : text.value.split(separator));
}

/** Yes or no in the forms seen (`true`, `yes`, `1`, `enabled`, `ja`); null if nothing is stated. */
export function parseBoolean(value: unknown): Parsed<boolean | null> {
  if (typeof value === 'boolean') return parsed(value);
  if (value === null || value === undefined) return parsed(null);
  const word = String(value).trim().toLowerCase();
  if (YES.has(word)) return parsed(true);
  if (NO.has(word)) return parsed(false);
  if (isNotStated(word)) return parsed(null);
  return unparsable(`${quote(value)} is neither yes nor no: expected true or false`);
}

/** Units that durations are kept in. */
export type DurationUnit = 'days' | 'hours' | 'seconds';

/** A number; with a `unit`, a duration (`90 days`, `P90D`, `7776000s`, `1h`) is converted to it. Null if nothing is stated. */
export function parseNumber(value: unknown, unit: DurationUnit | null = null): Parsed<number | null> {
  if (value === null || value === undefined) return parsed(null);
  if (typeof value === 'number')
    return Number.isFinite(value) ? parsed(value) : unparsable(`${value} is not a number`);
  if (typeof value !== 'string') return unparsable(`${quote(value)} is not a number`);
  const text = value.trim();
  if (isNotStated(text) || isKnownNone(text)) return parsed(null);
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return parsed(Number(text));
  const seconds = unit === null ? null : durationSeconds(text);
  if (seconds !== null && unit !== null) return parsed(seconds / UNIT_SECONDS[unit]);
  return unparsable(
    `${quote(value)} is not a number: expected digits with a point before decimals${unit ? `, in ${unit}` : ''}`,
  );
}

/** One of a field's values, or a word known for it (`prd` for production). Null if nothing is stated. */
export function parseEnum<T extends string>(value: unknown, values: readonly T[]): Parsed<T | null> {
  if (value === null || value === undefined) return parsed(null);
  const key = word(String(value));
  const exact = values.find((candidate) => candidate === key);
  if (exact !== undefined) return parsed(exact);
  const meant = own(VALUE_SYNONYMS, key)?.find((candidate) => values.some((known) => known === candidate));
  const known = values.find((candidate) => candidate === meant);
  if (known !== undefined) return parsed(known);
  if (isNotStated(String(value)) || isKnownNone(String(value))) return parsed(null);
  const guess = nearest(key, values);
  return unparsable(
    `${quote(value)} is not one of ${values.join(', ')}${guess ? `; nearest: ${guess}` : ''}`,
  );
}

const UNIT_SECONDS = { days: 86_400, hours: 3_600, seconds: 1 };
const DURATION =
  /(\d+(?:\.\d+)?)\s*(d(?:ays?)?|h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?![a-z])\s*/g;
const DURATION_UNITS: { [unit: string]: number } = { d: 86_400, h: 3_600, m: 60, s: 1 };

function durationSeconds(text: string): number | null {
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (iso && text !== 'P') {
    return [86_400, 3_600, 60, 1].reduce((sum, size, index) => sum + size * Number(iso[index + 1] ?? 0), 0);
  }
  const parts = [...text.toLowerCase().matchAll(DURATION)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text.toLowerCase()) return null;
  return parts.reduce((sum, part) => sum + Number(part[1]) * (DURATION_UNITS[part[2]?.[0] ?? ''] ?? 0), 0);
}

/** Lower case, spaces and underscores as hyphens. */
function word(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_/]+/g, '-');
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
  if (/^\d[.,]\d+E\+\d+$/.test(text))
    return `${quote(text)} was rounded by a spreadsheet; format the column as text and export again`;
  if (/^#(N\/A|NV|REF!|VALUE!|WERT!|BEZUG!|NAME\?|DIV\/0!|NULL!|NUM!)$/.test(text))
    return `${quote(text)} is a spreadsheet's error value`;
  return null;
}
