import { DAY_MS } from '../../model/index.js';
import type { NumberStyle } from './number-styles.js';

/** Integers with more digits lose the last ones in a spreadsheet. */
const EXACT_BELOW = 1e15;
const SIGNIFICANT = 15;
/** Days before the first one of 1970, by the year that a workbook counts from. */
const DAYS_BEFORE_1970 = { 1900: 25_569, 1904: 24_107 } as const;
/** The calendar of 1900 has a 29 February that did not exist; its numbers before that day are one higher. */
const FICTIONAL_DAY = 60;
const LAST_DAY = 2_958_466;

/**
 * Returns the text of a number as a person sees it in the cell: a date as `2026-09-30` or with its time, an id with its zeros.
 * A number with more digits than a spreadsheet keeps is written with an exponent, so that it is refused as an id.
 */
export function numberText(stored: string, style: NumberStyle, epoch: 1900 | 1904): string {
  const value = Number(stored);
  if (!Number.isFinite(value)) return stored;
  if (style === 'date') return dateText(value, epoch) ?? stored;
  if (Math.abs(value) >= EXACT_BELOW) return value.toExponential().toUpperCase();
  const text = plainNumber(value);
  return typeof style === 'object' && Number.isInteger(value) ? text.padStart(style.digits, '0') : text;
}

function plainNumber(value: number): string {
  const rounded = Number(value.toPrecision(SIGNIFICANT));
  return Math.abs(rounded) >= 1e-6 || rounded === 0 ? String(rounded) : rounded.toFixed(SIGNIFICANT);
}

/** Returns a day number as a date; null if it is none. Day 0 stands for an empty cell. */
function dateText(value: number, epoch: 1900 | 1904): string | null {
  if (value < 0 || value >= LAST_DAY) return null;
  if (value < 1) return value === 0 ? '00.01.1900' : isoText(value).slice(11);
  const shift = epoch === 1900 && value < FICTIONAL_DAY ? 1 : 0;
  const text = isoText(value + shift - DAYS_BEFORE_1970[epoch]);
  return text.endsWith('T00:00:00') ? text.slice(0, 10) : text;
}

function isoText(days: number): string {
  const ms = Math.round((days * DAY_MS) / 1000) * 1000;
  return new Date(ms).toISOString().slice(0, 19);
}
