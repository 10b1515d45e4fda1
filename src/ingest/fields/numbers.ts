import { type Parsed, parsed, unparsable } from './parsed.js';
import { quote } from './quote.js';

/** Sign before the decimals; null if the source does not state it. */
export type Decimals = 'comma' | 'point' | null;

/** Units that durations are kept in. */
export type DurationUnit = 'days' | 'hours' | 'seconds';

const DIGITS = String.raw`\d+`;
const GROUPS = {
  comma: new RegExp(String.raw`^[+-]?(?:${DIGITS}|\d{1,3}(?:([. '’])\d{3})(?:\1\d{3})*)(?:,\d+)?$`),
  point: new RegExp(String.raw`^[+-]?(?:${DIGITS}|\d{1,3}(?:([, '’])\d{3})(?:\1\d{3})*)(?:\.\d+)?$`),
};

/**
 * Reads a decimal number. Without `decimals` only digits with a point before decimals are taken, and not `86.400`,
 * which is 86400 if a comma stands before decimals. With it, groups of three digits too.
 */
export function readNumber(text: string, decimals: Decimals): Parsed<number> {
  const plain = text.replace(/^\u2212/, '-');
  if (decimals !== null) return grouped(plain, decimals);
  if (/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(plain)) {
    const whole = plain.replace('.', '');
    return unparsable(
      `${quote(text)} can be ${whole} or ${Number(plain)}; state decimals: comma or point in keyproof.yaml`,
    );
  }
  if (/^[+-]?\d+(\.\d+)?$/.test(plain)) return finite(Number(plain), text);
  const other = GROUPS.comma.test(plain) || GROUPS.point.test(plain);
  return unparsable(other ? `${quote(text)} is not a number without doubt; ${ADVICE}` : NO_NUMBER);
}

const ADVICE =
  'write digits with a point before decimals, or state decimals: comma or point in keyproof.yaml';
const NO_NUMBER = 'no number';

function grouped(text: string, decimals: 'comma' | 'point'): Parsed<number> {
  if (!GROUPS[decimals].test(text)) {
    const sign = decimals === 'comma' ? ',' : '.';
    return unparsable(
      /^[+-]?[\d.,]+$/.test(text)
        ? `${quote(text)} is no number with a ${decimals} before decimals (1${decimals === 'comma' ? '.' : ','}234${sign}5)`
        : NO_NUMBER,
    );
  }
  const bare =
    decimals === 'comma' ? text.replace(/[. '’]/g, '').replace(',', '.') : text.replace(/[, '’]/g, '');
  return finite(Number(bare), text);
}

/** Returns a number read exactly, without a negative zero. */
function finite(value: number, text: string): Parsed<number> {
  return Number.isFinite(value)
    ? parsed(value === 0 ? 0 : value)
    : unparsable(`${quote(text)} is too large to be read exactly`);
}

/** Returns whether a failure states what is wrong with a number, and not only that there is none. */
export function isNumberFault(reason: string): boolean {
  return reason !== NO_NUMBER;
}

const UNIT_SECONDS: { readonly [U in DurationUnit]: number } = { days: 86_400, hours: 3_600, seconds: 1 };

/** Words of the units, with their seconds. Months and years are left out: they have no fixed length. */
const WORDS: { readonly [seconds: number]: string } = {
  604800:
    'w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane weken tydzień tygodnie tygodni',
  86400: 'd day days tag tage tagen t jour jours j día días dia dias giorno giorni dag dagen dzień dni',
  3600: 'h hr hrs hour hours stunde stunden std heure heures hora horas ora ore uur uren godzina godziny godzin',
  60: 'min mins minute minutes minuten',
  1: 's sec secs second seconds sekunde sekunden seconde secondes segundo segundos secondo secondi sekunda sekundy sekund',
};

const SECONDS = new Map(
  Object.entries(WORDS).flatMap(([seconds, words]) =>
    words.split(' ').map((word): [string, number] => [word, Number(seconds)]),
  ),
);

const PART = /([\d.,'’]+) ?(\p{L}+)\.?\s*/uy;

/**
 * Reads a duration and converts it: `90 days`, `P90D`, `7776000s`, `1h30m`. Null if the text is none. A bare `m` is
 * minutes beside hours or seconds or in a field of them, but refused in a field of days, because `18m` is as likely
 * months; a capital `M` is always refused outside ISO 8601.
 */
export function readDuration(text: string, unit: DurationUnit, decimals: Decimals): Parsed<number> | null {
  const iso = /^P(?:(\d+)W|(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)$/.exec(text);
  const seconds = iso
    ? parsed(
        [604_800, 86_400, 3_600, 60, 1].reduce((sum, size, at) => sum + size * Number(iso[at + 1] ?? 0), 0),
      )
    : sumOfParts(text, unit, decimals);
  if (!seconds?.ok) return seconds;
  return parsed(seconds.value / UNIT_SECONDS[unit]);
}

function sumOfParts(text: string, unit: DurationUnit, decimals: Decimals): Parsed<number> | null {
  const parts = partsOf(text);
  if (parts === null) return null;
  const mixed = parts.some(({ word }) => ['h', 's'].includes(word.toLowerCase()));
  let sum = 0;
  for (const { number, word } of parts) {
    const size = word === 'M' || (word === 'm' && unit === 'days' && !mixed) ? 'unclear' : sizeOf(word);
    if (size === null) return null;
    if (size === 'unclear')
      return unparsable(`${quote(text)} can be months or minutes; write ${unit}, or days, hours, min`);
    const amount = readNumber(number, decimals);
    if (!amount.ok) return isNumberFault(amount.reason) ? amount : null;
    sum += amount.value * size;
  }
  return parsed(sum);
}

function sizeOf(word: string): number | null {
  return word === 'm' ? 60 : (SECONDS.get(word.toLowerCase()) ?? null);
}

/** Returns numbers, each with its unit; null if anything else is in the text. */
function partsOf(text: string): { number: string; word: string }[] | null {
  const parts: { number: string; word: string }[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const match = PART.exec(text);
    if (!match) return null;
    parts.push({ number: match[1] ?? '', word: match[2] ?? '' });
  }
  return parts.length === 0 ? null : parts;
}
